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
import '../kit/field.js';
import '../kit/id.js';
import '../kit/pager.js';
import '../kit/table.js';
import '../kit/time.js';

const SHOWN = 50;

/** How an object of the report stands. @returns {'held'|'now'|'later'} */
const standing = (one, at) => (one.hold ? 'held' : Date.parse(one.due) <= Date.parse(at) ? 'now' : 'later');

/**
 * What is due: `report` of the API, by rule and by object, `days` ahead, of which `choices` can be chosen. Event `days`
 * (detail: a number).
 */
class KoprikRetentionDue extends LitElement {
  static properties = { report: { attribute: false }, days: { type: Number }, choices: { attribute: false }, shown: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(180px, 1fr)); gap: var(--space-3); flex: 1 1 480px; margin: 0; }
    .facts div { display: grid; padding: var(--space-2) var(--space-3); border: 1px solid var(--border); border-radius: var(--radius); background: var(--surface-raised); }
    .facts dt { color: var(--text-quiet); }
    .facts dd { margin: 0; font: var(--text-heading); }
    k-field { flex: 0 1 200px; }
  `];

  constructor() {
    super();
    this.shown = SHOWN;
  }

  willUpdate(changed) {
    if (changed.has('report')) {
      this.shown = SHOWN;
    }
  }

  render() {
    const { report } = this;
    return html`<div class="stack">
      <div class="spread"><dl class="facts">${['due', 'later', 'held'].map((what) => html`<div><dt>${t(`retention.count.${what}`, { count: report.days })}</dt><dd>${number(report[what])}</dd></div>`)}</dl>
        <k-field type="select" name="days" label=${t('retention.ahead')} .value=${String(this.days)} .options=${this.choices.map((days) => ({ value: String(days), label: t('kit.duration.day', { count: days }) }))} @change=${(e) => this.dispatchEvent(new CustomEvent('days', { detail: Number(e.detail.value) }))}></k-field></div>
      ${report.objects.length === 0
        ? html`<k-empty icon="ok" heading=${t('retention.none', { count: report.days })} text=${t('retention.none.text')}></k-empty>`
        : html`<h2>${t('retention.byRule')}</h2>
          <k-table local quiet-open label=${t('retention.byRule')} .rows=${report.rules} .rowId=${(row) => row.rule} .columns=${this.#rules()}></k-table>
          <h2>${t('retention.objects')}</h2>
          <k-table quiet-open label=${t('retention.objects')} .rows=${report.objects.slice(0, this.shown)} .rowState=${(row) => (standing(row, report.at) === 'now' ? 'warning' : '')} .columns=${this.#objects()}></k-table>
          ${report.objects.length > this.shown ? html`<k-pager more .shown=${this.shown} @more=${() => (this.shown += SHOWN)}></k-pager>` : report.more ? html`<p class="meta">${t('retention.more')}</p>` : nothing}`}</div>`;
  }

  #rules() {
    const count = (id) => ({ id, label: t(`retention.column.${id}`), align: 'end', width: 'min', cell: (row) => number(row[id]) });
    return [{ id: 'rule', label: t('retention.rule'), cell: ruleWords }, count('due'), count('later'), count('held')];
  }

  #objects() {
    const name = (row) => (may('analyse') ? html`<a href=${link(['objects', row.id])}>${typeName(row.type)}</a>` : typeName(row.type));
    return [
      { id: 'object', label: t('retention.object'), width: 'min', cell: (row) => html`${name(row)} <k-id .value=${row.id}></k-id>` },
      { id: 'received', label: t('retention.received'), width: 'min', cell: (row) => html`<k-time .at=${row.received}></k-time>` },
      { id: 'due', label: t('retention.due'), width: 'min', cell: (row) => html`<k-time .at=${row.due}></k-time>` },
      { id: 'rule', label: t('retention.rule'), cell: ruleWords },
      { id: 'state', label: t('retention.state'), width: 'min', cell: (row) => this.#state(row) },
    ];
  }

  #state(row) {
    switch (standing(row, this.report.at)) {
      case 'held':
        return html`<k-badge state="notice" icon="lock">${t('retention.is.held')}</k-badge>${row.hold_case ? html` <a href=${link(['cases', row.hold_case])}>${row.hold_case}</a>` : nothing}`;
      case 'now':
        return html`<k-badge state="warning" icon="clock">${t('retention.is.now')}</k-badge>`;
      default:
        return html`<k-badge>${t('retention.is.later')}</k-badge>`;
    }
  }
}
customElements.define('koprik-retention-due', KoprikRetentionDue);
