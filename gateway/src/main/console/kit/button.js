import { LitElement, css, html, nothing } from 'lit';
import { base } from './base.js';
import { keyLabel } from './keys.js';
import './icon.js';

/**
 * `<k-button variant="primary" icon="report" key="KeyC">Sign and send</k-button>`. `label` names a button that has an
 * icon alone. `busy` keeps its width and refuses further clicks.
 */
class KButton extends LitElement {
  static shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static properties = {
    variant: { reflect: true }, busy: { type: Boolean, reflect: true }, disabled: { type: Boolean, reflect: true }, icon: {}, label: {},
    key: {}, small: { type: Boolean, reflect: true }, href: {}, pressed: { type: Boolean, reflect: true }, expanded: {}, popup: {},
  };
  static styles = [base, css`
    :host { display: inline-flex; vertical-align: middle; max-width: 100%; }
    :host([disabled]), :host([busy]) { pointer-events: none; }
    .control { display: inline-flex; align-items: center; justify-content: center; gap: 6px; min-height: 32px; min-width: 32px; max-width: 100%; padding: 5px 12px;
      border: 1px solid var(--border-strong); border-radius: var(--radius); background: var(--surface-raised); color: var(--text);
      font-weight: 600; text-decoration: none; text-align: center; cursor: pointer; transition: background-color var(--motion), border-color var(--motion); }
    .control:hover { background: var(--surface-hover); }
    :host([small]) .control { min-height: 24px; min-width: 24px; padding: 1px 8px; font: var(--text-meta); font-weight: 600; }
    .primary { background: var(--accent); border-color: var(--accent); color: var(--accent-on); }
    .primary:hover { background: var(--accent-hover); border-color: var(--accent-hover); }
    .danger { background: var(--danger); border-color: var(--danger); color: var(--danger-on); }
    .danger:hover { background: var(--danger-hover); border-color: var(--danger-hover); }
    .quiet { background: transparent; border-color: transparent; color: var(--accent-text); }
    :host([pressed]) .control { background: var(--accent-surface); border-color: var(--accent-border); color: var(--accent-text); }
    .only, :host([small]) .only { padding: 0; }
    .control[disabled] { background: var(--surface-sunken); border-color: var(--border); color: var(--text-quiet); }
    .quiet[disabled] { background: transparent; border-color: transparent; }
    .turning { width: 14px; height: 14px; flex: none; border: 2px solid currentColor; border-inline-end-color: transparent; border-radius: 50%; animation: turn 800ms linear infinite; }
    @keyframes turn { to { rotate: 1turn; } }
    @media (prefers-reduced-motion: reduce) { .turning { border-style: dotted; } }
  `];

  constructor() {
    super();
    this.variant = 'secondary';
  }

  click() {
    this.renderRoot?.querySelector('.control')?.click();
  }

  render() {
    const tip = [this.label, this.key ? `(${keyLabel(this.key)})` : ''].filter(Boolean).join(' ');
    const inner = html`${this.busy ? html`<span class="turning"></span>` : this.icon ? html`<k-icon name=${this.icon}></k-icon>` : nothing}<slot></slot>`;
    const look = `control ${this.variant} ${this.label ? 'only' : ''}`;
    if (this.href) {
      return html`<a class=${look} href=${this.href} title=${tip || nothing} aria-label=${this.label ?? nothing}>${inner}</a>`;
    }
    return html`<button type="button" class=${look} ?disabled=${this.disabled} aria-busy=${this.busy ? 'true' : nothing}
      aria-pressed=${this.hasAttribute('toggle') ? String(Boolean(this.pressed)) : nothing} aria-expanded=${this.expanded ?? nothing}
      aria-haspopup=${this.popup ?? nothing} title=${tip || nothing} aria-label=${this.label ?? nothing} @click=${this.#held}>${inner}</button>`;
  }

  #held(event) {
    if (this.busy) {
      event.stopPropagation();
    }
  }
}
customElements.define('k-button', KButton);
