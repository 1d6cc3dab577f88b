import { LitElement, css, html, nothing } from 'lit';
import { base } from './base.js';
import { t } from '../texts.js';
import './button.js';

/** The end of a list that goes on: `more` whether it does, `busy`, `shown` how many there are; event `more`. */
class KPager extends LitElement {
  static properties = { more: { type: Boolean }, busy: { type: Boolean }, shown: { type: Number } };
  static styles = [base, css`
    :host { display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: var(--space-3); padding: var(--space-3) 0; }
  `];

  render() {
    const shown = this.shown === undefined ? nothing : html`<span class="meta" aria-live="polite">${t('kit.pager.shown', { count: this.shown })}</span>`;
    return html`${shown}${this.more ? html`<k-button ?busy=${this.busy} icon="down" @click=${this.#more}>${t('kit.pager.more')}</k-button>` : nothing}`;
  }

  #more() {
    this.dispatchEvent(new CustomEvent('more', { bubbles: true, composed: true }));
  }
}
customElements.define('k-pager', KPager);
