import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { module, post, saveAs } from '../api.js';
import { count, number } from '../format.js';
import { base } from '../kit/base.js';
import { onKeys } from '../kit/keys.js';
import { tell } from '../kit/toast.js';
import { go } from '../router.js';
import { may } from '../session.js';
import { centres } from '../stix/words.js';
import { t } from '../texts.js';
import { FILTERS, countsOf, isKnown, keyOf, rowsOf, shows } from './answer.js';
import { keep, textOf } from './pasted.js';
import { table } from './table.js';
import { details, firstLink, verdict } from './row.js';
import './ask-partner.js';
import '../kit/badge.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/empty.js';
import '../kit/field.js';
import '../kit/icon.js';
import '../kit/pager.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/tlp.js';
import '../kit/value.js';
import { styles } from './styles.js';

const FIRST_ROWS = 40;
const MORE_ROWS = 80;
/** The centre looks around this many values at once. */
const MOST_NEAR = 1000;
const LINES_NAMED = 8;

/** The start page: paste anything, and read what is known of each value, by whom, and why. */
class KoprikLookup extends LitElement {
  static properties = {
    route: { attribute: false }, text: { state: true }, answer: { state: true }, error: { state: true }, busy: { state: true },
    limit: { state: true }, selected: { state: true }, looked: { state: true }, active: { state: true }, asking: { state: true },
  };
  static styles = [base, styles];

  #asked = null;
  #request = null;
  #pasted = false;
  #more = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && (this.limit += MORE_ROWS), { rootMargin: '400px' });

  constructor() {
    super();
    this.text = '';
    this.#reset();
    onKeys(this, {
      KeyJ: () => this.#move(1),
      KeyK: () => this.#move(-1),
      KeyX: () => this.active && this.#toggle(this.active),
      Enter: () => this.#open(),
    }, () => (this.answer ? { KeyJ: t('lookup.keyNext'), KeyK: t('lookup.keyPrevious'), KeyX: t('lookup.keySelect'), Enter: t('lookup.keyOpen') } : {}));
  }

