import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { dateTime } from '../format.js';
import { t } from '../texts.js';
import { FILTERS } from './entry.js';
import '../kit/button.js';
import '../kit/chip.js';
import '../kit/field.js';

const TIMES = new Set(['from', 'to']);

/** The time of a field, without zone, for a moment of the API. */
function local(instant) {
  const date = new Date(instant ?? '');
  return Number.isNaN(date.getTime()) ? '' : new Date(date.getTime() - date.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

/** Questions to the access record: `values` by name of the filter; event `filter` with all of them. */
class KoprikAccessFilters extends LitElement {
  static properties = { values: { attribute: false }, draft: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    .fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(160px, 100%), 1fr)); gap: var(--space-3); align-items: end; }
    .value { grid-column: 1 / -1; }
  `];

  constructor() {
    super();
    this.values = {};
    this.draft = {};
  }

  willUpdate(changed) {
    if (changed.has('values') && JSON.stringify(changed.get('values')) !== JSON.stringify(this.values)) {
      this.draft = { ...this.values };
    }
  }

  render() {
    return html`<div class="card stack">
      <div class="fields">
        ${this.#field('value', 'search', t('access.filter.value.hint'), true)}
        ${this.#field('account', 'text')}
        ${this.#field('route', 'text')}
        ${this.#field('id', 'text')}
        ${this.#field('from', 'datetime')}
        ${this.#field('to', 'datetime')}
      </div>
      <div class="spread">
        <div class="row">${FILTERS.filter((name) => this.values[name]).map((name) => html`<k-chip removable label=${this.#words(name)} @remove=${() => this.#send({ ...this.values, [name]: undefined })}></k-chip>`)}</div>
        <k-button variant="primary" icon="search" @click=${() => this.#send(this.draft)}>${t('access.show')}</k-button>
      </div>
    </div>`;
  }

  #field(name, type, hint, wide = false) {
    const value = this.draft[name] ?? '';
    return html`<k-field class=${wide ? 'value' : ''} id=${name} type=${type} label=${t(`access.filter.${name}`)} hint=${hint ?? nothing} ?mono=${wide} ?autofocus=${wide}
      .value=${TIMES.has(name) ? local(value) : value} @input=${(event) => this.#typed(name, event)} @change=${(event) => this.#typed(name, event)} @enter=${() => this.#send(this.draft)}></k-field>`;
  }

  #typed(name, event) {
    const text = event.detail.value.trim();
    const moment = TIMES.has(name) && text !== '' ? new Date(text) : null;
    this.draft = { ...this.draft, [name]: moment === null ? text : Number.isNaN(moment.getTime()) ? '' : moment.toISOString() };
  }

  #words(name) {
    return `${t(`access.filter.${name}`)}: ${TIMES.has(name) ? dateTime(this.values[name]) : this.values[name]}`;
  }

  #send(values) {
    this.dispatchEvent(new CustomEvent('filter', { detail: Object.fromEntries(FILTERS.map((name) => [name, values[name] || undefined])), bubbles: true, composed: true }));
  }
}
customElements.define('koprik-access-filters', KoprikAccessFilters);
