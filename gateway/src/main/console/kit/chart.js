import { LitElement, css, html, nothing, svg } from 'lit';
import { base } from './base.js';
import { number } from '../format.js';
import { t } from '../texts.js';
import './button.js';

const HEIGHT = 96;
const STEP = 10;

/**
 * Bars or a histogram: `items=[{label, value, from, to}]`, `label`. With `brush` a range can be dragged, or chosen by the
 * arrow keys (Shift widens it): event `brush` (detail `{from, to}` of the first and last item, or null). `range` shows one.
 */
class KBars extends LitElement {
  static shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static properties = { items: { attribute: false }, label: {}, brush: { type: Boolean }, range: { attribute: false }, chosen: { state: true } };
  static styles = [base, css`
    :host { display: block; min-width: 0; }
    .plot { position: relative; touch-action: none; user-select: none; }
    svg { display: block; width: 100%; height: 96px; }
    rect { fill: var(--chart-1); }
    rect.out { fill: var(--grey-4); }
    .target { fill: transparent; }
    .brushed .target { cursor: crosshair; }
    .axis { display: flex; justify-content: space-between; gap: var(--space-2); min-height: 24px; padding-top: 4px; font: var(--text-meta); color: var(--text-quiet); font-variant-numeric: tabular-nums; }
    .now { color: var(--text); }
  `];

  constructor() {
    super();
    this.items = [];
    this.chosen = null;
  }

  willUpdate(changed) {
    if (changed.has('range') || changed.has('items')) {
      const first = this.range ? this.items.findIndex((item) => item.from === this.range.from) : -1;
      const last = this.range ? this.items.findLastIndex((item) => item.to === this.range.to) : -1;
      this.chosen = first < 0 || last < first ? null : [first, last];
    }
  }

  render() {
    const most = Math.max(1, ...this.items.map((item) => item.value));
    const [first, last] = this.chosen ?? [0, this.items.length - 1];
    const text = this.items.length === 0 ? '' : `${this.items[first].label} – ${this.items[last].label}: ${number(this.items.slice(first, last + 1).reduce((sum, item) => sum + item.value, 0))}`;
    return html`
      <div class="plot ${this.brush ? 'brushed' : ''}" role=${this.brush ? 'slider' : 'img'} tabindex=${this.brush ? 0 : nothing} title=${this.brush ? t('kit.chart.brush') : nothing}
        aria-label=${this.label} aria-valuemin=${this.brush ? 0 : nothing} aria-valuemax=${this.brush ? this.items.length : nothing} aria-valuenow=${this.brush ? last : nothing} aria-valuetext=${this.brush ? text : nothing}
        @pointerdown=${this.#down} @pointermove=${this.#move} @pointerup=${this.#up} @keydown=${this.#key}>
        <svg viewBox="0 0 ${this.items.length * STEP} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${this.items.map((item, n) => {
          const height = item.value === 0 ? 0 : Math.max(2, (item.value / most) * (HEIGHT - 4));
          return svg`<rect class=${n < first || n > last ? 'out' : ''} x=${n * STEP + 1} y=${HEIGHT - height} width=${STEP - 2} height=${height}></rect>
            <rect class="target" x=${n * STEP} y="0" width=${STEP} height=${HEIGHT}><title>${t('kit.chart.bar', { label: item.label, value: number(item.value) })}</title></rect>`;
        })}</svg>
      </div>
      <div class="axis"><span>${this.items[0]?.label}</span>${this.chosen ? html`<span class="now">${text} <k-button small variant="quiet" icon="close" label=${t('kit.chart.clear')} @click=${() => this.#choose(null)}></k-button></span>` : nothing}<span>${this.items.at(-1)?.label}</span></div>`;
  }

  #at(event) {
    const box = this.renderRoot.querySelector('.plot').getBoundingClientRect();
    return Math.min(this.items.length - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * this.items.length)));
  }

  #down(event) {
    if (this.brush && this.items.length > 0) {
      this.start = this.#at(event);
      event.currentTarget.setPointerCapture(event.pointerId);
      this.chosen = [this.start, this.start];
    }
  }

  #move(event) {
    if (this.start !== undefined) {
      const at = this.#at(event);
      this.chosen = [Math.min(this.start, at), Math.max(this.start, at)];
    }
  }

  #up() {
    if (this.start !== undefined) {
      this.start = undefined;
      this.#choose(this.chosen);
    }
  }

  #key(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.code];
    if (!this.brush || this.items.length === 0) {
      return;
    }
    if (by !== undefined) {
      event.preventDefault();
      const end = this.items.length - 1;
      const bound = (n) => Math.min(end, Math.max(0, n));
      const [first, last] = this.chosen ?? (by > 0 ? [-1, -1] : [end + 1, end + 1]);
      this.#choose(event.shiftKey ? [bound(first), bound(Math.max(first, last + by))] : [bound(first + by), bound(last + by)]);
    } else if (event.code === 'Escape' && this.chosen) {
      event.stopPropagation();
      this.#choose(null);
    }
  }

  #choose(chosen) {
    this.chosen = chosen;
    const detail = chosen === null ? null : { from: this.items[chosen[0]].from, to: this.items[chosen[1]].to };
    this.dispatchEvent(new CustomEvent('brush', { detail, bubbles: true, composed: true }));
  }
}
customElements.define('k-bars', KBars);
