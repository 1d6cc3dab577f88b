import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { number } from '../format.js';
import { ruleWords } from '../reasons/reasons.js';
import { link } from '../router.js';
import { may } from '../session.js';
import { typeName } from '../stix/words.js';
import { t } from '../texts.js';
import '../kit/badge.js';
import '../kit/empty.js';
import '../kit/id.js';
import '../kit/table.js';
import '../kit/time.js';

const IDS = 3;
/** Who erased what a rule of retention ended. */
const BY_RULE = 'retention';

/** The last `erasures` of the API: when, why, by whom, and which objects. */
class KoprikRetentionErasures extends LitElement {
  static properties = { erasures: { attribute: false } };
  static styles = [base, css`
    :host { display: block; }
    li { overflow-wrap: anywhere; }
  `];

  render() {
    return this.erasures.length === 0
      ? html`<k-empty icon="trash" heading=${t('retention.erasures.none')} text=${t('retention.erasures.none.text')}></k-empty>`
      : html`<k-table quiet-open label=${t('retention.tab.erasures')} .rows=${this.erasures} .rowId=${(row) => `${row.at} ${row.rule}`} .columns=${this.#columns()}></k-table>`;
  }

  #columns() {
    return [
      { id: 'at', label: t('retention.erasures.at'), width: 'min', cell: (row) => html`<k-time .at=${row.at}></k-time>${row.done ? nothing : html` <k-badge state="warning" icon="clock">${t('retention.erasures.goesOn')}</k-badge>`}` },
      { id: 'why', label: t('retention.erasures.why'), cell: ruleWords },
      { id: 'by', label: t('retention.by'), width: 'min', cell: (row) => (row.by === BY_RULE ? t('retention.byItself') : row.by) },
      { id: 'count', label: t('retention.erasures.count'), align: 'end', width: 'min', cell: (row) => number(row.count) },
      { id: 'ids', label: t('retention.objects'), width: 'min', cell: (row) => html`<ul>${row.ids.slice(0, IDS).map((id) => html`<li>${this.#object(id)}</li>`)}</ul>${row.count > Math.min(row.ids.length, IDS) ? html`<p class="meta">${t('retention.erasures.more', { count: row.count - Math.min(row.ids.length, IDS) })}</p>` : nothing}` },
    ];
  }

  #object(id) {
    const name = typeName(id.split('--')[0]);
    return html`${may('analyse') ? html`<a href=${link(['objects', id])}>${name}</a>` : name} <k-id .value=${id}></k-id>`;
  }
}
customElements.define('koprik-retention-erasures', KoprikRetentionErasures);
