import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { bytes, number } from '../format.js';
import { has, t } from '../texts.js';
import { sentence, sentenceOf } from '../sentences/sentences.js';
import '../kit/badge.js';
import '../kit/table.js';
import '../kit/time.js';

const LOW = 0.1;

/** Health, clock, store, disk, and how often limits were hit. */
class KoprikOperationsOverview extends LitElement {
  static properties = { state: { attribute: false } };
  static styles = [base, css`
    :host { display: block; }
    .meta k-time, p k-time { font: inherit; color: inherit; }
    .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(236px, 100%), 1fr)); gap: var(--space-4); }
    .card { display: grid; gap: var(--space-2); align-content: start; }
    dl { display: grid; grid-template-columns: minmax(0, max-content) minmax(0, 1fr); gap: 4px var(--space-4); margin: 0; }
    dt { color: var(--text-quiet); }
    dd { text-align: end; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
    li { overflow-wrap: anywhere; }
    progress { width: 100%; height: 8px; accent-color: var(--accent); }
  `];

  render() {
    const { health, clock, store, disk, limits } = this.state;
    const hit = limits.filter((one) => one.count > 0).map((one) => ({ ...one, id: `${one.what} ${one.why ?? ''}` })).sort((a, b) => b.count - a.count);
    const low = disk.size > 0 && disk.free / disk.size < LOW;
    return html`<div class="stack"><div class="cards">
      <section class="card">${this.#head('health', health.ready ? 'ok' : 'danger', health.ready ? 'ready' : 'notReady')}
        ${health.reasons.length ? html`<ul>${health.reasons.map((text, at) => html`<li>${sentence('trouble', { text, ...health.reason_codes?.[at] })}</li>`)}</ul>` : html`<p class="quiet">${t('operations.health.text')}</p>`}</section>
      <section class="card">${this.#head('clock', clock.trouble ? 'danger' : 'ok', clock.trouble ? 'clockWrong' : 'clockRight')}
        ${clock.trouble ? html`<p>${sentence('trouble', sentenceOf(clock, 'trouble'))}</p>` : nothing}<dl><dt>${t('operations.zone')}</dt><dd>${clock.zone}</dd></dl></section>
      <section class="card">${this.#head('store', store.journal_damaged ? 'danger' : 'ok', store.journal_damaged ? 'damaged' : 'whole')}
        <dl><dt>${t('operations.store.kind')}</dt><dd>${store.kind}</dd>${store.entries === undefined ? nothing : html`<dt>${t('operations.store.entries')}</dt><dd>${number(store.entries)}</dd><dt>${t('operations.store.bytes')}</dt><dd>${bytes(store.bytes)}</dd>`}
          ${store.last_added ? html`<dt>${t('operations.store.last')}</dt><dd><k-time inline .at=${store.last_added}></k-time></dd>` : nothing}${store.journal_checked ? html`<dt>${t('operations.store.checked')}</dt><dd><k-time inline .at=${store.journal_checked}></k-time></dd>` : nothing}</dl></section>
      <section class="card">${this.#head('disk', low ? 'danger' : 'ok', low ? 'low' : 'enough')}
        <progress max=${disk.size} value=${disk.size - disk.free} aria-label=${t('operations.disk')}></progress><dl><dt>${t('operations.disk.free')}</dt><dd>${bytes(disk.free)}</dd><dt>${t('operations.disk.size')}</dt><dd>${bytes(disk.size)}</dd></dl></section>
    </div>
    <h2>${t('operations.limits')}</h2>
    ${hit.length ? html`<k-table quiet-open local label=${t('operations.limits')} .rows=${hit} .columns=${[
      { id: 'what', label: t('operations.limit'), cell: (row) => html`${t(`operations.limit.${row.what}`)}${row.why ? html`<div class="meta">${has(`operations.why.${row.why.replaceAll(' ', '_')}`) ? t(`operations.why.${row.why.replaceAll(' ', '_')}`) : row.why}</div>` : nothing}` },
      { id: 'count', label: t('operations.limit.count'), align: 'end', width: 'min', cell: (row) => number(row.count) }]}></k-table>` : html`<p class="quiet">${t('operations.limits.none')}</p>`}</div>`;
  }

  #head(name, state, word) {
    return html`<div class="spread"><h2>${t(`operations.${name}`)}</h2><k-badge state=${state}>${t(`operations.is.${word}`)}</k-badge></div>`;
  }
}
customElements.define('koprik-operations-overview', KoprikOperationsOverview);
