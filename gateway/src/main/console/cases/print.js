import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { dateTime, money } from '../format.js';
import { session } from '../session.js';
import { t } from '../texts.js';
import { ROLES, originWords, roleWord, ruleWord, statusWord, totals, typeWord } from './model.js';
import { entriesOf, told } from './history.js';
import { rowsOf } from './matches.js';

/**
 * A case on paper, for those who have no console: black on white, all values in full, no controls. The number of the
 * case stands at the head of each page, for the head of a table is printed again on each.
 */
class KoprikCasePrint extends LitElement {
  static properties = { file: { attribute: false }, parts: { attribute: false } };
  static styles = [base, css`
    :host { color: black; background: white; font: 11px/16px var(--font); }
    table { width: 100%; border-collapse: collapse; }
    .page > thead td { padding: 0 0 8px; border-bottom: 1px solid black; font-weight: 600; }
    .page > tbody > tr > td { padding: 12px 0 0; vertical-align: top; }
    .running { display: flex; justify-content: space-between; gap: 16px; }
    h1 { font: 600 18px/24px var(--font); margin-bottom: 4px; }
    h2 { font: 600 13px/18px var(--font); margin: 16px 0 4px; break-after: avoid; }
    .list { table-layout: fixed; }
    .list th, .list td { padding: 3px 8px 3px 0; border-bottom: 1px solid silver; text-align: start; vertical-align: top; overflow-wrap: anywhere; }
    .list th { font-weight: 600; border-bottom-color: black; }
    .list tr { break-inside: avoid; }
    .list tr:has(td > div:nth-of-type(12)) { break-inside: auto; }
    .list .amount { text-align: end; white-space: nowrap; }
    .value { font-family: var(--mono); font-size: 10px; }
    dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 2px 16px; }
    dt { font-weight: 600; }
    dd { overflow-wrap: anywhere; }
    .lacks { margin-top: 8px; padding: 4px 8px; border: 2px solid black; font-weight: 600; }
    .text { white-space: pre-line; overflow-wrap: anywhere; }
    .note { margin: 8px 0; break-inside: avoid; }
  `];

  render() {
    const { file } = this;
    return html`<table class="page" role="presentation"><thead><tr><td><div class="running"><span>${t('cases.print.case', { number: file.number })}</span><span>${session()?.centre}</span><span>${t('cases.print.only')}</span></div></td></tr></thead>
      <tbody><tr><td>
        <h1>${file.number} · ${file.title}</h1>
        <dl><dt>${t('cases.status')}</dt><dd>${statusWord(file)}</dd><dt>${t('cases.type')}</dt><dd>${typeWord(file.type)}</dd>
          ${file.unit ? html`<dt>${t('cases.unit')}</dt><dd>${file.unit}</dd>` : nothing}
          <dt>${t('cases.opened')}</dt><dd>${dateTime(file.opened)}</dd>${file.closed ? html`<dt>${t('cases.closed')}</dt><dd>${dateTime(file.closed)}</dd>` : nothing}
          <dt>${t('cases.print.version')}</dt><dd>${dateTime(file.version)}</dd><dt>${t('cases.print.printed')}</dt><dd>${dateTime(Date.now())}, ${session()?.account}</dd>
          ${file.merged_into ? html`<dt>${t('cases.status.merged')}</dt><dd>${t('cases.mergedInto', { number: file.merged_into.number, who: file.merged_into.by })}</dd>` : nothing}</dl>
        ${(file.merged ?? []).map((one) => html`<p>${t('cases.merged', { number: one.number, who: one.by })}</p>`)}
        ${this.#lacks()}
        ${file.summary ? html`<h2>${t('cases.summary')}</h2><p class="text">${file.summary}</p>` : nothing}
        ${this.#losses()}${this.#values()}${this.#matches()}${this.#links()}${this.#notes()}${this.#shares()}${this.#history()}
      </td></tr></tbody></table>`;
  }

