import { LitElement, css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { base } from './base.js';
import { onKeys } from './keys.js';
import { t } from '../texts.js';

const CONTROLS = 'a, button, input, select, textarea, label, summary, k-button, k-copy, k-field, k-id, k-menu, k-value, k-chip';

/**
 * Rows of data: `columns=[{id, label, align, width, hidden, cell: (row) => template}]`, `rows`, `rowId: (row) => string`.
 * Events: `active` (the row that keys act on), `open` (Enter, click), `select` (detail.selected, a Set). Keys j k x Enter
 * hold on the whole page unless `local`. `quietOpen` makes a click choose a row and not open it.
 */
class KTable extends LitElement {
  static properties = {
    label: {}, columns: { attribute: false }, rows: { attribute: false }, rowId: { attribute: false }, rowState: { attribute: false }, selectable: { type: Boolean }, selected: { attribute: false },
    active: {}, dense: { type: Boolean, reflect: true }, local: { type: Boolean }, quietOpen: { type: Boolean, attribute: 'quiet-open' }, showLabel: { type: Boolean, attribute: 'show-label' },
  };
  static styles = [base, css`
    :host { display: block; min-width: 0; }
    .frame { position: relative; overflow-x: auto; border: 1px solid var(--border); border-radius: var(--radius); background: var(--surface-raised); }
    table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
    @media (max-width: 900px) { table.many { min-width: 720px; } }
    @media (max-width: 640px) { table.some { min-width: 560px; } }
    caption { padding: var(--space-2) var(--space-3); font: var(--text-heading); text-align: start; }
    th { height: 32px; padding: 4px var(--space-3); background: var(--surface); border-bottom: 1px solid var(--border); font: var(--text-meta); font-weight: 600; color: var(--text-quiet); text-align: start; vertical-align: bottom; }
    td { height: var(--row); padding: 5px var(--space-3); border-bottom: 1px solid var(--border); text-align: start; vertical-align: middle; overflow-wrap: break-word; }
    :host([dense]) td { height: var(--row-dense); padding-block: 1px; }
    tbody tr:last-child td { border-bottom: 0; }
    .meta k-time { font: inherit; color: inherit; }
    tbody tr { cursor: default; }
    tbody tr.opens { cursor: pointer; }
    tbody tr:hover { background: var(--surface-hover); }
    tr[aria-selected='true'], tr.chosen { background: var(--accent-surface); }
    tr.active { box-shadow: inset 3px 0 0 var(--accent); }
    tr:focus-visible { outline-offset: -2px; }
    .end { text-align: end; }
    .pick { width: 32px; padding-inline-end: 0; }
    .pick label { display: flex; align-items: center; justify-content: center; width: 24px; height: 24px; }
    .pick input { width: 16px; height: 16px; margin: 0; accent-color: var(--accent); }
    .w-min { width: 1%; white-space: nowrap; }
    .w-half { width: 50%; }
    .w-third { width: 33%; }
    .w-quarter { width: 25%; }
    tr.warning td:first-child { box-shadow: inset 3px 0 0 var(--warning-border); }
    tr.danger td:first-child { box-shadow: inset 3px 0 0 var(--danger-border); }
  `];

  constructor() {
    super();
    this.columns = [];
    this.rows = [];
    this.selected = new Set();
    this.rowId = (row) => row.id;
    onKeys(this, {
      KeyJ: () => this.#ours() && this.move(1),
      KeyK: () => this.#ours() && this.move(-1),
      KeyX: () => this.#ours() && this.selectable && this.active && this.#toggle(this.active),
      Enter: () => this.#ours() && this.#enter(),
    }, () => (this.local ? {} : { KeyJ: t('kit.table.next'), KeyK: t('kit.table.previous'), Enter: t('kit.table.open'), ...(this.selectable ? { KeyX: t('kit.table.select') } : {}) }));
  }

  #ours() {
    return !this.local || /** @type {ShadowRoot} */ (this.renderRoot).activeElement !== null;
  }

  /** Makes the next or previous row the active one. @param {number} by */
  move(by) {
    if (this.rows.length === 0) {
      return;
    }
    const at = this.rows.findIndex((row) => this.rowId(row) === this.active);
    const next = Math.min(this.rows.length - 1, Math.max(0, at < 0 ? (by > 0 ? 0 : this.rows.length - 1) : at + by));
    this.#activate(this.rowId(this.rows[next]), true);
  }

  async #activate(id, focus) {
    this.active = id;
    this.#emit('active', { id, row: this.#row(id) });
    if (focus) {
      await this.updateComplete;
      const element = [...this.renderRoot.querySelectorAll('tbody tr')].find((tr) => tr.dataset.id === id);
      element?.focus({ preventScroll: true });
      element?.scrollIntoView({ block: 'nearest' });
    }
  }

  #row(id) {
    return this.rows.find((row) => this.rowId(row) === id);
  }

  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  #enter() {
    if (this.active && this.#row(this.active)) {
      this.#emit('open', { id: this.active, row: this.#row(this.active) });
    }
  }

  #toggle(id) {
    const selected = new Set(this.selected);
    if (!selected.delete(id)) {
      selected.add(id);
    }
    this.#select(selected);
  }

  #select(selected) {
    this.selected = selected;
    this.#emit('select', { selected });
  }

  #click(event, id) {
    if (event.composedPath().some((node) => node.matches?.(CONTROLS)) || String(getSelection()).length > 0) {
      return;
    }
    this.#activate(id, true);
    if (!this.quietOpen) {
      this.#emit('open', { id, row: this.#row(id) });
    }
  }

  render() {
    const columns = this.columns.filter((column) => !column.hidden);
    const all = this.rows.length > 0 && this.rows.every((row) => this.selected.has(this.rowId(row)));
    const reachable = this.rows.some((row) => this.rowId(row) === this.active) ? this.active : this.rows.length > 0 ? this.rowId(this.rows[0]) : null;
    return html`<div class="frame"><table class=${columns.length > 3 ? 'many' : columns.length === 3 ? 'some' : ''}>
      <caption class=${this.showLabel ? '' : 'hidden'}>${this.label}</caption>
      <thead><tr>
        ${this.selectable ? html`<th scope="col" class="pick"><label><input type="checkbox" aria-label=${t('kit.table.all')} .checked=${all} @change=${() => this.#select(new Set(all ? [] : this.rows.map(this.rowId)))}></label></th>` : nothing}
        ${columns.map((column) => html`<th scope="col" class=${this.#look(column)}>${column.label || html`<span class="hidden">${t('kit.table.actions')}</span>`}</th>`)}
      </tr></thead>
      <tbody>${repeat(this.rows, this.rowId, (row) => this.#line(row, columns, reachable))}</tbody>
    </table></div>`;
  }

  #look({ align, width }) {
    return [align === 'end' || align === 'right' ? 'end' : '', width ? `w-${width}` : ''].join(' ');
  }

  #line(row, columns, reachable) {
    const id = this.rowId(row);
    const chosen = this.selected.has(id);
    return html`<tr data-id=${id} tabindex=${id === reachable ? 0 : -1} class=${[id === this.active ? 'active' : '', chosen ? 'chosen' : '', this.quietOpen ? '' : 'opens', this.rowState?.(row) ?? ''].join(' ')}
      @click=${(event) => this.#click(event, id)} @focus=${() => this.active !== id && this.#activate(id, false)}>
      ${this.selectable ? html`<td class="pick"><label><input type="checkbox" aria-label=${t('kit.table.select')} .checked=${chosen} @change=${() => this.#toggle(id)}></label></td>` : nothing}
      ${columns.map((column) => html`<td class=${this.#look(column)}>${column.cell ? column.cell(row) : row[column.id]}</td>`)}
    </tr>`;
  }
}
customElements.define('k-table', KTable);
