/**
 * Adds values to a case, or opens a case with them: `openAddToCase(values, { onDone })`, from any screen.
 */
import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { toast } from '../kit/toast.js';
import { get, post } from '../api.js';
import { session } from '../session.js';
import { load, t } from '../texts.js';
import { ROLES, TYPES, api, options, roleWord, typeWord } from './model.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/field.js';
import '../kit/problem.js';
import '../kit/value.js';

const SHOWN = 8;
const SUGGESTED = 20;

/** The dialog itself; it asks for values when it gets none. */
class KoprikAddToCase extends LitElement {
  static properties = {
    values: { attribute: false }, number: {}, mode: { state: true }, form: { state: true }, found: { state: true }, error: { state: true }, busy: { state: true }, tried: { state: true }, refused: { state: true },
  };
  static styles = [base, css`
    .values { display: flex; flex-wrap: wrap; gap: var(--space-1) var(--space-3); }
    .two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(200px, 100%), 1fr)); gap: var(--space-4); align-items: start; }
    .refused li { overflow-wrap: anywhere; }
  `];

  constructor() {
    super();
    this.values = [];
    this.number = '';
    this.mode = 'there';
    this.refused = [];
    this.form = { type: 'fraud', role: '', unit: [...(session()?.units ?? [])][0] ?? '', text: '' };
  }

  firstUpdated() {
    if (!this.number) {
      this.#suggest();
    }
  }

