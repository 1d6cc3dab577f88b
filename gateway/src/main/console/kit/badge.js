import { LitElement, css, html } from 'lit';
import { base } from './base.js';
import './icon.js';

/** A state in a word: `<k-badge state="warning">late</k-badge>`; `icon` replaces the state's own icon. */
class KBadge extends LitElement {
  static properties = { state: { reflect: true }, icon: {} };
  static styles = [base, css`
    :host { display: inline-flex; align-items: center; gap: 4px; min-height: 20px; max-width: 100%; padding: 1px 8px 1px 6px; border: 1px solid var(--border-strong); border-radius: 10px;
      background: var(--surface-sunken); color: var(--text); font: var(--text-meta); font-weight: 600; vertical-align: middle; overflow-wrap: break-word; }
    k-icon { width: 13px; height: 13px; }
    :host([state='ok']) { background: var(--ok-surface); border-color: var(--ok-border); color: var(--ok-text); }
    :host([state='notice']) { background: var(--notice-surface); border-color: var(--notice-border); color: var(--notice-text); }
    :host([state='warning']) { background: var(--warning-surface); border-color: var(--warning-border); color: var(--warning-text); }
    :host([state='danger']) { background: var(--danger-surface); border-color: var(--danger-border); color: var(--danger-text); }
  `];

  constructor() {
    super();
    this.state = 'neutral';
  }

  render() {
    return html`<k-icon name=${this.icon ?? this.state}></k-icon><span><slot></slot></span>`;
  }
}
customElements.define('k-badge', KBadge);
