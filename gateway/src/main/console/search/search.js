import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { get, post } from '../api.js';
import { count } from '../format.js';
import { base } from '../kit/base.js';
import { onKeys } from '../kit/keys.js';
import { current, go, merge } from '../router.js';
import { centreName, centres, typeName } from '../stix/words.js';
import { t } from '../texts.js';
import { found, linkOf } from './hit.js';
import { hasFilter, setFilter, toggleFilter, valuesOf } from './question.js';
import { styles } from './styles.js';
import './box.js';
import '../desk/preview.js';
import './export.js';
import './histogram.js';
import './saved.js';
import '../kit/badge.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/chip.js';
import '../kit/empty.js';
import '../kit/icon.js';
import '../kit/pager.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/time.js';
import '../kit/tlp.js';
import '../kit/value.js';

const PAGE = 50;
const MOST_AT_ONCE = 1000;
const FACETS = ['type', 'from', 'producer', 'tlp'];
const SHOWN_OF_FACET = 7;
const INTERVALS = ['day', 'week', 'month', 'year'];
/** Longer questions are posted. */
const IN_ADDRESS = 4000;

/** All objects that match a question: facets, histogram, excerpts, saved searches and an export of exactly this. */
class KoprikSearch extends LitElement {
  static properties = {
    route: { attribute: false }, text: { state: true }, answer: { state: true }, hits: { state: true }, error: { state: true }, busy: { state: true }, adding: { state: true },
    fields: { state: true }, active: { state: true }, open: { state: true }, wide: { state: true },
  };
  static styles = [base, styles];

  #asked = null;
  #request = null;

  constructor() {
    super();
    this.text = '';
    this.fields = [];
    this.hits = [];
    this.wide = new Set();
    onKeys(this, {
      KeyJ: () => this.#move(1),
      KeyK: () => this.#move(-1),
      Enter: () => this.active && (location.hash = linkOf(this.hits.find((hit) => hit.id === this.active))),
    }, () => (this.hits.length ? { KeyJ: t('search.keyNext'), KeyK: t('search.keyPrevious'), Enter: t('search.keyOpen') } : {}));
  }

  connectedCallback() {
    super.connectedCallback();
    // Completion and names of centres are a help: without them the box takes what is typed.
    get('/api/search/fields').then((answer) => (this.fields = answer.fields), () => (this.fields = []));
    centres().then(() => this.requestUpdate(), () => nothing);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#request?.abort();
  }

  get by() {
    return INTERVALS.includes(this.route?.query.by) ? this.route.query.by : 'month';
  }

  get q() {
    return this.route?.query.q ?? '';
  }

  get pages() {
    return Math.min(MOST_AT_ONCE / PAGE, Math.max(1, Number.parseInt(this.route?.query.pages ?? '1', 10) || 1));
  }

  willUpdate(changed) {
    if (changed.has('route') && this.route) {
      const asked = `${this.by}\n${this.q}`;
      if (asked !== this.#asked) {
        this.#asked = asked;
        this.text = this.q;
        this.#search();
      }
    }
  }

  async firstUpdated() {
    const box = this.renderRoot.querySelector('koprik-search-box');
    await box.updateComplete;
    box.focus();
  }

