import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { post } from '../api.js';
import { session } from '../session.js';
import { t } from '../texts.js';
import { TYPES, change, isConflict, options, typeWord } from './model.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/field.js';
import '../kit/problem.js';

/** Title, type, unit and summary: what a dialog to open or to change a case has in common. */
class CaseForm extends LitElement {
  static properties = { form: { state: true }, error: { state: true }, busy: { state: true }, tried: { state: true } };
  static styles = [base, css`
    .two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(200px, 100%), 1fr)); gap: var(--space-4); align-items: start; }
  `];

  constructor() {
    super();
    /** @type {any} */
    this.form = {};
  }

  set(name) {
    return (event) => (this.form = { ...this.form, [name]: event.detail.value });
  }

  done(detail) {
    this.dispatchEvent(new CustomEvent('done', { detail }));
  }

  missing(name) {
    return this.tried && !String(this.form[name] ?? '').trim() ? t('cases.missing') : '';
  }

  fields() {
    const units = session()?.units;
    const { form } = this;
    return html`
      <k-field label=${t('cases.title')} required error=${this.missing('title')} .value=${form.title ?? ''} @input=${this.set('title')}></k-field>
      <div class="two">
        <k-field type="select" label=${t('cases.type')} .value=${form.type} .options=${options(TYPES.includes(form.type) ? TYPES : [...TYPES, form.type], typeWord)} @change=${this.set('type')}></k-field>
        ${units ? html`<k-field type="select" label=${t('cases.unit')} .value=${form.unit ?? ''} .options=${options([...units], (one) => one)} @change=${this.set('unit')}></k-field>`
          : html`<k-field label=${t('cases.unit')} .value=${form.unit ?? ''} @input=${this.set('unit')}></k-field>`}
      </div>
      <k-field type="textarea" rows="4" label=${t('cases.summary')} .value=${form.summary ?? ''} @input=${this.set('summary')}></k-field>`;
  }

  async run(work) {
    this.busy = true;
    this.error = null;
    try {
      this.done(await work());
    } catch (failure) {
      this.error = failure;
    } finally {
      this.busy = false;
    }
  }
}

/** Opens a case. Event `done` with the case, or with nothing. */
class KoprikCaseNew extends CaseForm {
  constructor() {
    super();
    /** @type {any} */
    this.form = { type: 'fraud', unit: [...(session()?.units ?? [])][0] ?? '' };
  }

  render() {
    return html`<k-dialog open heading=${t('cases.new.heading')} @close=${() => this.done()}>
      <div class="stack">
        ${this.error ? html`<k-problem compact no-retry .error=${this.error}></k-problem>` : nothing}
        <k-field autofocus label=${t('cases.number')} required hint=${t('cases.number.hint')} error=${this.missing('number')} .value=${this.form.number ?? ''} @input=${this.set('number')}></k-field>
        ${this.fields()}
      </div>
      <k-button slot="actions" @click=${() => this.done()}>${t('cases.cancel')}</k-button>
      <k-button slot="actions" variant="primary" ?busy=${this.busy} @click=${this.#open}>${t('cases.new')}</k-button>
    </k-dialog>`;
  }

  #open() {
    this.tried = true;
    if (this.form.number?.trim() && this.form.title?.trim()) {
      const { unit, ...form } = this.form;
      this.run(async () => (await post('/api/cases', { ...form, number: form.number.trim(), ...(unit ? { unit } : {}) })).case);
    }
  }
}
customElements.define('koprik-case-new', KoprikCaseNew);

/** Changes title, type, unit and summary of `file`. */
class KoprikCaseEdit extends CaseForm {
  static properties = { file: { attribute: false } };

  willUpdate(changed) {
    if (changed.has('file') && this.file && this.form.version === undefined) {
      const { title, type, unit, summary, version } = this.file;
      this.form = { title, type, unit, summary, version };
    }
  }

  render() {
    return html`<k-dialog open heading=${t('cases.edit.heading', { number: this.file.number })} @close=${() => this.done()}>
      <div class="stack">
        ${isConflict(this.error) ? html`<k-banner state="warning">${t('cases.conflict')}<k-button slot="action" @click=${() => this.done({ again: true })}>${t('cases.conflict.show')}</k-button></k-banner>`
          : this.error ? html`<k-problem compact no-retry .error=${this.error}></k-problem>` : nothing}
        ${this.fields()}
      </div>
      <k-button slot="actions" @click=${() => this.done()}>${t('cases.cancel')}</k-button>
      <k-button slot="actions" variant="primary" ?busy=${this.busy} @click=${this.#save}>${t('cases.edit.save')}</k-button>
    </k-dialog>`;
  }

  #save() {
    this.tried = true;
    const { title, type, unit, summary, version } = this.form;
    if (title?.trim()) {
      this.run(async () => ({ file: await change({ ...this.file, version }, { title, type, unit: unit ?? '', summary: summary ?? '' }) }));
    }
  }
}
customElements.define('koprik-case-edit', KoprikCaseEdit);
