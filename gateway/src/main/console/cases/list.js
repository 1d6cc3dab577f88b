import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { onKeys } from '../kit/keys.js';
import { get } from '../api.js';
import { go, link, merge } from '../router.js';
import { session } from '../session.js';
import { count, money } from '../format.js';
import { t } from '../texts.js';
import { TYPES, options, statusState, statusWord, totals, typeWord } from './model.js';
import './cell.js';
import './edit.js';
import './import.js';
import '../kit/badge.js';
import '../kit/button.js';
import '../kit/chip.js';
import '../kit/empty.js';
import '../kit/field.js';
import '../kit/pager.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/table.js';
import '../kit/time.js';

const FILTERS = ['q', 'value', 'status', 'type', 'unit', 'from', 'to'];
const PAGE = 50;
const TYPING_MS = 300;

/** The list of cases; its filters are the query of the address. */
class KoprikCaseList extends LitElement {
  static properties = {
    route: { attribute: false }, rows: { state: true }, next: { state: true }, error: { state: true }, busy: { state: true }, dialog: { state: true }, active: { state: true },
  };
  static styles = [base, css`
    :host { display: grid; gap: var(--space-4); grid-template-columns: minmax(0, 1fr); }
    .filters { display: grid; grid-template-columns: repeat(3, minmax(0, 1.3fr)) repeat(2, minmax(0, 1.4fr)) repeat(2, minmax(130px, 1fr)); gap: var(--space-3); align-items: end; }
    @media (max-width: 1100px) { .filters { grid-template-columns: repeat(auto-fill, minmax(min(160px, 100%), 1fr)); } }
  `];

  #asked = null;
  #timer;
  #turn = 0;

  constructor() {
    super();
    this.rows = null;
    this.dialog = '';
    onKeys(this, { KeyN: () => (this.dialog = 'new') }, () => ({ KeyN: t('cases.new') }));
  }

