import { LitElement, css, html, nothing } from 'lit';
import { base } from './base.js';
import { onKeys } from './keys.js';
import { t } from '../texts.js';
import './button.js';

/** A side panel beside the list: `heading`, `href` of the same as a page; event `close` (Esc, cross). */
class KPanel extends LitElement {
  static properties = { heading: {}, href: {} };
  static styles = [base, css`
    :host { position: fixed; inset: var(--bar) 0 0 auto; z-index: 20; width: clamp(480px, 38vw, 640px); max-width: 100vw; display: flex; flex-direction: column; background: var(--surface-raised);
      border-inline-start: 1px solid var(--border); box-shadow: var(--shadow); }
    header { display: flex; align-items: flex-start; gap: var(--space-2); padding: var(--space-3) var(--space-3) var(--space-3) var(--space-5); border-bottom: 1px solid var(--border); }
    h2 { flex: 1; min-width: 0; font: var(--text-title); outline: none; }
    .content { flex: 1; padding: var(--space-4) var(--space-5) var(--space-6); overflow: auto; overscroll-behavior: contain; }
    @media (max-width: 640px) { :host { width: 100vw; } .content { padding-inline: var(--space-4); } header { padding-inline-start: var(--space-4); } }
  `];

  constructor() {
    super();
    this.heading = '';
    onKeys(this, { Escape: () => this.#close() });
  }

  firstUpdated() {
    this.renderRoot.querySelector('h2').focus();
  }

  render() {
    return html`<header><h2 id="h" tabindex="-1">${this.heading}</h2>
        ${this.href ? html`<k-button variant="quiet" icon="external" label=${t('kit.panel.page')} href=${this.href}></k-button>` : nothing}
        <k-button variant="quiet" icon="close" label=${t('kit.close')} @click=${this.#close}></k-button></header>
      <div class="content" role="region" aria-labelledby="h" tabindex="0"><slot></slot></div>`;
  }

  #close() {
    this.dispatchEvent(new CustomEvent('close'));
  }
}
customElements.define('k-panel', KPanel);
