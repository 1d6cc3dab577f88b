import { LitElement, css, html } from 'lit';
import { base } from './base.js';
import { t } from '../texts.js';
import './button.js';

/** `<k-dialog ?open=${…} heading="…">`: content in the default slot, buttons in slot `actions`; event `close` (Esc, cross). */
class KDialog extends LitElement {
  static properties = { open: { type: Boolean, reflect: true }, heading: {}, wide: { type: Boolean, reflect: true } };
  static styles = [base, css`
    :host { display: contents; }
    dialog { width: min(560px, calc(100vw - 32px)); max-height: calc(100vh - 64px); padding: 0; border: 1px solid var(--border); border-radius: var(--radius); background: var(--surface-raised); color: var(--text); box-shadow: var(--shadow); overflow: hidden; }
    :host([wide]) dialog { width: min(960px, calc(100vw - 32px)); }
    dialog[open] { display: flex; flex-direction: column; }
    dialog::backdrop { background: var(--scrim); }
    header { display: flex; align-items: flex-start; justify-content: space-between; gap: var(--space-3); padding: var(--space-4) var(--space-3) var(--space-2) var(--space-5); }
    h2 { font: var(--text-title); outline: none; }
    .content { padding: var(--space-2) var(--space-5) var(--space-5); overflow: auto; overscroll-behavior: contain; }
    footer { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: var(--space-2); padding: var(--space-3) var(--space-5); border-top: 1px solid var(--border); background: var(--surface); }
    footer.none { display: none; }
  `];

  constructor() {
    super();
    this.open = false;
    this.heading = '';
  }

  get #dialog() {
    return this.renderRoot.querySelector('dialog');
  }

  updated(changed) {
    if (changed.has('open')) {
      if (this.open && !this.#dialog.open) {
        this.#dialog.showModal();
        if (!this.querySelector('[autofocus]')) {
          this.renderRoot.querySelector('h2').focus();
        }
      } else if (!this.open && this.#dialog.open) {
        this.#dialog.close();
      }
    }
  }

  render() {
    return html`<dialog aria-labelledby="h" @cancel=${this.#cancel} @close=${this.#ended}>
      <header><h2 id="h" tabindex="-1">${this.heading}</h2><k-button variant="quiet" icon="close" label=${t('kit.close')} @click=${this.#cancel}></k-button></header>
      <div class="content"><slot></slot></div>
      <footer class="none"><slot name="actions" @slotchange=${this.#actions}></slot></footer>
    </dialog>`;
  }

  #actions(event) {
    event.target.parentElement.classList.toggle('none', event.target.assignedElements().length === 0);
  }

  #cancel(event) {
    event.preventDefault();
    event.stopPropagation();
    this.open = false;
  }

  #ended(event) {
    event.stopPropagation();
    this.open = false;
    this.dispatchEvent(new CustomEvent('close'));
  }
}
customElements.define('k-dialog', KDialog);
