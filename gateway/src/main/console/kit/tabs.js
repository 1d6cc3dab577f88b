import { LitElement, css, html, nothing } from 'lit';
import { base } from './base.js';
import { count } from '../format.js';

/** `tabs=[{id, label, count}]`, `active`; event `change` (detail.id). The content of the tab is the screen's. */
class KTabs extends LitElement {
  static properties = { tabs: { attribute: false }, active: {}, label: {} };
  static styles = [base, css`
    :host { display: block; border-bottom: 1px solid var(--border); }
    div { display: flex; flex-wrap: wrap; gap: 0 var(--space-1); }
    button { display: inline-flex; align-items: center; gap: 6px; min-height: 36px; margin-bottom: -1px; padding: 6px 12px; border: 0; border-bottom: 2px solid transparent; background: none; color: var(--text-quiet); font-weight: 600; cursor: pointer; }
    button:hover { color: var(--text); }
    button[aria-selected='true'] { border-bottom-color: var(--accent); color: var(--text); }
    :focus-visible { outline-offset: -2px; }
    .count { padding: 0 6px; border-radius: 9px; background: var(--surface-sunken); color: var(--text-quiet); font: var(--text-meta); font-variant-numeric: tabular-nums; }
  `];

  constructor() {
    super();
    this.tabs = [];
  }

  render() {
    const active = this.tabs.some((tab) => tab.id === this.active) ? this.active : this.tabs[0]?.id;
    return html`<div role="tablist" aria-label=${this.label ?? nothing} @keydown=${this.#key}>${this.tabs.map((tab) => html`
      <button type="button" role="tab" data-id=${tab.id} aria-selected=${String(tab.id === active)} tabindex=${tab.id === active ? 0 : -1} @click=${() => this.#choose(tab.id)}>
        ${tab.label}${tab.count === undefined || tab.count === null ? nothing : html` <span class="count">${count(tab.count)}</span>`}
      </button>`)}</div>`;
  }

  #key(event) {
    const all = [...this.renderRoot.querySelectorAll('button')];
    const at = all.indexOf(event.target.closest('button'));
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.code];
    if (to !== undefined) {
      event.preventDefault();
      const next = all[(to + all.length) % all.length];
      next.focus();
      this.#choose(next.dataset.id);
    }
  }

  #choose(id) {
    this.active = id;
    this.dispatchEvent(new CustomEvent('change', { detail: { id, value: id }, bubbles: true, composed: true }));
  }
}
customElements.define('k-tabs', KTabs);
