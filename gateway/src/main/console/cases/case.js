import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { onKeys } from '../kit/keys.js';
import { toast } from '../kit/toast.js';
import { get } from '../api.js';
import { go, link, merge } from '../router.js';
import { may } from '../session.js';
import { centres } from '../stix/words.js';
import { t } from '../texts.js';
import { api, change, isConflict, load, statusState, statusWord, typeWord } from './model.js';
import { openAddToCase } from './add-to-case.js';
import './edit.js';
import './history.js';
import './hold.js';
import './matches.js';
import './print.js';
import './relations.js';
import './shares.js';
import './trail.js';
import './values.js';
import '../kit/badge.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/menu.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/tabs.js';
import '../kit/time.js';

/** Parts of a case that are asked for on their own: one that fails leaves the others shown. */
const PARTS = ['matches', 'similar', 'history'];

/** A case: what is known, what is to be decided, what was done. The tab is in the address. */
class KoprikCase extends LitElement {
  static properties = {
    number: {}, route: { attribute: false }, file: { state: true }, error: { state: true }, parts: { state: true }, failed: { state: true }, dialog: { state: true }, into: { state: true }, stale: { state: true }, busy: { state: true },
  };
  static styles = [base, css`
    :host { display: block; }
    .screen { display: grid; gap: var(--space-4); grid-template-columns: minmax(0, 1fr); }
    .columns { display: grid; gap: var(--space-4); grid-template-columns: minmax(0, 1.75fr) minmax(340px, 1fr); align-items: start; }
    .head { display: grid; gap: var(--space-2); }
    .facts { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2) var(--space-3); }
    .summary { white-space: pre-line; overflow-wrap: anywhere; max-width: 90ch; }
    h1 .number { text-align: start; color: var(--text-quiet); margin-inline-end: var(--space-2); }
    @media (max-width: 1000px) { .columns { grid-template-columns: minmax(0, 1fr); } }
    @media print { .screen { display: none; } }
    @media screen { koprik-case-print { display: none; } }
  `];

  #turn = 0;

  constructor() {
    super();
    this.parts = {};
    this.failed = {};
    this.dialog = '';
    onKeys(this, { KeyA: () => this.#add(), KeyP: () => window.print() }, () => ({ KeyA: t('cases.value.add'), KeyP: t('cases.print') }));
  }

  willUpdate(changed) {
    if (changed.has('number')) {
      this.file = null;
      this.parts = {};
      this.failed = {};
      this.dialog = '';
      this.#load();
    }
  }

  async #load() {
    const turn = ++this.#turn;
    this.error = null;
    this.stale = false;
    try {
      const [file] = await Promise.all([load(this.number), centres().catch(() => null)]);
      if (turn === this.#turn) {
        this.file = file;
        PARTS.forEach((part) => this.#part(part));
      }
    } catch (failure) {
      if (turn === this.#turn) {
        this.error = failure;
      }
    }
  }

  async #part(part) {
    const turn = this.#turn;
    try {
      const found = await get(api(this.file.id, `/${part}`));
      if (turn === this.#turn) {
        this.parts = { ...this.parts, [part]: found };
        this.failed = { ...this.failed, [part]: null };
      }
    } catch (failure) {
      this.failed = { ...this.failed, [part]: failure };
    }
  }

  #changed(file) {
    this.file = file;
    PARTS.forEach((part) => this.#part(part));
  }

  async #change(form, said) {
    this.busy = true;
    try {
      this.#changed(await change(this.file, form));
      if (said) {
        toast(said, { state: 'ok' });
      }
    } catch (failure) {
      if (isConflict(failure)) {
        this.stale = true;
      } else {
        this.error = failure;
      }
    } finally {
      this.busy = false;
      this.dialog = '';
    }
  }

