import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { money, number } from '../format.js';
import { toast } from '../kit/toast.js';
import { t } from '../texts.js';
import '../kit/badge.js';
import '../kit/button.js';
import '../kit/chart.js';
import '../kit/id.js';
import '../kit/pager.js';
import '../kit/panel.js';
import '../kit/table.js';
import '../kit/tabs.js';
import '../kit/time.js';
import '../kit/timeline.js';
import '../kit/tlp.js';
import '../kit/value.js';

const HOUR_MS = 3600e3;
const NOW = Date.now();
const ROWS = [
  { id: 'indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f', kind: 'iban', value: 'HU98999000001234567890126771', marking: 'amber', amount: 1200.5, currency: 'EUR', at: NOW - 3 * HOUR_MS, state: 'danger' },
  { id: 'indicator--0b8f0c4e-52f6-4a54-8a5d-6a8b4d1e2f90', kind: 'url', value: 'http://login.example.com/verify?session=00000000000000000000000000000000', marking: 'green', amount: 14000000, currency: 'UZS', at: NOW - 50 * HOUR_MS, state: 'ok' },
  { id: 'indicator--5c6f1c1a-3a0e-4f2b-b8d7-1d2e3f4a5b6c', kind: 'ipv4', value: '198.51.100.7', marking: 'clear', amount: 0, currency: 'USD', at: NOW - 2000 * HOUR_MS, state: 'neutral' },
  { id: 'indicator--99f0c1d2-0e1f-4a2b-8c3d-4e5f60718293', kind: 'email', value: 'support@example.org', marking: 'red', amount: 31, currency: 'KRW', at: NOW - 90000, state: 'warning' },
];

/** Tables, tabs, pager, values, times, charts, the side panel. */
class KoprikComponentsData extends LitElement {
  static properties = { tab: { state: true }, selected: { state: true }, dense: { state: true }, panel: { state: true }, range: { state: true } };
  static styles = [base, css`
    :host { display: grid; gap: var(--space-5); grid-template-columns: minmax(0, 1fr); }
    .two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(380px, 100%), 1fr)); gap: var(--space-5); align-items: start; }
    .wall { font: var(--text-wall); font-variant-numeric: tabular-nums; }
  `];

  constructor() {
    super();
    this.tab = 'known';
    this.selected = new Set([ROWS[1].id]);
    this.dense = false;
    this.panel = null;
    this.range = null;
  }

  render() {
    return html`
      <section class="card stack"><div class="spread"><h2>${t('components.table')}</h2><k-button small toggle ?pressed=${this.dense} @click=${() => (this.dense = !this.dense)}>${t('components.table.dense')}</k-button></div>
        <k-tabs label=${t('components.table')} .active=${this.tab} .tabs=${[{ id: 'known', label: t('components.tab.known'), count: 12345 }, { id: 'versions', label: t('components.tab.versions'), count: 3 }, { id: 'timeline', label: t('components.tab.timeline') }]}
          @change=${(e) => (this.tab = e.detail.id)}></k-tabs>
        <k-table label=${t('components.table')} .columns=${this.#columns()} .rows=${ROWS} .selected=${this.selected} selectable ?dense=${this.dense}
          @select=${(e) => (this.selected = e.detail.selected)} @open=${(e) => (this.panel = e.detail.row)}></k-table>
        <k-pager more shown=${ROWS.length} @more=${() => toast(t('components.toast.done'))}></k-pager>
      </section>
      <section class="two">
        <div class="card stack"><h2>${t('components.timeline')}</h2><k-timeline .entries=${[
          { at: NOW - HOUR_MS, title: t('components.event.signed'), detail: html`<k-value kind="url" value=${ROWS[1].value}></k-value>`, state: 'ok' },
          { at: NOW - 20 * HOUR_MS, title: t('components.event.refused'), state: 'danger' },
          { at: NOW - 700 * HOUR_MS, title: t('components.event.opened') }]}></k-timeline></div>
        <div class="stack">
          <div class="card stack"><h2>${t('components.chart')}</h2>
            <k-bars label=${t('components.chart')} .items=${Array.from({ length: 24 }, (_, n) => ({ label: `${n}:00`, value: Math.round(40 + 38 * Math.sin(n / 3) + (n % 5) * 4), from: n, to: n + 1 }))} brush .range=${this.range} @brush=${(e) => (this.range = e.detail)}></k-bars></div>
          <div class="card"><h2>${t('components.figure')}</h2><div class="wall">${number(1284)}</div></div>
        </div>
      </section>
      ${this.panel ? html`<k-panel heading=${t('components.panel')} @close=${() => (this.panel = null)}><div class="stack">
        <k-value long kind=${this.panel.kind} value=${this.panel.value}></k-value><k-id value=${this.panel.id}></k-id><k-tlp marking=${this.panel.marking}></k-tlp></div></k-panel>` : nothing}`;
  }

  #columns() {
    return [
      { id: 'value', label: t('components.column.value'), cell: (row) => html`<k-value kind=${row.kind} value=${row.value}></k-value>` },
      { id: 'id', label: t('components.column.id'), width: 'min', cell: (row) => html`<k-id value=${row.id}></k-id>` },
      { id: 'tlp', label: 'TLP', width: 'min', cell: (row) => html`<k-tlp marking=${row.marking}></k-tlp>` },
      { id: 'state', label: t('components.column.state'), cell: (row) => html`<k-badge state=${row.state}>${t(`components.state.${row.state}`)}</k-badge>` },
      { id: 'amount', label: t('components.column.amount'), align: 'end', cell: (row) => money(row.amount, row.currency) },
      { id: 'at', label: t('components.column.at'), width: 'min', cell: (row) => html`<k-time .at=${row.at}></k-time>` },
    ];
  }
}
customElements.define('koprik-components-data', KoprikComponentsData);
