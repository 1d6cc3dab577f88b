import { LitElement, css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { base } from '../kit/base.js';
import { t } from '../texts.js';
import '../kit/button.js';
import '../kit/icon.js';
import { beginnings, completed, completions } from './question.js';

/**
 * The search box with completion of filters: a combobox (WAI-ARIA 1.2) whose list stands in the same shadow root as the
 * field. Events `typed` and `ask` (detail.value).
 */
class KoprikSearchBox extends LitElement {
  static shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static properties = { value: {}, fields: { attribute: false }, busy: { type: Boolean }, choices: { state: true }, active: { state: true } };
  static styles = [base, css`
    :host { display: block; position: relative; }
    .line { display: flex; flex-wrap: wrap; gap: var(--space-2); align-items: flex-end; }
    .field { flex: 1 1 320px; min-width: 0; position: relative; }
    label { display: block; font-weight: 600; margin-bottom: var(--space-1); }
    input { width: 100%; min-height: 36px; padding: 6px 12px; border: 1px solid var(--border-strong); border-radius: var(--radius); background: var(--surface-raised); color: var(--text); }
    :focus-visible { outline-offset: 0; }
    ul { position: absolute; inset: calc(100% + 4px) 0 auto 0; z-index: 30; max-height: 320px; overflow: auto; padding: var(--space-1); background: var(--surface-raised); border: 1px solid var(--border); border-radius: var(--radius); box-shadow: var(--shadow); }
    li { display: flex; justify-content: space-between; gap: var(--space-3); min-height: 32px; padding: 6px 10px; border-radius: 4px; cursor: pointer; }
    li[aria-selected='true'], li:hover { background: var(--surface-hover); }
    li[aria-selected='true'] { box-shadow: inset 3px 0 0 var(--accent); }
    li span { color: var(--text-quiet); text-align: end; }
    k-button { flex: none; }
  `];

  constructor() {
    super();
    this.value = '';
    this.fields = [];
    this.choices = [];
    this.active = -1;
  }

  get #input() {
    return this.renderRoot.querySelector('input');
  }

  render() {
    const open = this.choices.length > 0;
    return html`<div class="line">
      <div class="field">
        <label for="i">${t('search.box')}</label>
        <input id="i" type="text" role="combobox" autocomplete="off" spellcheck="false" autocapitalize="off" aria-autocomplete="list" aria-expanded=${String(open)} aria-controls="l"
          aria-activedescendant=${this.active >= 0 ? `o${this.active}` : nothing} placeholder=${t('search.boxHint')} .value=${live(this.value)}
          @input=${this.#typed} @keydown=${this.#key} @click=${this.#complete} @blur=${this.#shut}>
        <ul id="l" role="listbox" aria-label=${t('search.filters')} ?hidden=${!open}>
          ${this.choices.map((choice, at) => html`<li id="o${at}" role="option" aria-selected=${String(at === this.active)} @mousedown=${(event) => event.preventDefault()} @click=${() => this.#take(choice)}>
            <code translate="no">${choice.text}</code><span>${choice.done ? nothing : t(`search.field.${choice.field}`)}</span></li>`)}
        </ul>
      </div>
      <k-button variant="primary" icon="search" ?busy=${this.busy} @click=${this.#ask}>${t('search.search')}</k-button>
    </div>`;
  }

  #typed(event) {
    this.value = event.target.value;
    this.#emit('typed');
    this.#complete();
  }

  #complete() {
    const caret = this.#input.selectionStart ?? this.value.length;
    this.choices = this.value.trim() === '' ? beginnings(this.fields, caret) : completions(this.value, caret, this.fields);
    this.active = -1;
  }

  #shut() {
    this.choices = [];
    this.active = -1;
  }

  async #take(choice) {
    const { text, caret } = completed(this.value, choice);
    this.value = text;
    this.#emit('typed');
    this.#shut();
    await this.updateComplete;
    this.#input.focus();
    this.#input.setSelectionRange(caret, caret);
    if (!choice.done) {
      this.#complete();
    }
  }

  #key(event) {
    const many = this.choices.length;
    if (event.isComposing) {
      return;
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (many === 0) {
        this.#complete();
        return;
      }
      this.active = event.key === 'ArrowDown' ? (this.active + 1) % many : (this.active + many - (this.active < 0 ? 0 : 1)) % many;
      this.updateComplete.then(() => this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (this.active >= 0) {
        this.#take(this.choices[this.active]);
      } else {
        this.#ask();
      }
    } else if (event.key === 'Tab' && many > 0 && this.active >= 0) {
      event.preventDefault();
      this.#take(this.choices[this.active]);
    } else if (event.key === 'Escape' && many > 0) {
      event.preventDefault();
      event.stopPropagation();
      this.#shut();
    }
  }

  #ask() {
    this.#shut();
    this.#emit('ask');
  }

  #emit(name) {
    this.dispatchEvent(new CustomEvent(name, { detail: { value: this.value } }));
  }
}
customElements.define('koprik-search-box', KoprikSearchBox);