  async #question(query, signal) {
    const all = { histogram: this.by, ...query };
    return this.q.length <= IN_ADDRESS ? get('/api/search', { q: this.q, ...all }, { signal }) : post('/api/search', { q: this.q }, { query: all, signal, reads: true });
  }

  async #search() {
    this.#request?.abort();
    const request = (this.#request = new AbortController());
    this.busy = true;
    this.error = null;
    this.active = null;
    try {
      const answer = await this.#question({ limit: PAGE * this.pages }, request.signal);
      this.answer = answer;
      this.hits = answer.hits;
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        this.error = failure;
        this.answer = null;
        this.hits = [];
      }
    } finally {
      if (this.#request === request) {
        this.busy = false;
      }
    }
  }

  async #more() {
    this.adding = true;
    try {
      const next = await this.#question({ limit: PAGE, cursor: this.answer.next, highlight: undefined }, this.#request.signal);
      this.hits = [...this.hits, ...next.hits];
      this.answer = { ...this.answer, next: next.next };
      merge({ pages: Math.ceil(this.hits.length / PAGE) }, { replace: true });
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        this.error = failure;
      }
    } finally {
      this.adding = false;
    }
  }

  #ask(text) {
    const q = text.trim();
    if (q === this.q && current().path === '/search') {
      this.#search();
    } else {
      go('/search', { q, by: this.by === 'month' ? '' : this.by });
    }
  }

  async #move(step) {
    if (this.hits.length === 0) {
      return;
    }
    const at = this.hits.findIndex((hit) => hit.id === this.active);
    this.active = this.hits[Math.min(this.hits.length - 1, Math.max(0, at < 0 ? 0 : at + step))].id;
    await this.updateComplete;
    const row = this.renderRoot.querySelector('li.hit[aria-current]');
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }

  render() {
    return html`<div class="page">
      <div class="spread"><h1>${t('search.title')}</h1>
        <div class="row">
          <k-button icon="pin" @click=${() => (this.open = 'saved')}>${t('search.saved')}</k-button>
          <k-button icon="shield" ?disabled=${this.hits.length === 0} @click=${() => (this.open = 'who')}>${t('search.who')}</k-button>
          <k-button icon="download" ?disabled=${!this.answer?.total} @click=${() => (this.open = 'export')}>${t('search.export')}</k-button>
        </div></div>
      <koprik-search-box .value=${this.text} .fields=${this.fields} ?busy=${this.busy} @typed=${(event) => (this.text = event.detail.value)} @ask=${(event) => this.#ask(event.detail.value)}></koprik-search-box>
      ${this.#filters()}
      ${this.error ? html`<k-problem .error=${this.error} @retry=${() => this.#search()}></k-problem>` : nothing}
      ${this.busy && !this.answer ? html`<k-skeleton rows="8"></k-skeleton>` : this.answer ? this.#result() : nothing}
      ${this.open === 'who' ? html`<koprik-forecast-dialog .ids=${this.hits.map((hit) => hit.id)} @close=${() => (this.open = null)}></koprik-forecast-dialog>` : nothing}
      <koprik-saved-searches ?open=${this.open === 'saved'} .q=${this.q} @close=${() => (this.open = null)} @run=${(event) => this.#run(event.detail.q)}></koprik-saved-searches>
      <koprik-export ?open=${this.open === 'export'} .q=${this.q} .types=${(this.answer?.facets.type ?? []).map((one) => one.value)} .total=${this.answer?.total ?? 0} @close=${() => (this.open = null)}></koprik-export>
    </div>`;
  }

  #run(q) {
    this.open = null;
    go('/search', { q });
  }

  /** The filters in force, as chips that are taken out with a click. */
  #filters() {
    const chips = this.fields.flatMap(({ name }) => valuesOf(this.q, name).map((value) => ({ name, value })));
    return chips.length === 0
      ? nothing
      : html`<div class="chips" role="group" aria-label=${t('search.inForce')}>${chips.map(({ name, value }) => html`<k-chip removable label=${`${t(`search.field.${name}`)}: ${this.#inWords(name, value)}`} @remove=${() => this.#ask(toggleFilter(this.q, name, value))}></k-chip>`)}</div>`;
  }

  #inWords(name, value) {
    return name === 'type' ? typeName(value) : ['from', 'producer', 'source'].includes(name) ? (value === 'here' ? t('search.here') : centreName(value)) : value;
  }

  #result() {
    const { answer } = this;
    return html`
      ${this.#understood()}
      <div class="parts ${this.busy ? 'old' : ''}" aria-busy=${String(Boolean(this.busy))}>
        <aside aria-label=${t('search.facets')}>${FACETS.map((facet) => this.#facet(facet, answer.facets[facet] ?? []))}</aside>
        <div class="found">
          <div class="spread">
            <p class="total" aria-live="polite">${t('search.total', { count: answer.total, number: count(answer.total) })}</p>
            <div class="row" role="group" aria-label=${t('search.interval')}>${INTERVALS.map((one) => html`<k-button small toggle ?pressed=${one === this.by} @click=${() => merge({ by: one === 'month' ? '' : one }, { replace: true })}>${t(`search.by.${one}`)}</k-button>`)}</div>
          </div>
          ${answer.total > 0 ? html`<koprik-histogram .buckets=${answer.histogram ?? []} interval=${this.by} .chosen=${valuesOf(this.q, 'seen')[0] ?? ''} @range=${(event) => this.#ask(setFilter(this.q, 'seen', event.detail.range))}></koprik-histogram>` : nothing}
          ${this.hits.length === 0
            ? html`<k-empty heading=${t('search.nothingHeading')} text=${(answer.hints ?? []).join(' ') || t('search.nothingText')}></k-empty>`
            : html`<ul class="hits" aria-label=${t('search.hits')}>${repeat(this.hits, (hit) => hit.id, (hit) => html`<li class="hit" tabindex="-1" aria-current=${hit.id === this.active ? 'true' : nothing} @click=${() => (this.active = hit.id)}>
                <div class="what">${found(hit)}</div><k-time .at=${hit.received}></k-time></li>`)}</ul>
              <k-pager ?more=${Boolean(answer.next)} ?busy=${this.adding} .shown=${this.hits.length} @more=${() => this.#more()}></k-pager>`}
        </div>
      </div>`;
  }

  #understood() {
    const { understood } = this.answer;
    if (understood.pasted) {
      return html`<k-banner>${t('search.pasted', { count: understood.values.length })}</k-banner>`;
    }
    return understood.values.length === 0
      ? nothing
      : html`<p class="understood">${t('search.valuesAsked')} ${understood.values.slice(0, 5).map((one) => html`<span class="row"><k-value kind=${one.kind} .value=${one.value}></k-value><span class="quiet">${t('search.carriers', { count: one.count })}</span></span>`)}</p>`;
  }

  #facet(facet, counts) {
    if (counts.length === 0) {
      return nothing;
    }
    const all = this.wide.has(facet);
    const shown = all ? counts : counts.slice(0, SHOWN_OF_FACET);
    return html`<section><h2>${t(`search.field.${facet}`)}</h2>
      <ul>${shown.map((one) => this.#choice(facet, one))}</ul>
      ${counts.length > SHOWN_OF_FACET ? html`<k-button small variant="quiet" expanded=${String(all)} @click=${() => this.#widen(facet)}>${all ? t('search.fewer') : t('search.allOfFacet', { count: counts.length })}</k-button>` : nothing}
    </section>`;
  }

  #widen(facet) {
    const wide = new Set(this.wide);
    if (!wide.delete(facet)) {
      wide.add(facet);
    }
    this.wide = wide;
  }

  #choice(facet, one) {
    const value = facet === 'tlp' ? one.value.replace('TLP:', '').toLowerCase() : facet === 'producer' ? (one.centre ?? one.value) : one.value;
    const words = facet === 'type' ? typeName(value) : facet === 'tlp' ? one.value : facet === 'producer' && !one.centre ? t('search.unknownProducer', { id: value.slice(-6) }) : centreName(value);
    const chosen = hasFilter(this.q, facet, value);
    return html`<li><button type="button" class="choice" aria-pressed=${String(chosen)} @click=${() => this.#ask(toggleFilter(this.q, facet, value))}>
      <span>${chosen ? html`<k-icon name="check"></k-icon>` : nothing}${words}</span><span class="number">${count(one.count)}</span></button></li>`;
  }
}
customElements.define('koprik-search', KoprikSearch);
