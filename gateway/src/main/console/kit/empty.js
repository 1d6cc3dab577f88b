import { LitElement, css, html } from 'lit';
import { base } from './base.js';
import './icon.js';

/** Nothing to show: what this is for (`heading`, `text`) and the first thing to do (slot `action`). */
class KEmpty extends LitElement {
  static properties = { heading: {}, text: {}, icon: {} };
  static styles = [base, css`
    :host { display: grid; justify-items: center; gap: var(--space-2); padding: var(--space-6) var(--space-4); text-align: center; }
    k-icon { width: 28px; height: 28px; color: var(--text-quiet); }
    p { max-width: 60ch; color: var(--text-quiet); overflow-wrap: anywhere; }
    slot[name='action'] { display: flex; flex-wrap: wrap; justify-content: center; gap: var(--space-2); margin-top: var(--space-2); }
  `];

  render() {
    return html`<k-icon name=${this.icon ?? 'search'}></k-icon><h2>${this.heading}</h2><p>${this.text}</p><slot name="action"></slot>`;
  }
}
customElements.define('k-empty', KEmpty);
