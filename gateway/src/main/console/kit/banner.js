import { LitElement, css, html } from 'lit';
import { base } from './base.js';
import './icon.js';

/** A statement about the whole screen, such as "Seoul did not answer": `state`, default slot, slot `action`. */
class KBanner extends LitElement {
  static properties = { state: { reflect: true }, icon: {} };
  static styles = [base, css`
    :host { display: flex; flex-wrap: wrap; align-items: flex-start; gap: var(--space-2); padding: var(--space-2) var(--space-3); border: 1px solid var(--notice-border); border-radius: var(--radius); background: var(--notice-surface); color: var(--notice-text); }
    :host([state='ok']) { background: var(--ok-surface); border-color: var(--ok-border); color: var(--ok-text); }
    :host([state='warning']) { background: var(--warning-surface); border-color: var(--warning-border); color: var(--warning-text); }
    :host([state='danger']) { background: var(--danger-surface); border-color: var(--danger-border); color: var(--danger-text); }
    k-icon { margin-top: 2px; }
    div { flex: 1 1 200px; min-width: 0; overflow-wrap: anywhere; }
  `];

  constructor() {
    super();
    this.state = 'notice';
  }

  render() {
    return html`<k-icon name=${this.icon ?? this.state}></k-icon><div><slot></slot></div><slot name="action"></slot>`;
  }
}
customElements.define('k-banner', KBanner);
