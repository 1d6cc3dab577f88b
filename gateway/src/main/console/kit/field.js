import { LitElement, css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { base } from './base.js';
import { t } from '../texts.js';
import './icon.js';

/**
 * A labelled field. `type`: text, search, password, number, date, datetime, textarea, select, checkbox, file. Events
 * `input`, `change` (detail.value; a checkbox: boolean; a file field: the FileList) and `enter` (Enter in a line of text).
 */
class KField extends LitElement {
  static shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static properties = {
    label: {}, hint: {}, error: {}, type: { reflect: true }, value: {}, options: { attribute: false }, required: { type: Boolean }, disabled: { type: Boolean },
    autofocus: { type: Boolean }, rows: { type: Number }, placeholder: {}, name: {}, autocomplete: {}, inputmode: {}, accept: {}, multiple: { type: Boolean },
    min: {}, max: {}, maxlength: {}, mono: { type: Boolean }, quietLabel: { type: Boolean, attribute: 'quiet-label' },
  };
  static styles = [base, css`
    :host { display: block; min-width: 0; }
    label { display: block; font-weight: 600; margin-bottom: var(--space-1); overflow-wrap: anywhere; }
    input, textarea, select { display: block; width: 100%; min-height: 32px; padding: 5px 10px; border: 1px solid var(--border-strong); border-radius: var(--radius);
      background: var(--surface-raised); color: var(--text); font: var(--text-body); }
    input::placeholder, textarea::placeholder { color: var(--text-quiet); opacity: 1; }
    input, select { height: 32px; }
    select { padding-inline-end: 4px; text-overflow: ellipsis; }
    textarea { resize: vertical; line-height: 20px; }
    .mono { font-family: var(--mono); }
    :focus-visible { outline-offset: 0; }
    [aria-invalid='true'] { border-color: var(--danger-border); }
    [disabled] { background: var(--surface-sunken); color: var(--text-quiet); border-color: var(--border); }
    .check { display: flex; align-items: flex-start; gap: var(--space-2); min-height: 24px; font-weight: 400; margin: 0; padding: 2px 0; cursor: pointer; }
    .check input { width: 18px; min-height: 18px; height: 18px; margin: 1px 0 0; flex: none; accent-color: var(--accent); }
    .file { position: relative; display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-1) var(--space-2); min-height: 32px; padding: 3px; border: 1px dashed var(--border-strong); border-radius: var(--radius); background: var(--surface-raised); }
    .file:focus-within { outline: 2px solid var(--accent-text); }
    .file input { position: absolute; inset: 0; height: 100%; opacity: 0; cursor: pointer; }
    .choose { display: inline-flex; align-items: center; gap: 6px; padding: 1px 10px; border: 1px solid var(--border-strong); border-radius: 4px; font-weight: 600; }
    .names { min-width: 0; color: var(--text-quiet); overflow-wrap: anywhere; }
    .hint, .error { margin-top: var(--space-1); font: var(--text-meta); overflow-wrap: anywhere; }
    .hint { color: var(--text-quiet); }
    .error { display: flex; gap: 6px; color: var(--danger-text); }
    .needed { color: var(--text-quiet); font-weight: 400; }
  `];

  constructor() {
    super();
    this.type = 'text';
    this.value = '';
    this.options = [];
    this.rows = 4;
  }

  get input() {
    return this.renderRoot?.querySelector('#i');
  }

  firstUpdated() {
    if (this.autofocus) {
      this.input.focus();
    }
  }

  /** Selects the text of the field. */
  select() {
    this.input?.select?.();
  }

  render() {
    const checkbox = this.type === 'checkbox';
    const described = [this.hint ? 'h' : '', this.error ? 'e' : ''].join(' ').trim();
    const named = html`${this.label}${this.required && !checkbox ? html` <span class="needed">${t('kit.field.required')}</span>` : nothing}`;
    return html`
      ${checkbox
        ? html`<label class="check" for="i">${this.#control(described)}<span>${named}</span></label>`
        : html`<label for="i" class=${this.quietLabel ? 'hidden' : ''}>${named}</label>${this.#control(described)}`}
      ${this.hint ? html`<p class="hint" id="h">${this.hint}</p>` : nothing}
      ${this.error ? html`<p class="error" id="e" role="alert"><k-icon name="danger"></k-icon><span>${this.error}</span></p>` : nothing}`;
  }

  #control(described) {
    const invalid = this.error ? 'true' : nothing;
    const by = described || nothing;
    if (this.type === 'select') {
      return html`<select id="i" ?disabled=${this.disabled} ?required=${this.required} aria-invalid=${invalid} aria-describedby=${by} @change=${this.#changed}>
        ${this.options.map((o) => html`<option value=${o.value} ?disabled=${o.disabled} .selected=${live(String(o.value) === String(this.value))}>${o.label}</option>`)}
      </select>`;
    }
    if (this.type === 'textarea') {
      return html`<textarea id="i" class=${this.mono ? 'mono' : ''} rows=${this.rows} maxlength=${this.maxlength ?? nothing} ?disabled=${this.disabled} ?required=${this.required} aria-invalid=${invalid}
        aria-describedby=${by} placeholder=${this.placeholder ?? nothing} spellcheck="false" .value=${live(this.value ?? '')}
        @input=${this.#typed} @change=${this.#changed}></textarea>`;
    }
    if (this.type === 'checkbox') {
      return html`<input id="i" type="checkbox" ?disabled=${this.disabled} .checked=${live(String(this.value) === 'true')} aria-describedby=${by} aria-invalid=${invalid} @change=${this.#changed}>`;
    }
    if (this.type === 'file') {
      const names = [...(this.input?.files ?? [])].map((file) => file.name).join(', ');
      return html`<div class="file"><input id="i" type="file" accept=${this.accept ?? nothing} ?multiple=${this.multiple} ?disabled=${this.disabled} aria-describedby=${by} aria-invalid=${invalid} @change=${this.#changed}>
        <span class="choose" aria-hidden="true"><k-icon name="upload"></k-icon>${t('kit.field.choose')}</span><span class="names">${names || t('kit.field.none')}</span></div>`;
    }
    return html`<input id="i" class=${this.mono ? 'mono' : ''} type=${this.type === 'datetime' ? 'datetime-local' : this.type} .value=${live(this.value ?? '')} name=${this.name ?? nothing}
      autocomplete=${this.autocomplete ?? 'off'} inputmode=${this.inputmode ?? nothing} min=${this.min ?? nothing} max=${this.max ?? nothing} maxlength=${this.maxlength ?? nothing}
      placeholder=${this.placeholder ?? nothing} ?disabled=${this.disabled} ?required=${this.required} aria-invalid=${invalid} aria-describedby=${by}
      spellcheck="false" autocapitalize="off" @input=${this.#typed} @change=${this.#changed} @keydown=${this.#key}>`;
  }

  #read(control) {
    return this.type === 'checkbox' ? control.checked : this.type === 'file' ? control.files : control.value;
  }

  #typed(event) {
    event.stopPropagation();
    this.#emit('input', event.target);
  }

  #changed(event) {
    event.stopPropagation();
    this.#emit('change', event.target);
  }

  #key(event) {
    if (event.key === 'Enter' && !event.isComposing) {
      this.#emit('enter', event.target);
    }
  }

  #emit(name, control) {
    const value = this.#read(control);
    if (this.type === 'file') {
      this.requestUpdate();
    } else {
      this.value = value;
    }
    this.dispatchEvent(new CustomEvent(name, { detail: { value }, bubbles: true, composed: true }));
  }
}
customElements.define('k-field', KField);