  #add() {
    if (this.file && !this.file.merged_into) {
      openAddToCase([], { number: this.file.id, onDone: () => this.#load() });
    }
  }

  render() {
    if (!this.file) {
      return this.error
        ? html`<div class="screen"><k-problem .error=${this.error} @retry=${this.#load}></k-problem><div><k-button icon="back" href=${link('/cases')}>${t('cases.all')}</k-button></div></div>`
        : html`<div class="screen"><k-skeleton lines="3"></k-skeleton><div class="columns"><k-skeleton rows="6"></k-skeleton><k-skeleton lines="8"></k-skeleton></div></div>`;
    }
    return html`<div class="screen">${this.#head()}${this.#body()}${this.#dialogs()}</div>
      <koprik-case-print .file=${this.file} .parts=${this.parts}></koprik-case-print>`;
  }

  #head() {
    const { file } = this;
    const open = file.status === 'open';
    return html`<div class="head">
      <div class="spread"><h1><span class="number">${file.number}</span>${file.title}</h1>
        <div class="row">${file.merged_into ? nothing : html`
          <k-button variant="primary" icon="plus" key="KeyA" @click=${this.#add}>${t('cases.value.add')}</k-button>
          ${may('write') ? html`<k-button icon="share" @click=${() => (this.dialog = 'share')}>${t('cases.share')}</k-button>` : nothing}`}
          <k-button icon="print" key="KeyP" @click=${() => window.print()}>${t('cases.print')}</k-button>
          ${file.merged_into ? nothing : html`<k-menu label=${t('cases.more')} icon="more" .items=${[
            { id: 'edit', label: t('cases.edit'), icon: 'edit' },
            { id: 'merge', label: t('cases.merge'), icon: 'merge' },
            open ? { id: 'close', label: t('cases.close'), icon: 'check' } : { id: 'reopen', label: t('cases.reopen'), icon: 'undo' },
          ]} @select=${(e) => this.#chosen(e.detail.id)}></k-menu>`}
        </div></div>
      <div class="facts"><k-badge state=${statusState(file)}>${statusWord(file)}</k-badge><span>${typeWord(file.type)}</span>${file.unit ? html`<span>${file.unit}</span>` : nothing}
        <span class="row"><span class="quiet">${t('cases.opened')}</span><k-time inline .at=${file.opened}></k-time></span>
        ${file.closed ? html`<span class="row"><span class="quiet">${t('cases.closed')}</span><k-time inline .at=${file.closed}></k-time></span>` : nothing}</div>
      <koprik-case-hold .caseId=${file.id}></koprik-case-hold>
      ${file.summary ? html`<p class="summary">${file.summary}</p>` : nothing}
      ${file.merged_into ? html`<k-banner state="notice" icon="merge">${t('cases.mergedInto', { number: file.merged_into.number, who: file.merged_into.by })}<k-button slot="action" small href=${link(['cases', file.merged_into.id])}>${t('cases.mergedInto.open', { number: file.merged_into.number })}</k-button></k-banner>` : nothing}
      ${(file.merged ?? []).map((one) => html`<p class="meta">${t('cases.merged', { number: one.number, who: one.by })} <a href=${link(['cases', one.id])}>${one.number}</a></p>`)}
      ${this.stale ? html`<k-banner state="warning">${t('cases.conflict')}<k-button slot="action" small @click=${this.#load}>${t('cases.conflict.show')}</k-button></k-banner>` : nothing}
      ${this.error ? html`<k-problem compact .error=${this.error} @retry=${this.#load}></k-problem>` : nothing}
    </div>`;
  }

  #chosen(id) {
    if (id === 'reopen') {
      this.#change({ status: 'open' }, t('cases.reopened'));
    } else {
      this.into = '';
      this.dialog = id;
    }
  }

  #shown(part, template) {
    return this.failed[part] ? html`<k-problem compact .error=${this.failed[part]} @retry=${() => this.#part(part)}></k-problem>` : this.parts[part] ? template(this.parts[part]) : html`<k-skeleton lines="4"></k-skeleton>`;
  }

  #body() {
    const { file } = this;
    const fixed = Boolean(file.merged_into);
    const tab = this.route?.query.tab ?? 'notes';
    const stale = () => (this.stale = true);
    const changed = (e) => this.#changed(e.detail);
    return html`<div class="columns">
      <div class="stack">
        <section class="card stack"><h2>${t('cases.matches')}</h2>${this.#shown('matches', ({ matches }) => html`<koprik-case-matches .found=${matches}></koprik-case-matches>`)}</section>
        <section class="card stack"><h2>${t('cases.trail')}</h2><koprik-case-trail .file=${file}></koprik-case-trail></section>
        <section class="card stack"><h2>${t('cases.byRole')}</h2><koprik-case-values ?fixed=${fixed} .file=${file} @changed=${changed} @conflict=${stale}></koprik-case-values></section>
      </div>
      <div class="stack">
        <section class="card stack"><h2>${t('cases.similar')}</h2>${this.#shown('similar', (similar) => html`<koprik-case-similar ?fixed=${fixed} .similar=${similar}
          @merge=${(e) => { this.into = e.detail; this.dialog = 'merge'; }} @link=${(e) => this.#change({ cases: [...file.cases, e.detail] })}></koprik-case-similar>`)}</section>
        <section class="card stack">
          <k-tabs .active=${tab} label=${t('cases.more')} .tabs=${[
            { id: 'notes', label: t('cases.notes'), count: file.notes.length }, { id: 'links', label: t('cases.links'), count: file.cases.length + file.incidents.length },
            { id: 'shares', label: t('cases.shares'), count: file.shares.length }, { id: 'history', label: t('cases.history') },
          ]} @change=${(e) => merge({ tab: e.detail.id }, { replace: true })}></k-tabs>
          ${tab === 'links' ? html`<koprik-case-links ?fixed=${fixed} .file=${file} @change=${(e) => this.#change(e.detail)}></koprik-case-links>`
            : tab === 'shares' ? html`<koprik-case-shares ?fixed=${fixed} .file=${file} @changed=${changed} @conflict=${stale}></koprik-case-shares>`
            : tab === 'history' ? this.#shown('history', (history) => html`<koprik-case-history .history=${history}></koprik-case-history>`)
            : html`<koprik-case-notes ?fixed=${fixed} .file=${file} @changed=${changed}></koprik-case-notes>`}
        </section>
      </div></div>`;
  }

  #dialogs() {
    const { file } = this;
    if (this.dialog === 'edit') {
      return html`<koprik-case-edit .file=${file} @done=${(e) => this.#ended(e.detail, e.detail?.file, t('cases.saved'))}></koprik-case-edit>`;
    }
    if (this.dialog === 'share') {
      return html`<koprik-case-share .file=${file} @done=${(e) => this.#ended(e.detail, e.detail?.again ? null : e.detail, t('cases.shared'))}></koprik-case-share>`;
    }
    if (this.dialog === 'merge') {
      return html`<koprik-case-merge .file=${file} .into=${this.into ?? ''} @done=${(e) => this.#merged(e.detail)}></koprik-case-merge>`;
    }
    if (this.dialog === 'close') {
      return html`<k-dialog open heading=${t('cases.close.heading', { number: file.number })} @close=${() => (this.dialog = '')}><p>${t('cases.close.text')}</p>
        <k-button slot="actions" @click=${() => (this.dialog = '')}>${t('cases.cancel')}</k-button>
        <k-button slot="actions" variant="primary" ?busy=${this.busy} @click=${() => this.#change({ status: 'closed' }, t('cases.closed.done'))}>${t('cases.close')}</k-button></k-dialog>`;
    }
    return nothing;
  }

  #ended(detail, file, said) {
    this.dialog = '';
    if (detail?.again) {
      this.#load();
    } else if (file) {
      this.#changed(file);
      toast(said, { state: 'ok' });
    }
  }

  #merged(detail) {
    this.dialog = '';
    if (detail?.again) {
      this.#load();
    } else if (detail) {
      toast(t('cases.merge.done', { number: detail.number }), { state: 'ok' });
      go(`/cases/${encodeURIComponent(detail.id)}`);
    }
  }
}
customElements.define('koprik-case', KoprikCase);