  /** A page that lacks a part says so: nobody may take it for the whole. */
  #lacks() {
    const missing = ['matches', 'history'].filter((part) => !this.parts?.[part]);
    return missing.length === 0 ? nothing : html`<p class="lacks">${t('cases.print.lacks', { parts: missing.map((part) => t(`cases.${part}`)).join(', ') })}</p>`;
  }

  /** @param {number[]} widths of the columns, in hundredths: a long value takes no room from the others */
  #list(heading, widths, columns, rows) {
    return rows.length === 0 ? nothing : html`<h2>${heading}</h2><table class="list"><colgroup>${widths.map((width) => html`<col .style=${`width: ${width}%`}>`)}</colgroup><thead><tr>${columns.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead><tbody>${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table>`;
  }

  #losses() {
    const { losses } = this.file;
    return this.#list(t('cases.losses'), [70, 30], [t('cases.value.note'), t('cases.losses')], [
      ...losses.map((one) => [one.note ?? '', money(one.amount, one.currency)]),
      ...(losses.length > 1 ? totals(losses).map((one) => [t('cases.print.total'), money(one.amount, one.currency)]) : []),
    ]);
  }

  #values() {
    const { values } = this.file;
    return [...ROLES, undefined].map((role) => this.#list(`${t('cases.byRole')}: ${roleWord(role)}`, [18, 52, 30], [t('cases.kind'), t('cases.value'), t('cases.value.note')],
      values.filter((one) => one.role === role).map((one) => [t(`kit.kind.${one.kind}`), html`<span class="value">${one.value}</span>`, [one.note, one.from_case && t('cases.from', { number: one.from_case })].filter(Boolean).join(' · ')])));
  }

  #matches() {
    return this.#list(t('cases.matches'), [21, 13, 34, 16, 16], [t('cases.match.here'), t('cases.match.why'), t('cases.match.object'), t('cases.match.received'), t('cases.match.decided')],
      rowsOf(this.parts?.matches?.matches ?? []).map((row) => [
        html`<span class="value">${row.value ?? ''}</span>`, html`${ruleWord(row.rule)}${row.other && row.other !== row.value ? html` <span class="value">${row.other}</span>` : nothing}`,
        html`${row.met.title} <span class="value">${row.met.id}</span> ${originWords(row.met)}`, dateTime(row.met.received), this.#verdict(row.met.verdict),
      ]));
  }

  #verdict(verdict) {
    return verdict ? html`${t(`cases.verdict.${verdict.verdict}`)}, ${verdict.by}, ${dateTime(verdict.at)}${verdict.note ? html`<div class="text">${verdict.note}</div>` : nothing}` : '–';
  }

  #links() {
    const { cases, incidents } = this.file;
    return this.#list(t('cases.links'), [100], [t('cases.links')], [...cases, ...incidents].map((one) => [html`<span class="value">${one}</span>`]));
  }

  #notes() {
    const { notes } = this.file;
    return notes.length === 0 ? nothing : html`<h2>${t('cases.notes')}</h2>${notes.map((note) => html`<div class="note"><strong>${note.author}, ${dateTime(note.written)}</strong>${note.from_case ? html` (${t('cases.from', { number: note.from_case })})` : nothing}<div class="text">${note.text}</div></div>`)}`;
  }

  #shares() {
    return this.#list(t('cases.shares'), [20, 14, 38, 28], [t('cases.share.when'), 'TLP', t('cases.share.made'), t('cases.share.gone')], this.file.shares.map((one) => [
      `${dateTime(one.at)}, ${one.by}`, one.tlp, html`${one.parts}<div class="value">${one.objects.join(' ')}</div>`,
      (one.withdrawals ?? []).map((back) => html`<div>${dateTime(back.at)}, ${back.by}: <span class="value">${back.objects.join(' ')}</span></div>`),
    ]));
  }

  #history() {
    const history = this.parts?.history;
    return history ? this.#list(t('cases.history'), [22, 16, 62], [t('cases.share.when'), t('cases.print.who'), t('cases.print.changes')], entriesOf(history, history.number).map((one) => [
      dateTime(one.at), one.number ? t('cases.history.byIn', { who: one.by, number: one.number }) : one.by, one.changes.map((change) => html`<div>${told(change)}</div>`)])) : nothing;
  }
}
customElements.define('koprik-case-print', KoprikCasePrint);