  #reset() {
    this.answer = null;
    this.rows = [];
    this.counts = {};
    this.error = null;
    this.selected = new Set();
    this.looked = new Set();
    this.active = null;
    this.limit = FIRST_ROWS;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#request?.abort();
    this.#more.disconnect();
  }

  get filter() {
    const wanted = this.route?.query.show;
    return FILTERS.includes(wanted) ? wanted : 'all';
  }

  get near() {
    return this.route?.query.near === '1';
  }

  willUpdate(changed) {
    if (changed.has('route') && this.route) {
      const text = textOf(this.route.query);
      const asked = `${this.near}\n${text}`;
      this.lost = text === null;
      if (asked !== this.#asked) {
        this.#asked = asked;
        this.text = text ?? '';
        this.#reset();
        if (text?.trim()) {
          this.#look(text, this.near);
        }
      }
    }
  }

  updated() {
    const end = this.renderRoot.querySelector('.end');
    this.#more.disconnect();
    if (end) {
      this.#more.observe(end);
    }
  }

  async firstUpdated() {
    const box = this.renderRoot.querySelector('k-field');
    await box.updateComplete;
    box.focus();
  }

  async #look(text, near) {
    this.#request?.abort();
    const request = (this.#request = new AbortController());
    this.busy = true;
    this.error = null;
    try {
      const [answer] = await Promise.all([
        post('/api/search/values', { text }, { query: near ? { near: true } : {}, signal: request.signal, reads: true }),
        centres().catch(() => null), // names are a help; without them the short names are shown
      ]);
      this.rows = rowsOf(answer);
      this.counts = countsOf(this.rows);
      this.answer = answer;
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        this.error = failure;
      }
    } finally {
      if (this.#request === request) {
        this.busy = false;
      }
    }
  }

  #submit() {
    const text = this.text.trim();
    if (text) {
      this.#asked = null; // the same text is looked up again when somebody asks again
      go('/lookup', { ...keep(text), near: this.near ? '1' : '' });
      this.#asked ??= this.#again(text);
    }
  }

  /** Asks again when the address stays as it is. */
  #again(text) {
    this.#reset();
    this.#look(text, this.near);
    return `${this.near}\n${text}`;
  }

  #typed(event) {
    this.text = event.detail.value;
    if (this.#pasted) {
      this.#pasted = false;
      this.#submit();
    }
  }

  #key(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#submit();
    }
  }

  #show(filter) {
    this.limit = FIRST_ROWS;
    go('/lookup', { ...this.route.query, show: filter === 'all' ? '' : filter }, { replace: true });
  }

  get #shown() {
    return this.rows.filter((hit) => shows(hit, this.filter));
  }

  #toggle(key) {
    const selected = new Set(this.selected);
    if (!selected.delete(key)) {
      selected.add(key);
    }
    this.selected = selected;
  }

  #toggleAll() {
    const keys = this.#shown.map(keyOf);
    this.selected = keys.every((key) => this.selected.has(key)) ? new Set() : new Set(keys);
  }

  async #move(step) {
    const keys = this.#shown.map(keyOf);
    if (keys.length === 0) {
      return;
    }
    const at = keys.indexOf(this.active);
    const to = Math.min(keys.length - 1, Math.max(0, at < 0 ? 0 : at + step));
    this.active = keys[to];
    this.limit = Math.max(this.limit, to + 1);
    await this.updateComplete;
    const row = this.renderRoot.querySelector('li.value[aria-current]');
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }

  #open() {
    const hit = this.rows.find((one) => keyOf(one) === this.active);
    const target = hit && firstLink(hit);
    if (target) {
      location.hash = target;
    }
  }

  #lookAnyway(key) {
    this.looked = new Set(this.looked).add(key);
  }

  get #chosen() {
    return this.rows.filter((hit) => this.selected.has(keyOf(hit)));
  }

  async #report() {
    const { report } = await module('report/handover.js');
    report(this.#chosen);
  }

  async #toCase() {
    const { openAddToCase } = await module('cases/add-to-case.js');
    await openAddToCase(this.#chosen);
  }

  #export() {
    const rows = this.selected.size > 0 ? this.#chosen : this.#shown;
    saveAs(table(rows), 'lookup.csv');
  }

  render() {
    return html`<div class="page">
      <h1 class="hidden">${t('lookup.title')}</h1>
      <section class="ask">
        <k-field type="textarea" rows=${this.answer || this.busy ? 2 : 5} label=${t('lookup.box')} hint=${t('lookup.boxHint')} .value=${this.text} mono
          @input=${this.#typed} @paste=${() => (this.#pasted = true)} @keydown=${this.#key}></k-field>
        <div class="row">
          <k-button variant="primary" icon="lookup" ?busy=${this.busy} ?disabled=${!this.text.trim()} @click=${this.#submit}>${t('lookup.lookUp')}</k-button>
          <k-field type="checkbox" label=${t('lookup.near')} .value=${this.near} @change=${(event) => go('/lookup', { ...this.route.query, near: event.detail.value ? '1' : '' })}></k-field>
        </div>
      </section>
      <div aria-live="polite" class="hidden">${this.answer ? this.#sentence() : this.busy ? t('lookup.looking') : nothing}</div>
      ${this.#body()}
      <koprik-ask-partner .values=${this.asking ?? []} ?open=${this.asking != null} @close=${() => (this.asking = null)}></koprik-ask-partner>
    </div>`;
  }

  #body() {
    if (this.error) {
      return html`<k-problem .error=${this.error} @retry=${() => this.#submit()}></k-problem>`;
    }
    if (this.busy) {
      return html`<k-skeleton rows="6"></k-skeleton>`;
    }
    if (this.lost) {
      return html`<k-empty icon="lookup" heading=${t('lookup.lostHeading')} text=${t('lookup.lostText')}></k-empty>`;
    }
    if (!this.answer) {
      return html`<k-empty icon="lookup" heading=${t('lookup.emptyHeading')} text=${t('lookup.emptyText')}></k-empty>`;
    }
    if (this.rows.length === 0) {
      return html`<k-empty icon="question" heading=${t('lookup.noValueHeading')} text=${t('lookup.noValueText')}></k-empty>`;
    }
    const shown = this.#shown;
    return html`
      <div class="bar">
        <p class="summary">${this.#sentence()}</p>
        <div class="filters" role="group" aria-label=${t('lookup.filter')}>
          ${FILTERS.map((filter) => html`<k-button small toggle ?pressed=${filter === this.filter} @click=${() => this.#show(filter)}>${t(`lookup.show.${filter}`)} ${number(this.counts[filter])}</k-button>`)}
        </div>
      </div>
      ${this.#notes()}
      ${this.#actions(shown)}
      ${shown.length === 0
        ? html`<k-empty icon="filter" heading=${t('lookup.noneShownHeading')} text=${t('lookup.noneShownText')}><k-button slot="action" @click=${() => this.#show('all')}>${t('lookup.showAll')}</k-button></k-empty>`
        : html`<ul class="values" aria-label=${t('lookup.values')}>
            ${repeat(shown.slice(0, this.limit), keyOf, (hit) => this.#row(hit))}
          </ul>
          <div class="end"></div>
          <k-pager ?more=${shown.length > this.limit} .shown=${Math.min(shown.length, this.limit)} @more=${() => (this.limit += MORE_ROWS)}></k-pager>`}`;
  }

  #sentence() {
    const parts = [
      t('lookup.count.values', { count: this.rows.length, number: count(this.rows.length) }),
      t('lookup.count.known', { count: this.counts.known }),
      ...(may('cases') ? [t('lookup.count.cases', { count: this.counts.cases })] : []),
      t('lookup.count.silenced', { count: this.counts.silenced }),
      t('lookup.count.unknown', { count: this.counts.unknown }),
    ];
    return parts.join(' · ');
  }

  #notes() {
    const lines = this.answer.unrecognised;
    const notes = [];
    if (lines.length > 0) {
      const named = lines.slice(0, LINES_NAMED).map((one) => number(one)).join(', ') + (lines.length > LINES_NAMED ? ' …' : '');
      notes.push(html`<k-banner>${t('lookup.linesWithout', { count: lines.length, lines: named })}</k-banner>`);
    }
    if (this.near && this.rows.length > MOST_NEAR) {
      notes.push(html`<k-banner state="warning">${t('lookup.tooManyNear', { count: MOST_NEAR })}</k-banner>`);
    }
    return notes;
  }

  #actions(shown) {
    const chosen = this.selected.size;
    const all = shown.length > 0 && shown.every((hit) => this.selected.has(keyOf(hit)));
    return html`<div class="actions ${chosen ? 'on' : ''}">
      <label class="all"><input type="checkbox" .checked=${all} .indeterminate=${chosen > 0 && !all} @change=${this.#toggleAll}>
        <span>${chosen ? t('lookup.selected', { count: chosen }) : t('lookup.selectAll')}</span></label>
      <div class="row">
        ${may('write') ? html`<k-button small icon="report" ?disabled=${!chosen} @click=${() => this.#report().catch(tell)}>${t('lookup.report')}</k-button>` : nothing}
        ${may('cases') ? html`<k-button small icon="cases" ?disabled=${!chosen} @click=${() => this.#toCase().catch(tell)}>${t('lookup.toCase')}</k-button>` : nothing}
        <k-button small icon="partners" ?disabled=${!chosen} @click=${() => (this.asking = this.#chosen)}>${t('lookup.askPartner')}</k-button>
        <k-button small icon="download" @click=${this.#export}>${chosen ? t('lookup.exportChosen', { count: chosen }) : t('lookup.exportList', { count: shown.length })}</k-button>
      </div>
    </div>`;
  }

  #row(hit) {
    const key = keyOf(hit);
    const looked = this.looked.has(key);
    return html`<li class="value ${isKnown(hit) ? '' : 'unknown'}" tabindex="-1" aria-current=${key === this.active ? 'true' : nothing} @click=${() => (this.active = key)}>
      <input type="checkbox" .checked=${this.selected.has(key)} aria-label=${t('lookup.select', { value: hit.value })} @change=${() => this.#toggle(key)}>
      <div class="said">
        <div class="head"><k-value long kind=${hit.kind} .value=${hit.value}></k-value><span class="badges">${verdict(hit)}</span></div>
        ${hit.spelling !== hit.value ? html`<p class="meta spelling">${t('lookup.writtenAs', { spelling: hit.spelling })}</p>` : nothing}
        ${details(hit, { looked, look: () => this.#lookAnyway(key) })}
      </div>
    </li>`;
  }
}
customElements.define('koprik-lookup', KoprikLookup);
