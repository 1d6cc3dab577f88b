import { LitElement, css, html, nothing } from 'lit';
import { base } from './base.js';
import { iconOf } from './icons.js';
import { t } from '../texts.js';
import './icon.js';

/** A small piece of a whole, such as a filter: `label`, `kind` of value (its icon), `state`, `removable` (event `remove`). */
class KChip extends LitElement {
  static shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static properties = { label: {}, kind: {}, state: { reflect: true }, removable: { type: Boolean }, mono: { type: Boolean } };
  static styles = [base, css`
    :host { display: inline-flex; align-items: center; gap: 6px; min-height: 26px; max-width: 100%; padding: 1px 10px; border: 1px solid var(--border-strong); border-radius: 13px; background: var(--surface-raised);
      color: var(--text); vertical-align: middle; }
    :host([state='ok']) { background: var(--ok-surface); border-color: var(--ok-border); color: var(--ok-text); }
    :host([state='notice']) { background: var(--notice-surface); border-color: var(--notice-border); color: var(--notice-text); }
    :host([state='warning']) { background: var(--warning-surface); border-color: var(--warning-border); color: var(--warning-text); }
    :host([state='danger']) { background: var(--danger-surface); border-color: var(--danger-border); color: var(--danger-text); }
    k-icon { width: 14px; height: 14px; }
    span { min-width: 0; overflow-wrap: anywhere; }
    .mono { font-family: var(--mono); font-size: 0.93em; }
    button { display: inline-flex; align-items: center; justify-content: center; width: 24px; height: 24px; margin-inline-end: -8px; padding: 0; border: 0; border-radius: 12px; background: none; cursor: pointer; }
    button:hover { background: var(--surface-hover); }
  `];

  render() {
    return html`
      ${this.kind ? html`<k-icon name=${iconOf(this.kind)} label=${t(`kit.kind.${this.kind}`)}></k-icon>` : this.state ? html`<k-icon name=${this.state}></k-icon>` : nothing}
      <span class=${this.mono ? 'mono' : ''}>${this.label}<slot></slot></span>
      ${this.removable
        ? html`<button type="button" title=${t('kit.chip.remove', { label: this.label })} aria-label=${t('kit.chip.remove', { label: this.label })} @click=${this.#remove}><k-icon name="close"></k-icon></button>`
        : nothing}`;
  }

  #remove(event) {
    event.stopPropagation();
    this.dispatchEvent(new CustomEvent('remove', { bubbles: true, composed: true }));
  }
}
customElements.define('k-chip', KChip);
