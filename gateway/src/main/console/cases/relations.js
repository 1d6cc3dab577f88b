import { LitElement, css, html, nothing } from 'lit';
import { attempt } from '../kit/attempt.js';
import { base } from '../kit/base.js';
import { get, post } from '../api.js';
import { link } from '../router.js';
import { count, defang } from '../format.js';
import { has, t } from '../texts.js';
import { api, isConflict, load, roleWord, statusState, statusWord, typeWord } from './model.js';
import '../kit/badge.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/field.js';
import '../kit/id.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/value.js';

/**
 * Where two cases contradict one another; the centre's own sentence without a text.
 * @param {{code: string, details: Record<string, string>}|undefined} remark @param {string} sentence
 */
export function contradiction(remark, sentence) {
  const key = `sentences.merge.${remark?.code}`;
  if (!has(key)) {
    return sentence;
  }
  const { code, details } = remark;
  const word = code === 'type' ? typeWord : (one) => roleWord(one || undefined);
  return t(key, { ...details, value: defang(details.value, details.kind), was: word(details.was), holds: word(details.holds) });
}

const VALUES = 3;

/** Similar cases with the reason. Events `merge` (detail: number), `link` (detail: number). */
class KoprikCaseSimilar extends LitElement {
  static properties = { similar: { attribute: false }, fixed: { type: Boolean }, all: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    li { display: grid; gap: var(--space-2); padding: var(--space-3) 0; border-top: 1px solid var(--border); }
    li:first-child { border-top: 0; padding-top: 0; }
    .values { display: grid; gap: var(--space-1); }
    .title { overflow-wrap: anywhere; }
  `];

  render() {
    if (this.similar.cases.length === 0) {
      return html`<p class="quiet">${t('cases.similar.none')}</p>`;
    }
    return html`<ul>${this.similar.cases.map((one) => html`<li>
      <div class="row"><a href=${link(['cases', one.id])}><strong>${one.number}</strong></a><k-badge state=${statusState(one)}>${statusWord(one)}</k-badge>${one.unit ? html`<span class="meta">${one.unit}</span>` : nothing}</div>
      <span class="title">${one.title}</span>
      <div class="values"><span class="meta">${t('cases.similar.shared', { count: one.shared })}</span>
        ${one.values.slice(0, this.all === one.id ? undefined : VALUES).map((value) => html`<div><k-value .kind=${value.kind} .value=${value.value}></k-value> <span class="meta">${this.#roles(value)}</span></div>`)}
        ${one.values.length > VALUES && this.all !== one.id ? html`<div><k-button small variant="quiet" icon="down" @click=${() => (this.all = one.id)}>${t('cases.similar.all', { count: one.shared })}</k-button></div>` : nothing}
      </div>
      ${this.fixed ? nothing : html`<div class="row">
        ${one.linked ? html`<span class="meta">${t('cases.similar.linked')}</span>` : html`<k-button small icon="link" @click=${() => this.#tell('link', one.number)}>${t('cases.link.add')}</k-button>`}
        <k-button small icon="merge" @click=${() => this.#tell('merge', one.id)}>${t('cases.merge')}</k-button></div>`}
    </li>`)}</ul>${this.similar.more ? html`<p class="meta">${t('cases.similar.more')}</p>` : nothing}`;
  }

  #roles({ role, other_role: other }) {
    return role === other ? roleWord(role) : t('cases.similar.roles', { here: roleWord(role), there: roleWord(other) });
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
customElements.define('koprik-case-similar', KoprikCaseSimilar);

/** Merges the case `file` into another one: shows first what would be. Event `done`, with the case that holds all. */
class KoprikCaseMerge extends LitElement {
  static properties = { file: { attribute: false }, into: {}, preview: { state: true }, error: { state: true }, busy: { state: true } };
  static styles = [base, css`
    dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--space-1) var(--space-4); }
    dt { color: var(--text-quiet); }
    ul.remarks li { padding: var(--space-1) 0; overflow-wrap: anywhere; }
  `];

  constructor() {
    super();
    this.into = '';
  }

  firstUpdated() {
    if (this.into) {
      this.#look();
    }
  }

  #form(preview) {
    return { into: this.into.trim(), preview, ...(this.preview ? { into_version: this.preview.case.version } : {}) };
  }

  async #look() {
    this.preview = null;
    if (this.into.trim()) {
      await attempt(this, async () => (this.preview = await post(api(this.file.id, '/merge'), this.#form(true), { ifMatch: `"${this.file.version}"` })));
    }
  }

  async #merge() {
    await attempt(this, async () => {
      const answer = await post(api(this.file.id, '/merge'), this.#form(false), { ifMatch: `"${this.file.version}"` });
      this.#done(answer.case);
    });
  }

  #done(detail) {
    this.dispatchEvent(new CustomEvent('done', { detail }));
  }

  render() {
    const after = this.preview?.case;
    return html`<k-dialog open heading=${t('cases.merge.heading', { number: this.file.number })} @close=${() => this.#done()}>
      <div class="stack">
        <p>${t('cases.merge.text')}</p>
        <k-field autofocus label=${t('cases.merge.into')} hint=${t('cases.merge.hint')} .value=${this.into} @input=${(e) => { this.into = e.detail.value; this.preview = null; }} @enter=${this.#look}></k-field>
        ${isConflict(this.error) ? html`<k-banner state="warning">${t('cases.merge.conflict')}<k-button slot="action" @click=${() => this.#done({ again: true })}>${t('cases.conflict.show')}</k-button></k-banner>`
          : this.error ? html`<k-problem compact no-retry .error=${this.error}></k-problem>` : nothing}
        ${this.busy && !after ? html`<k-skeleton lines="3"></k-skeleton>` : nothing}
        ${after ? html`<h3>${t('cases.merge.after', { number: after.number })}</h3>
          <p><strong>${after.title}</strong></p>
          <dl><dt>${t('cases.values')}</dt><dd>${count(after.values.length)}</dd><dt>${t('cases.notes')}</dt><dd>${count(after.notes.length)}</dd>
            <dt>${t('cases.shares')}</dt><dd>${count(after.shares.length)}</dd><dt>${t('cases.losses')}</dt><dd>${count(after.losses.length)}</dd></dl>
          ${this.preview.remarks.length > 0 ? html`<k-banner state="warning">${t('cases.merge.remarks')}</k-banner><ul class="remarks">${this.preview.remarks.map((one, at) => html`<li>${contradiction(this.preview.remark_codes?.[at], one)}</li>`)}</ul>` : html`<p class="quiet">${t('cases.merge.noRemarks')}</p>`}
          <p class="meta">${t('cases.merge.final')}</p>` : nothing}
      </div>
      <k-button slot="actions" @click=${() => this.#done()}>${t('cases.cancel')}</k-button>
      ${after
        ? html`<k-button slot="actions" variant="danger" icon="merge" ?busy=${this.busy} @click=${this.#merge}>${t('cases.merge.do', { number: after.number })}</k-button>`
        : html`<k-button slot="actions" variant="primary" ?busy=${this.busy} ?disabled=${!this.into.trim()} @click=${this.#look}>${t('cases.merge.preview')}</k-button>`}
    </k-dialog>`;
  }
}
customElements.define('koprik-case-merge', KoprikCaseMerge);

/** Objects and cases that a case is linked to. Event `change` (detail: `{incidents}` or `{cases}`). */
class KoprikCaseLinks extends LitElement {
  static properties = { file: { attribute: false }, fixed: { type: Boolean }, known: { state: true }, text: { state: true }, wrong: { state: true } };
  static styles = [base, css`
    :host { display: grid; gap: var(--space-4); grid-template-columns: minmax(0, 1fr); }
    li { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2); padding: var(--space-2) 0; border-top: 1px solid var(--border); }
    li:first-child { border-top: 0; }
    form { display: flex; flex-wrap: wrap; gap: var(--space-2); align-items: end; }
    form k-field { flex: 1 1 240px; }
  `];

  constructor() {
    super();
    this.known = {};
    this.text = '';
  }

  willUpdate(changed) {
    if (changed.has('file')) {
      this.file.cases.forEach((number) => this.#name(number, () => load(number)));
      this.file.incidents.forEach((id) => this.#name(id, () => get(`/api/objects/${id}`)));
    }
  }

  async #name(key, work) {
    if (!(key in this.known)) {
      this.known[key] = null;
      try {
        const found = await work();
        this.known = { ...this.known, [key]: found.title ?? found.name ?? found.object?.name ?? '' };
      } catch (gone) {
        this.known = { ...this.known, [key]: gone.status === 404 ? t('cases.link.gone') : '' };
      }
    }
  }

  #change(part) {
    this.dispatchEvent(new CustomEvent('change', { detail: part }));
  }

  #add(event) {
    event.preventDefault();
    const text = this.text.trim();
    if (text) {
      this.#change(/^[a-z-]+--/.test(text) ? { incidents: [...this.file.incidents, text] } : { cases: [...this.file.cases, text] });
      this.text = '';
    }
  }

  render() {
    const { cases, incidents } = this.file;
    return html`
      ${cases.length + incidents.length === 0 ? html`<p class="quiet">${t('cases.link.none')}</p>` : html`<ul>
        ${cases.map((number) => html`<li><k-icon name="cases"></k-icon><a href=${link(['cases', number])}>${number}</a><span class="grow">${this.known[number] ?? ''}</span>${this.#off(() => this.#change({ cases: cases.filter((one) => one !== number) }))}</li>`)}
        ${incidents.map((id) => html`<li><k-icon name="object"></k-icon><a href=${link(['objects', id])}>${this.known[id] || id.split('--')[0]}</a><span class="grow"><k-id .value=${id}></k-id></span>${this.#off(() => this.#change({ incidents: incidents.filter((one) => one !== id) }))}</li>`)}
      </ul>`}
      ${this.fixed ? nothing : html`<form @submit=${this.#add}><k-field label=${t('cases.link.new')} hint=${t('cases.link.hint')} .value=${this.text} @input=${(e) => (this.text = e.detail.value)} @enter=${this.#add}></k-field><k-button icon="link" @click=${this.#add}>${t('cases.link.add')}</k-button></form>`}`;
  }

  #off(act) {
    return this.fixed ? nothing : html`<k-button small variant="quiet" icon="close" label=${t('cases.link.remove')} @click=${act}></k-button>`;
  }
}
customElements.define('koprik-case-links', KoprikCaseLinks);
