import { LitElement, css, html, nothing } from 'lit';
import { base } from './base.js';
import './button.js';
import './icon.js';

/**
 * A button with a list of choices: `label`, `icon`, `items=[{id, label, icon, hint, checked, danger, disabled, href}]`;
 * event `select` (detail.id). `iconOnly` hides the label; `value` is shown beside the icon.
 */
class KMenu extends LitElement {
  static shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static properties = { label: {}, icon: {}, items: { attribute: false }, iconOnly: { type: Boolean, attribute: 'icon-only' }, variant: {}, small: { type: Boolean }, open: { state: true }, align: { reflect: true } };
  static styles = [base, css`
    :host { position: relative; display: inline-flex; }
    ul { position: absolute; inset: calc(100% + 4px) auto auto 0; z-index: 30; min-width: 200px; max-width: min(320px, calc(100vw - 24px)); width: max-content; max-height: 70vh; overflow: auto; padding: var(--space-1); border: 1px solid var(--border); border-radius: var(--radius);
      background: var(--surface-raised); box-shadow: var(--shadow); }
    :host([align='end']) ul { inset: calc(100% + 4px) 0 auto auto; }
    .item { display: flex; align-items: center; gap: var(--space-2); width: 100%; min-height: 32px; padding: 5px 10px; border: 0; border-radius: 4px; background: none; color: var(--text); text-align: start; text-decoration: none; cursor: pointer; }
    .item:hover, .item:focus-visible { background: var(--surface-hover); }
    .item:focus-visible { outline-offset: -2px; }
    .item[aria-disabled] { color: var(--text-quiet); cursor: default; }
    .danger { color: var(--danger-text); }
    .text { flex: 1; min-width: 0; overflow-wrap: anywhere; }
    .hint { display: block; font: var(--text-meta); color: var(--text-quiet); }
    .slot { padding: var(--space-2) 10px; }
  `];

  constructor() {
    super();
    this.items = [];
    this.open = false;
    this.addEventListener('focusout', (event) => {
      if (!this.renderRoot.contains(/** @type {Node} */ (event.relatedTarget)) && event.relatedTarget !== this) {
        this.open = this.open && event.relatedTarget === null && this.matches(':hover');
      }
    });
  }

  render() {
    return html`
      <k-button variant=${this.variant ?? 'secondary'} ?small=${this.small} icon=${this.icon ?? 'down'} label=${this.iconOnly ? this.label : nothing} popup="menu" expanded=${String(this.open)}
        @click=${this.#toggle} @keydown=${this.#openByKey}>${this.iconOnly ? nothing : this.label}</k-button>
      ${this.open
        ? html`<ul role="menu" aria-label=${this.label} @keydown=${this.#key}>
            ${this.items.map((item) => html`<li role="none">${this.#item(item)}</li>`)}
          </ul>`
        : nothing}`;
  }

  #item(item) {
    const inner = html`
      <k-icon name=${'checked' in item ? (item.checked ? 'check' : '') : (item.icon ?? 'right')} class=${'checked' in item && !item.checked ? 'off' : ''}></k-icon>
      <span class="text">${item.label}${item.hint ? html`<span class="hint">${item.hint}</span>` : nothing}</span>`;
    const role = 'checked' in item ? 'menuitemradio' : 'menuitem';
    const look = `item ${item.danger ? 'danger' : ''}`;
    if (item.href) {
      return html`<a class=${look} role=${role} tabindex="-1" href=${item.href} @click=${this.#close}>${inner}</a>`;
    }
    return html`<button type="button" class=${look} role=${role} tabindex="-1" aria-checked=${'checked' in item ? String(Boolean(item.checked)) : nothing}
      aria-disabled=${item.disabled ? 'true' : nothing} @click=${() => this.#select(item)}>${inner}</button>`;
  }

  #toggle() {
    this.open = !this.open;
    if (this.open) {
      this.#focus(this.items.findIndex((item) => item.checked));
    }
  }

  #openByKey(event) {
    if (event.code === 'ArrowDown' && !this.open) {
      event.preventDefault();
      this.#toggle();
    }
  }

  async #focus(at) {
    await this.updateComplete;
    const items = [...this.renderRoot.querySelectorAll('.item')];
    items[Math.max(0, at)]?.focus();
  }

  #key(event) {
    const items = [...this.renderRoot.querySelectorAll('.item')];
    const at = items.indexOf(event.target.closest('.item'));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.code];
    if (to !== undefined) {
      event.preventDefault();
      items[(to + items.length) % items.length].focus();
    } else if (event.code === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.#close();
    } else if (event.code === 'Tab') {
      this.open = false;
    }
  }

  #close() {
    this.open = false;
    this.renderRoot.querySelector('k-button').focus();
  }

  #select(item) {
    if (!item.disabled) {
      this.#close();
      this.dispatchEvent(new CustomEvent('select', { detail: { id: item.id } }));
    }
  }
}
customElements.define('k-menu', KMenu);
