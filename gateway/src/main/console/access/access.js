import { LitElement, css, html, nothing } from 'lit';
import { get } from '../api.js';
import { base } from '../kit/base.js';
import { merge } from '../router.js';
import { number } from '../format.js';
import { t } from '../texts.js';
import './detail.js';
import './filters.js';
import { answersOf, askedOf, byOf, FILTERS, kindAndValue } from './entry.js';
import '../kit/badge.js';
import '../kit/banner.js';
import '../kit/empty.js';
import '../kit/pager.js';
import '../kit/panel.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/table.js';
import '../kit/time.js';
import '../kit/value.js';

const PAGE = 50;

/** The access record: who did what, and who looked at a value. The address holds filters and the open entry. */
class KoprikAccess extends LitElement {
  static properties = { route: { attribute: false }, entries: { state: true }, next: { state: true }, page: { state: true }, busy: { state: true }, error: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    .lead { max-width: 75ch; }
    .what { overflow-wrap: anywhere; }
    .asked { display: grid; gap: 2px; justify-items: start; }
  `];
  #asked = null;
  #turn = 0;

  constructor() {
    super();
    this.entries = [];
    this.next = null;
    this.page = null;
    this.error = null;
    this.busy = false;
  }

  willUpdate() {
    const asked = JSON.stringify(this.#filters());
    if (asked !== this.#asked) {
      this.#asked = asked;
      this.entries = [];
      this.next = null;
      this.page = null;
      this.#load();
    }
  }

  #filters() {
    const query = this.route?.query ?? {};
    return Object.fromEntries(FILTERS.filter((name) => query[name]).map((name) => [name, query[name]]));
  }

  async #load() {
    const turn = ++this.#turn;
    this.busy = true;
    this.error = null;
    try {
      const page = await get('/api/access', { ...this.#filters(), limit: PAGE, cursor: this.next });
      if (turn === this.#turn) {
        this.entries = [...this.entries, ...page.entries];
        this.next = page.next ?? null;
        this.page = page;
      }
    } catch (failure) {
      if (turn === this.#turn) {
        this.error = failure;
      }
    } finally {
      if (turn === this.#turn) {
        this.busy = false;
      }
    }
  }

  render() {
    const filters = this.#filters();
    return html`<div class="stack">
      <h1>${t('access.title')}</h1>
      <p class="lead quiet">${t('access.lead')}</p>
      <koprik-access-filters .values=${filters} @filter=${(event) => merge({ ...event.detail, entry: undefined })}></koprik-access-filters>
      ${this.page && !this.page.complete ? html`<k-banner state="warning">${t('access.partial', { gateways: (this.page.missing ?? []).join(', ') })}</k-banner>` : nothing}
      ${this.error ? html`<k-problem .error=${this.error} @retry=${() => this.#load()}></k-problem>` : nothing}
      ${this.#list(Object.keys(filters).length > 0)}
      ${this.#panel()}
    </div>`;
  }

  #list(filtered) {
    if (this.entries.length === 0) {
      if (this.busy) {
        return html`<k-skeleton rows="8"></k-skeleton>`;
      }
      return this.error
        ? nothing
        : html`<k-empty icon="access" heading=${t(filtered ? 'access.none' : 'access.empty')} text=${t(filtered ? 'access.none.text' : 'access.empty.text')}></k-empty>`;
    }
    return html`<div>
      <k-table label=${t('access.title')} .columns=${this.#columns()} .rows=${this.entries} .rowId=${(row) => this.#id(row)} .active=${this.route.query.entry ?? null}
        @open=${(event) => merge({ entry: event.detail.id })}></k-table>
      <k-pager ?more=${this.next !== null} ?busy=${this.busy} shown=${this.entries.length} @more=${() => this.#load()}></k-pager>
    </div>`;
  }

  #id(row) {
    return [row.gateway, row.stream, row.n].filter((part) => part !== undefined).join('.');
  }

  #columns() {
    return [
      { id: 'at', label: t('access.column.at'), width: 'min', cell: (row) => html`<k-time .at=${row.at}></k-time>` },
      { id: 'by', label: t('access.column.by'), cell: (row) => html`${byOf(row)}${row.from ? html`<div class="meta">${row.from}</div>` : nothing}` },
      { id: 'what', label: t('access.column.what'), cell: (row) => html`<code class="what">${row.what}</code>` },
      { id: 'asked', label: t('access.column.asked'), cell: (row) => this.#question(row) },
      { id: 'answers', label: t('access.column.answers'), align: 'end', width: 'min', cell: (row) => this.#outcome(row) },
    ];
  }

  #question(row) {
    const values = row.values ?? [];
    const words = [...(row.ids ?? []), ...askedOf(row)].join(' · ');
    const [kind, value] = values.length > 0 ? kindAndValue(values[0]) : [];
    return html`<div class="asked">
      ${kind ? html`<k-value kind=${kind} value=${value}></k-value>` : html`<span class="mono">${words}</span>`}
      ${values.length > 1 ? html`<span class="meta">${t('access.more', { count: values.length - 1 })}</span>` : nothing}
    </div>`;
  }

  #outcome(row) {
    return row.refused ? html`<k-badge state="warning">${t('access.refused', { status: String(row.refused) })}</k-badge>` : answersOf(row) === null ? '–' : number(answersOf(row));
  }

  #panel() {
    const wanted = this.route?.query.entry;
    const row = wanted ? this.entries.find((one) => this.#id(one) === wanted) : undefined;
    return row === undefined
      ? nothing
      : html`<k-panel heading=${t('access.entry', { number: String(row.n) })} @close=${() => merge({ entry: undefined })}>
          <koprik-access-detail .entry=${row} @value=${(event) => merge({ value: event.detail, entry: undefined })}></koprik-access-detail>
        </k-panel>`;
  }
}
customElements.define('koprik-access', KoprikAccess);
