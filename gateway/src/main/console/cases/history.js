import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { post } from '../api.js';
import { link } from '../router.js';
import { dateTime, defang } from '../format.js';
import { has, t } from '../texts.js';
import { api, roleWord, typeWord } from './model.js';
import '../kit/button.js';
import '../kit/field.js';
import '../kit/pager.js';
import '../kit/problem.js';
import '../kit/time.js';
import '../kit/timeline.js';

const SHOWN = 20;
const CHANGES = 12;

/** A change in words: what, and from what to what. @param {{part: string, from?: string, to?: string}} change */
export function told({ part, from = '', to = '' }) {
  const value = /^value (\S+) (.*)$/s.exec(part);
  if (value) {
    const what = defang(value[2], value[1]);
    const role = (text) => text.replace(/^(no role|[a-z-]+)/, (word) => roleWord(word === 'no role' ? undefined : word));
    return from === '' ? t('cases.history.valueAdded', { value: what, role: role(to) })
      : to === '' ? t('cases.history.valueRemoved', { value: what }) : t('cases.history.changed', { what, from: role(from), to: role(to) });
  }
  const [first, ...rest] = part.split(' ');
  const key = part.startsWith('linked to') ? 'link' : part.startsWith('merged') ? (part === 'merged into' ? 'mergedInto' : 'merged') : first;
  const what = [has(`cases.history.${key}`) ? t(`cases.history.${key}`) : part, ['note', 'shared', 'loss', 'merged'].includes(key) ? rest.join(' ').replace(/^case /, '') : ''].filter(Boolean).join(' ');
  const words = (text) => (part === 'type' ? typeWord(text) : part === 'status' ? t(`cases.status.${text}`) : ['opened', 'closed'].includes(part) ? dateTime(text) : text);
  return from === '' ? t('cases.history.added', { what, to: words(to) }) : to === '' ? t('cases.history.removed', { what, from: words(from) }) : t('cases.history.changed', { what, from: words(from), to: words(to) });
}

/** All versions of a case and of the cases merged into it, the newest first. @returns entries of a timeline */
export function entriesOf(history, number) {
  const own = history.versions.map((version) => ({ ...version, number: history.number === number ? null : history.number }));
  const merged = (history.merged ?? []).flatMap((one) => entriesOf(one, number).map((entry) => ({ ...entry, number: entry.number ?? one.number })));
  return [...own, ...merged].sort((a, b) => b.at.localeCompare(a.at));
}

/** Who changed what, when. */
class KoprikCaseHistory extends LitElement {
  static properties = { history: { attribute: false }, number: {}, fixed: { type: Boolean }, most: { state: true } };
  static styles = [base, css`:host { display: block; }`];

  constructor() {
    super();
    this.most = SHOWN;
  }

  render() {
    const all = entriesOf(this.history, this.history.number);
    const shown = this.fixed ? all : all.slice(0, this.most);
    return html`<k-timeline label=${t('cases.history')} .entries=${shown.map((one) => ({ at: one.at, title: one.number ? t('cases.history.byIn', { who: one.by, number: one.number }) : one.by, detail: this.#changes(one.changes) }))}></k-timeline>
      ${all.length > shown.length ? html`<k-pager more @more=${() => (this.most += SHOWN)}></k-pager>` : nothing}`;
  }

  #changes(changes) {
    const shown = this.fixed ? changes : changes.slice(0, CHANGES);
    return html`<ul>${shown.map((one) => html`<li>${told(one)}</li>`)}${changes.length > shown.length ? html`<li>${t('cases.history.more', { count: changes.length - shown.length })}</li>` : nothing}</ul>`;
  }
}
customElements.define('koprik-case-history', KoprikCaseHistory);

/** Notes of a case, and a field for the next one. Event `changed` (detail: the case). */
class KoprikCaseNotes extends LitElement {
  static properties = { file: { attribute: false }, fixed: { type: Boolean }, text: { state: true }, busy: { state: true }, error: { state: true } };
  static styles = [base, css`
    :host { display: grid; gap: var(--space-4); grid-template-columns: minmax(0, 1fr); }
    li { display: grid; gap: var(--space-1); padding: var(--space-3) 0; border-top: 1px solid var(--border); }
    li:first-child { border-top: 0; padding-top: 0; }
    .text { white-space: pre-line; overflow-wrap: anywhere; }
  `];

  constructor() {
    super();
    this.text = '';
  }

  async #write() {
    this.busy = true;
    this.error = null;
    try {
      // A note changes nothing that others wrote, so it needs no version.
      const file = await post(api(this.file.id, '/notes'), { text: this.text });
      this.text = '';
      this.dispatchEvent(new CustomEvent('changed', { detail: file }));
    } catch (failure) {
      this.error = failure;
    } finally {
      this.busy = false;
    }
  }

  render() {
    return html`
      ${this.file.notes.length === 0 ? html`<p class="quiet">${t('cases.note.none')}</p>` : html`<ol>${this.file.notes.map((note) => html`<li>
        <div class="row"><strong>${note.author}</strong><k-time inline .at=${note.written}></k-time>${note.from_case ? html`<a class="meta" href=${link(['cases', note.from_case])}>${t('cases.from', { number: note.from_case })}</a>` : nothing}</div>
        <div class="text">${note.text}</div></li>`)}</ol>`}
      ${this.fixed ? nothing : html`
        ${this.error ? html`<k-problem compact no-retry .error=${this.error}></k-problem>` : nothing}
        <k-field type="textarea" rows="3" label=${t('cases.note.new')} hint=${t('cases.note.hint')} .value=${this.text} @input=${(e) => (this.text = e.detail.value)}></k-field>
        <div><k-button icon="note" ?busy=${this.busy} ?disabled=${!this.text.trim()} @click=${this.#write}>${t('cases.note.write')}</k-button></div>`}`;
  }
}
customElements.define('koprik-case-notes', KoprikCaseNotes);
