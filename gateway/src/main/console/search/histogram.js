import { LitElement, html, nothing } from 'lit';
import { date } from '../format.js';
import { formatLocale, t } from '../texts.js';
import '../kit/chart.js';

const MOST_BARS = 200;
/** Fewer bars say nothing of the time before. */
const LEAST_BARS = 12;
const SETTLE_MS = 500;
/** How much of a day names an interval in `seen:`. */
const NAMED = { day: 10, week: 10, month: 7, year: 4 };

/** The first day of the next interval. @param {string} from @param {string} interval @returns {string} */
export function next(from, interval) {
  const day = new Date(`${from}T00:00:00Z`);
  if (interval === 'year') {
    day.setUTCFullYear(day.getUTCFullYear() + 1);
  } else if (interval === 'month') {
    day.setUTCMonth(day.getUTCMonth() + 1);
  } else {
    day.setUTCDate(day.getUTCDate() + (interval === 'week' ? 7 : 1));
  }
  return day.toISOString().slice(0, 10);
}

/** The first day of the interval before. @param {string} from @param {string} interval @returns {string} */
export function previous(from, interval) {
  const day = new Date(`${from}T00:00:00Z`);
  if (interval === 'year') {
    day.setUTCFullYear(day.getUTCFullYear() - 1);
  } else if (interval === 'month') {
    day.setUTCMonth(day.getUTCMonth() - 1);
  } else {
    day.setUTCDate(day.getUTCDate() - (interval === 'week' ? 7 : 1));
  }
  return day.toISOString().slice(0, 10);
}

/** All intervals from the first to the last, also those without objects, as far as bars can show them. */
export function filled(buckets, interval) {
  if (buckets.length === 0) {
    return [];
  }
  const counts = new Map(buckets.map((bucket) => [bucket.from, bucket.count]));
  const all = [];
  for (let from = buckets[0].from; from <= buckets.at(-1).from && all.length <= MOST_BARS; from = next(from, interval)) {
    all.push({ from, count: counts.get(from) ?? 0 });
  }
  while (all.length < LEAST_BARS) {
    all.unshift({ from: previous(all[0].from, interval), count: 0 });
  }
  return all.length <= MOST_BARS ? all : buckets.slice(-MOST_BARS);
}

/** Objects by the time of their addition. A range that is dragged becomes `seen:`: event `range` (detail.range). */
class KoprikHistogram extends LitElement {
  static properties = { buckets: { attribute: false }, interval: {}, chosen: {} };

  #timer = 0;

  constructor() {
    super();
    this.buckets = [];
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  willUpdate(changed) {
    if (changed.has('buckets') || changed.has('interval')) {
      this.items = filled(this.buckets, this.interval).map(({ from, count }) => ({ label: this.#label(from), value: count, from, to: next(from, this.interval) }));
    }
  }

  #label(from) {
    if (this.interval === 'year') {
      return from.slice(0, NAMED.year);
    }
    return this.interval === 'month' ? new Intl.DateTimeFormat(formatLocale(), { year: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${from}T00:00:00Z`)) : date(`${from}T12:00:00Z`);
  }

  render() {
    return this.items.length === 0 ? nothing : html`<k-bars brush label=${t('search.histogram')} .items=${this.items} @brush=${this.#brushed}></k-bars>`;
  }

  /** The arrow keys choose step by step: only where they stop is asked for. */
  #brushed(event) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.dispatchEvent(new CustomEvent('range', { detail: { range: this.#range(event.detail) } })), event.detail === null ? 0 : SETTLE_MS);
  }

  #range(brush) {
    if (brush === null) {
      return '';
    }
    const last = this.items.find((item) => item.to === brush.to);
    const named = NAMED[this.interval];
    // A week is named by its days: its last one is the day before the next week.
    const end = this.interval === 'week' ? dayBefore(last.to) : last.from.slice(0, named);
    const start = brush.from.slice(0, named);
    return start === end ? start : `${start}..${end}`;
  }
}

function dayBefore(day) {
  const before = new Date(`${day}T00:00:00Z`);
  before.setUTCDate(before.getUTCDate() - 1);
  return before.toISOString().slice(0, 10);
}
customElements.define('koprik-histogram', KoprikHistogram);