  get #query() {
    return this.route?.query ?? {};
  }

  willUpdate() {
    const asked = JSON.stringify(FILTERS.map((name) => this.#query[name] ?? ''));
    if (asked !== this.#asked) {
      this.#asked = asked;
      this.rows = null;
      this.#load();
    }
  }

  async #load(cursor) {
    const turn = ++this.#turn;
    const { from, to, ...rest } = Object.fromEntries(FILTERS.map((name) => [name, this.#query[name]]));
    this.busy = true;
    try {
      const found = await get('/api/cases', {
        ...rest, opened_from: from && new Date(`${from}T00:00`).toISOString(), opened_to: to && new Date(`${to}T23:59:59.999`).toISOString(), limit: PAGE, cursor,
      });
      if (turn === this.#turn) {
        this.rows = cursor ? [...this.rows, ...found.cases] : found.cases;
        this.next = found.next;
        this.error = null;
      }
    } catch (failure) {
      if (turn === this.#turn) {
        this.error = failure;
      }
    } finally {
      this.busy = turn === this.#turn ? false : this.busy;
    }
  }

  #typed(name, value) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => merge({ [name]: value }, { replace: true }), TYPING_MS);
  }

  render() {
    const filtered = FILTERS.some((name) => this.#query[name]);
    return html`
      <div class="spread"><h1>${t('cases.heading')}</h1><div class="row">
        <k-button icon="upload" @click=${() => (this.dialog = 'import')}>${t('cases.import')}</k-button>
        <k-button variant="primary" icon="plus" key="KeyN" @click=${() => (this.dialog = 'new')}>${t('cases.new')}</k-button>
      </div></div>
      ${this.#filters()}
      ${filtered ? html`<div class="row"><k-button small variant="quiet" icon="close" @click=${() => go('/cases')}>${t('cases.filter.clear')}</k-button></div>` : nothing}
      ${this.error ? html`<k-problem .error=${this.error} @retry=${() => this.#load()}></k-problem>` : nothing}
      ${this.rows === null ? (this.error ? nothing : html`<k-skeleton rows="8"></k-skeleton>`) : this.#found(filtered)}
      ${this.dialog === 'new' ? html`<koprik-case-new @done=${(e) => { this.dialog = ''; if (e.detail) { go(`/cases/${encodeURIComponent(e.detail.number)}`); } }}></koprik-case-new>` : nothing}
      ${this.dialog === 'import' ? html`<koprik-case-import @done=${() => { this.dialog = ''; this.#load(); }}></koprik-case-import>` : nothing}`;
  }

  #filters() {
    const units = session()?.units;
    const query = this.#query;
    return html`<div class="filters" role="search" aria-label=${t('cases.filter')}>
      <k-field type="search" label=${t('cases.filter.words')} .value=${query.q ?? ''} @input=${(e) => this.#typed('q', e.detail.value)}></k-field>
      <k-field type="search" label=${t('cases.filter.value')} mono .value=${query.value ?? ''} @input=${(e) => this.#typed('value', e.detail.value)}></k-field>
      <k-field type="select" label=${t('cases.status')} .value=${query.status ?? ''} .options=${options(['open', 'closed'], (one) => t(`cases.status.${one}`), t('cases.any'))} @change=${(e) => merge({ status: e.detail.value })}></k-field>
      <k-field type="select" label=${t('cases.type')} .value=${query.type ?? ''} .options=${options(TYPES, typeWord, t('cases.any'))} @change=${(e) => merge({ type: e.detail.value })}></k-field>
      ${units
        ? html`<k-field type="select" label=${t('cases.unit')} .value=${query.unit ?? ''} .options=${options([...units], (one) => one, t('cases.any'))} @change=${(e) => merge({ unit: e.detail.value })}></k-field>`
        : html`<k-field type="search" label=${t('cases.unit')} .value=${query.unit ?? ''} @input=${(e) => this.#typed('unit', e.detail.value)}></k-field>`}
      <k-field type="date" label=${t('cases.filter.from')} .value=${query.from ?? ''} @change=${(e) => merge({ from: e.detail.value })}></k-field>
      <k-field type="date" label=${t('cases.filter.to')} .value=${query.to ?? ''} @change=${(e) => merge({ to: e.detail.value })}></k-field>
    </div>`;
  }

  #found(filtered) {
    if (this.rows.length === 0 && !this.next) {
      return filtered
        ? html`<k-empty icon="filter" heading=${t('cases.none')} text=${t('cases.none.text')}><k-button slot="action" @click=${() => go('/cases')}>${t('cases.filter.clear')}</k-button></k-empty>`
        : html`<k-empty icon="cases" heading=${t('cases.empty')} text=${t('cases.empty.text')}><k-button slot="action" variant="primary" icon="plus" @click=${() => (this.dialog = 'new')}>${t('cases.new')}</k-button></k-empty>`;
    }
    return html`
      <k-table label=${t('cases.heading')} .rows=${this.rows} .rowId=${(file) => file.id} .active=${this.active} .columns=${this.#columns()}
        @active=${(e) => (this.active = e.detail.id)} @open=${(e) => go(`/cases/${encodeURIComponent(this.#name(e.detail.row))}`)}></k-table>
      <k-pager ?more=${Boolean(this.next)} ?busy=${this.busy} .shown=${this.rows.length} @more=${() => this.#load(this.next)}></k-pager>`;
  }

  /** Two units may count alike: then the id names the case. */
  #name(file) {
    return this.rows.filter((other) => other.number === file.number).length > 1 ? file.id : file.number;
  }

  #columns() {
    return [
      { id: 'number', label: t('cases.number'), width: 'min', cell: (file) => html`<koprik-cell look="line"><a href=${link(['cases', this.#name(file)])}>${file.number}</a></koprik-cell>` },
      { id: 'title', label: t('cases.title'), cell: (file) => file.title },
      { id: 'status', label: t('cases.status'), width: 'min', cell: (file) => html`<k-badge state=${statusState(file)}>${statusWord(file)}</k-badge>` },
      { id: 'type', label: t('cases.type'), cell: (file) => typeWord(file.type) },
      { id: 'unit', label: t('cases.unit'), cell: (file) => file.unit ?? html`<span class="quiet">–</span>` },
      { id: 'values', label: t('cases.values'), align: 'end', width: 'min', cell: (file) => count(file.values.length) },
      { id: 'losses', label: t('cases.losses'), align: 'end', cell: (file) => totals(file.losses).map(({ amount, currency }) => html`<koprik-cell look="line">${money(amount, currency)}</koprik-cell>`) },
      { id: 'opened', label: t('cases.opened'), width: 'min', cell: (file) => html`<k-time inline .at=${file.opened}></k-time>` },
    ];
  }
}
customElements.define('koprik-case-list', KoprikCaseList);
