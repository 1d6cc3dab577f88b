import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { date } from '../format.js';
import { link } from '../router.js';
import { sentence, sentenceOf } from '../sentences/sentences.js';
import { t } from '../texts.js';
import '../kit/badge.js';
import '../kit/table.js';
import '../kit/time.js';

/** Keys, cards, certificates, lists and agreements with their ends, here and at partners; the soonest first. */
class KoprikOperationsEnds extends LitElement {
  static properties = { ends: { attribute: false }, centre: {} };
  static styles = [base, css`
    :host { display: block; }
    .meta k-time, p k-time { font: inherit; color: inherit; }
  `];

  render() {
    return html`<k-table quiet-open local label=${t('operations.tab.keys')} .rows=${this.ends} .rowId=${(row) => `${row.what} ${row.of}`} .rowState=${(row) => (row.ended ? 'danger' : row.warning ? 'warning' : '')} .columns=${[
      { id: 'what', label: t('operations.end.what'), cell: (row) => t(`operations.end.${row.what}`) },
      { id: 'of', label: t('operations.end.of'), cell: (row) => (row.of === this.centre ? html`<strong>${t('operations.end.own')}</strong>` : html`<a href=${link(['partners', row.of], { tab: 'keys' })}>${row.of}</a>`) },
      { id: 'state', label: t('operations.state'), cell: (row) => html`<k-badge state=${row.ended ? 'danger' : row.warning ? 'warning' : 'ok'}>${t(`operations.end.is.${row.ended ? 'ended' : row.warning ? 'soon' : 'valid'}`)}</k-badge>` },
      { id: 'at', label: t('operations.end.at'), cell: (row) => html`${date(row.at)} <span class="meta"><k-time inline .at=${row.at}></k-time></span>` },
      { id: 'do', label: t('operations.end.do'), width: 'third', hidden: !this.ends.some((end) => end.warning), cell: (row) => (row.warning ? html`<span class="meta">${sentence('advice', sentenceOf(row, 'warning'))}</span>` : nothing) }]}></k-table>`;
  }
}
customElements.define('koprik-operations-ends', KoprikOperationsEnds);
