import { LitElement, css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { base } from '../kit/base.js';
import { defang, number } from '../format.js';
import { doubt, protection, remark } from '../reasons/reasons.js';
import { place, sentence } from '../sentences/sentences.js';
import { t } from '../texts.js';
import { MOST_LEFT_OUT, decided, leftOut } from './recognise.js';
import './objects.js';
import '../kit/badge.js';
import '../kit/button.js';
import '../kit/field.js';
import '../kit/pager.js';
import '../kit/value.js';

const SHOWN = 100;

/** The values of a source as chips; what is doubtful or never blocked is asked about. Event `decide`: decisions by id. */
class KoprikReportValues extends LitElement {
  static properties = { recognised: { attribute: false }, decisions: { attribute: false }, anyway: { type: Boolean }, busy: { type: Boolean, reflect: true }, shown: { state: true } };
  static styles = [base, css`
    :host { display: block; min-width: 0; }
    section { display: grid; gap: var(--space-3); grid-template-columns: minmax(0, 1fr); }
    :host([busy]) .all { opacity: 0.6; }
    .all { display: flex; flex-wrap: wrap; gap: var(--space-2); }
    .in { display: inline-flex; flex-wrap: wrap; align-items: center; gap: var(--space-1) var(--space-2); min-width: 0; }
    .chip { display: inline-flex; align-items: center; gap: var(--space-2); max-width: 100%; padding: 2px var(--space-1) 2px 10px; border: 1px solid var(--border-strong); border-radius: 15px; background: var(--surface-raised); }
    .chip.left { background: var(--surface-sunken); border-style: dashed; border-color: var(--border-strong); }
    .ask { display: grid; gap: var(--space-2); grid-template-columns: minmax(0, 1fr); width: 100%; padding: var(--space-3); border: 1px solid var(--warning-border); border-radius: var(--radius); background: var(--warning-surface); }
    .ask .meta, .ask p { color: var(--warning-text); }
    .ask.done { background: var(--surface-raised); border-color: var(--border-strong); }
    .ask.done p, .ask.done .meta { color: var(--text-quiet); }
    .do { display: flex; flex-wrap: wrap; gap: var(--space-2); align-items: end; }
    .do k-field { flex: 0 1 220px; }
  `];

  constructor() {
    super();
    this.shown = SHOWN;
  }

  #decide(item, decision) {
    this.dispatchEvent(new CustomEvent('decide', { detail: { [item.id]: decision } }));
  }

  render() {
    const { items, total, how, notes, refused, refusedRows, objects, objectCount } = this.recognised;
    const ask = items.filter((item) => item.doubt_code || item.protection_code);
    const sure = items.filter((item) => !item.doubt_code && !item.protection_code);
    const room = leftOut(this.recognised, this.decisions).length < MOST_LEFT_OUT;
    if (items.length === 0 && objectCount === 0) {
      return html`<section class="card"><k-empty icon="search" heading=${t('report.none')} text=${t('report.none.text')}></k-empty>${this.#rest(refused, refusedRows, notes)}</section>`;
    }
    return html`<section class="card" aria-label=${t('report.values')}>
      <div class="spread"><h2>${t('report.values.found', { count: total })}</h2>
        <div class="row">${ask.length > 0 ? html`<k-badge state="warning">${t('report.values.asked', { count: ask.length })}</k-badge>` : nothing}</div></div>
      ${ask.length > 1 ? html`<div class="row">
        <k-button small @click=${() => this.#all(ask, true)}>${t('report.values.acceptAll')}</k-button>
        <k-button small @click=${() => this.#all(ask, false)}>${t('report.values.leaveAll')}</k-button></div>` : nothing}
      <div class="all">${repeat(ask.slice(0, this.shown), (item) => item.id, (item) => this.#question(item))}</div>
      <div class="all">${repeat(sure.slice(0, this.shown), (item) => item.id, (item) => this.#chip(item, how === 'text' || room))}</div>
      ${Math.max(ask.length, sure.length) > this.shown || total > items.length
        ? html`<k-pager ?more=${Math.max(ask.length, sure.length) > this.shown} .shown=${Math.min(items.length, this.shown)} @more=${() => (this.shown += SHOWN)}></k-pager>` : nothing}
      ${objectCount > 0 ? html`<koprik-report-objects .objects=${objects} .count=${objectCount} ?anyway=${this.anyway}></koprik-report-objects>` : nothing}
      ${this.#rest(refused, refusedRows, notes)}
    </section>`;
  }

  #all(items, take) {
    const made = items.filter((item) => !(take && item.protection_code)).map((item) => [item.id, { take, kind: decided(item, this.decisions).kind, anyway: false }]);
    this.dispatchEvent(new CustomEvent('decide', { detail: Object.fromEntries(made) }));
  }

  #known(item) {
    return item.known > 0 ? html`<k-badge state="notice" icon="lookup">${t('report.values.known', { count: item.known })}</k-badge>` : nothing;
  }

  #chip(item, able) {
    const { take, kind } = decided(item, this.decisions);
    return html`<span class="chip ${take ? '' : 'left'}"><span class="in">
      <k-value long no-copy .kind=${item.kind} .value=${item.value}></k-value>
      ${item.port ? html`<span class="meta">:${item.port}</span>` : nothing}
      ${this.#known(item)}
      ${take ? nothing : html`<k-badge>${t('report.values.left')}</k-badge>`}</span>
      ${(able || !take) && item.kind !== 'pattern' ? html`<k-button small variant="quiet" icon=${take ? 'close' : 'undo'} label=${t(take ? 'report.values.leave' : 'report.values.takeBack')}
        @click=${() => this.#decide(item, { take: !take, kind, anyway: false })}></k-button>` : nothing}
    </span>`;
  }

  #question(item) {
    const { take, asked, kind, anyway } = decided(item, this.decisions);
    const guarded = Boolean(item.protection_code);
    const kinds = [item.kind, ...(item.other_kinds ?? [])];
    return html`<div class="ask ${asked ? '' : 'done'}" role="group" aria-label=${t('report.values.question', { value: item.spelling })}>
      <div class="row"><k-value long no-copy .kind=${kind} .value=${item.value}></k-value>${this.#known(item)}
        ${asked ? nothing : html`<k-badge state=${take ? 'ok' : 'neutral'}>${t(take ? (anyway ? 'report.values.anyway' : 'report.values.accepted') : 'report.values.left')}</k-badge>`}</div>
      <p>${guarded ? protection(item) : doubt(item)}</p>
      ${remark(item) ? html`<p class="meta">${remark(item)}</p>` : nothing}
      ${item.sentence ? html`<p class="meta">${item.sentence.replaceAll(item.spelling, defang(item.spelling, item.kind))}</p>` : item.where ? html`<p class="meta">${place(item.where)}</p>` : nothing}
      <div class="do">
        ${kinds.length > 1 && !guarded ? html`<k-field type="select" label=${t('report.values.as')} .value=${kind} .options=${kinds.map((one) => ({ value: one, label: t(`kit.kind.${one}`) }))}
          @change=${({ detail }) => this.#decide(item, { take: true, kind: detail.value, anyway: false })}></k-field>` : nothing}
        ${item.protection_code === 'too_wide' ? nothing : html`<k-button small icon="check" ?pressed=${!asked && take} toggle
          @click=${() => this.#decide(item, { take: true, kind, anyway: guarded })}>${t(guarded ? 'report.values.reportAnyway' : 'report.values.accept')}</k-button>`}
        <k-button small icon="close" ?pressed=${!asked && !take} toggle @click=${() => this.#decide(item, { take: false, kind, anyway: false })}>${t('report.values.leave')}</k-button>
      </div>
    </div>`;
  }

  #rest(refused, refusedRows, notes) {
    return html`
      ${refused > 0 ? html`<details><summary>${t('report.values.refused', { count: refused })}</summary>
        <ul>${refusedRows.slice(0, SHOWN).map((row) => html`<li class="meta"><strong>${place(row.where)}</strong> ${sentence('import', { ...row, text: row.reason })}</li>`)}</ul></details>` : nothing}
      ${notes.length > 0 ? html`<details><summary>${t('report.values.notes', { count: number(notes.length) })}</summary>
        <ul>${notes.slice(0, SHOWN).map((note) => html`<li class="meta">${note.where ? html`${place(note.where)}: ` : nothing}${sentence(note.group ?? 'import', { ...note, text: note.reason })}</li>`)}</ul></details>` : nothing}`;
  }
}
customElements.define('koprik-report-values', KoprikReportValues);
