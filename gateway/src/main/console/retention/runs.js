import { LitElement, css, html } from 'lit';
import { base } from '../kit/base.js';
import { duration, number } from '../format.js';
import { ruleWords } from '../reasons/reasons.js';
import { t } from '../texts.js';
import '../kit/empty.js';
import '../kit/table.js';
import '../kit/time.js';

/** The last `runs` of the API: when, by whom, what they erased by which rule, and what a legal hold stopped. */
class KoprikRetentionRuns extends LitElement {
  static properties = { runs: { attribute: false } };
  static styles = [base, css`:host { display: block; }`];

  render() {
    return this.runs.length === 0
      ? html`<k-empty icon="clock" heading=${t('retention.runs.none')} text=${t('retention.runs.none.text')}></k-empty>`
      : html`<k-table quiet-open label=${t('retention.tab.runs')} .rows=${this.runs} .rowId=${(row) => row.begun} .columns=${this.#columns()}></k-table>`;
  }

  #columns() {
    return [
      { id: 'begun', label: t('retention.runs.begun'), width: 'min', cell: (row) => html`<k-time .at=${row.begun}></k-time>` },
      { id: 'by', label: t('retention.by'), width: 'min', cell: (row) => row.by ?? t('retention.byItself') },
      { id: 'took', label: t('retention.runs.took'), width: 'min', cell: (row) => duration((Date.parse(row.ended) - Date.parse(row.begun)) / 1000) },
      { id: 'erased', label: t('retention.runs.erased'), align: 'end', width: 'min', cell: (row) => number(row.erased) },
      { id: 'held', label: t('retention.column.held'), align: 'end', width: 'min', cell: (row) => number(row.held) },
      { id: 'rules', label: t('retention.byRule'), cell: (row) => html`<ul>${row.by_rule.map((one) => html`<li>${t('retention.runs.rule', { rule: ruleWords(one), number: one.erased })}</li>`)}</ul>` },
    ];
  }
}
customElements.define('koprik-retention-runs', KoprikRetentionRuns);