  async #suggest() {
    try {
      this.found = (await get('/api/cases', { status: 'open', limit: SUGGESTED })).cases;
    } catch (failure) {
      this.error = failure;
    }
  }

  #set(name) {
    return (event) => (this.form = { ...this.form, [name]: event.detail.value });
  }

  /** What goes in, by kind: the API takes one kind at a time, or recognises what has none. */
  #groups() {
    const given = this.values.length > 0 ? this.values : this.form.text.split(/\n/).map((line) => line.trim()).filter(Boolean).map((value) => ({ value }));
    const groups = new Map();
    given.forEach(({ kind, value }) => groups.set(kind, [...(groups.get(kind) ?? []), value]));
    return [...groups];
  }

  async #send() {
    this.tried = true;
    const { form } = this;
    const groups = this.#groups();
    const target = this.number || form.number?.trim();
    if (groups.length === 0 || !target || (this.mode === 'new' && !form.title?.trim())) {
      return;
    }
    this.busy = true;
    this.error = null;
    this.refused = [];
    try {
      let file;
      if (this.mode === 'new') {
        file = (await post('/api/cases', { number: target, title: form.title, type: form.type, ...(form.unit ? { unit: form.unit } : {}) })).case;
        this.number = file.id;
        this.mode = 'there';
      }
      const refused = [];
      let added = 0;
      for (const [kind, values] of groups) {
        const answer = await post(api(file?.id ?? target, '/observables'), { values, ...(kind ? { kind } : {}), ...(form.role ? { role: form.role } : {}), ...(form.note?.trim() ? { note: form.note } : {}) });
        file = answer.case;
        added += values.length - answer.refused.length;
        refused.push(...answer.refused.map((one) => ({ value: values[Number(one.where.split('/')[1])], reason: one.reason })));
      }
      this.refused = refused;
      toast(t('cases.add.done', { count: added, number: file.number }), { state: refused.length > 0 ? 'warning' : 'ok' });
      this.dispatchEvent(new CustomEvent('done', { detail: file }));
      if (refused.length === 0) {
        this.#close();
      }
    } catch (failure) {
      this.error = failure;
    } finally {
      this.busy = false;
    }
  }

  #close() {
    this.dispatchEvent(new CustomEvent('close'));
  }

  render() {
    const { form } = this;
    const chosen = Boolean(this.number);
    return html`<k-dialog open heading=${t(chosen ? 'cases.add.here' : 'cases.add')} @close=${this.#close}>
      <div class="stack">
        ${this.error ? html`<k-problem compact no-retry .error=${this.error}></k-problem>` : nothing}
        ${this.refused.length > 0 ? html`<k-problem compact no-retry .error=${{ status: 422, code: 'refused', detail: this.refused.map((one) => `${one.value}: ${one.reason}`).join('\n') }}></k-problem>` : nothing}
        ${this.values.length > 0
          ? html`<div class="values">${this.values.slice(0, SHOWN).map((one) => html`<k-value no-copy .kind=${one.kind} .value=${one.value}></k-value>`)}${this.values.length > SHOWN ? html`<span class="quiet">${t('cases.add.more', { count: this.values.length - SHOWN })}</span>` : nothing}</div>`
          : html`<k-field autofocus type="textarea" mono rows="5" required label=${t('cases.add.values')} hint=${t('cases.add.values.hint')} error=${this.tried && !form.text.trim() ? t('cases.missing') : ''} .value=${form.text} @input=${this.#set('text')}></k-field>`}
        ${chosen ? nothing : html`
          <div class="row"><k-button toggle small ?pressed=${this.mode === 'there'} @click=${() => (this.mode = 'there')}>${t('cases.add.there')}</k-button><k-button toggle small ?pressed=${this.mode === 'new'} @click=${() => (this.mode = 'new')}>${t('cases.new')}</k-button></div>
          ${this.mode === 'there' ? this.#there() : this.#new()}`}
        <div class="two">
          <k-field type="select" label=${t('cases.role')} .value=${form.role} .options=${options(ROLES, roleWord, t('cases.role.none'))} @change=${this.#set('role')}></k-field>
          <k-field label=${t('cases.value.note')} .value=${form.note ?? ''} @input=${this.#set('note')}></k-field>
        </div>
      </div>
      <k-button slot="actions" @click=${this.#close}>${t('cases.cancel')}</k-button>
      <k-button slot="actions" variant="primary" icon="plus" ?busy=${this.busy} @click=${this.#send}>${t('cases.add.do')}</k-button>
    </k-dialog>`;
  }

  #there() {
    const { form } = this;
    const found = this.found ?? [];
    return html`
      ${found.length > 0 ? html`<k-field type="select" label=${t('cases.add.recent')} .value=${found.some((one) => one.number === form.number) ? form.number : ''} .options=${[{ value: '', label: t('cases.add.choose') }, ...found.map((one) => ({ value: one.number, label: `${one.number} ${one.title}` }))]} @change=${this.#set('number')}></k-field>` : nothing}
      <k-field label=${t('cases.number')} required error=${this.tried && !form.number?.trim() ? t('cases.missing') : ''} .value=${form.number ?? ''} @input=${this.#set('number')}></k-field>`;
  }

  #new() {
    const { form } = this;
    const units = session()?.units;
    return html`<k-field label=${t('cases.number')} required error=${this.tried && !form.number?.trim() ? t('cases.missing') : ''} .value=${form.number ?? ''} @input=${this.#set('number')}></k-field>
      <k-field label=${t('cases.title')} required error=${this.tried && !form.title?.trim() ? t('cases.missing') : ''} .value=${form.title ?? ''} @input=${this.#set('title')}></k-field>
      <div class="two"><k-field type="select" label=${t('cases.type')} .value=${form.type} .options=${options(TYPES, typeWord)} @change=${this.#set('type')}></k-field>
        ${units ? html`<k-field type="select" label=${t('cases.unit')} .value=${form.unit} .options=${options([...units], (one) => one)} @change=${this.#set('unit')}></k-field>` : html`<k-field label=${t('cases.unit')} .value=${form.unit} @input=${this.#set('unit')}></k-field>`}</div>`;
  }
}
customElements.define('koprik-add-to-case', KoprikAddToCase);

/**
 * Opens the dialog above the present screen.
 * @param {Array<{kind?: string, value: string}>} values empty: the dialog asks for them
 * @param {{onDone?: (file: any) => void, number?: string}} [options] `onDone` gets the case; `number` a certain case
 */
export async function openAddToCase(values, options = {}) {
  const { onDone, number = '' } = options;
  await load('cases');
  const dialog = Object.assign(document.createElement('koprik-add-to-case'), { values, number });
  dialog.addEventListener('done', (/** @type {any} */ event) => onDone?.(event.detail));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
}
