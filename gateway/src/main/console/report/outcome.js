import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { link } from '../router.js';
import { refusal, remark } from '../reasons/reasons.js';
import { t } from '../texts.js';
import './job.js';
import '../kit/badge.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/table.js';
import '../kit/value.js';

const STATES = { accepted: 'ok', unchanged: 'neutral', refused: 'danger' };

/** What became of each value, and of the file. Event `again`. */
class KoprikReportOutcome extends LitElement {
  static properties = { results: { attribute: false }, only: { state: true } };
  static styles = [base, css`:host { display: block; }`];

  firstUpdated() {
    this.renderRoot.querySelector('h2')?.focus();
  }

  render() {
    const { values, job } = this.results;
    const counts = { accepted: 0, unchanged: 0, refused: 0 };
    values.forEach(({ outcome }) => counts[outcome.status]++);
    const rows = values.map((one, i) => ({ ...one, id: String(i) })).filter((one) => !this.only || one.outcome.status === this.only);
    return html`<div class="stack">
      <div class="spread"><h2 tabindex="-1">${t('report.outcome')}</h2><k-button icon="plus" @click=${() => this.dispatchEvent(new CustomEvent('again'))}>${t('report.new')}</k-button></div>
      ${job ? html`<koprik-import-job .job=${job.id}></koprik-import-job>` : nothing}
      ${this.#waiting(values)}
      ${values.length === 0 ? nothing : html`
        <div class="row" role="group" aria-label=${t('report.outcome.filter')}>${Object.entries(counts).filter(([, n]) => n > 0).map(([status, n]) => html`
          <k-button small toggle ?pressed=${this.only === status} @click=${() => (this.only = this.only === status ? undefined : status)}>${t(`report.outcome.${status}`, { count: n })}</k-button>`)}</div>
        <k-table quiet-open label=${t('report.outcome')} .rows=${rows} .rowId=${(row) => row.id} .columns=${this.#columns()}></k-table>`}
    </div>`;
  }

  /** Says that another person has to release some of them. */
  #waiting(values) {
    const count = values.filter(({ outcome }) => outcome.waits).length;
    return count === 0 ? nothing : html`<k-banner state="warning" icon="shield">${t('report.outcome.waiting', { count })}<k-button slot="action" small href=${link('/desk')}>${t('report.outcome.toDesk')}</k-button></k-banner>`;
  }

  #columns() {
    return [
      { id: 'value', label: t('report.outcome.value'), cell: ({ item, kind, outcome }) => html`<k-value no-copy .kind=${outcome.read_as?.kind ?? kind} .value=${item.value}></k-value>` },
      { id: 'status', label: t('report.outcome.what'), width: 'min', cell: ({ outcome }) => html`<k-badge state=${STATES[outcome.status]}>${t(`report.status.${outcome.status}`)}</k-badge>` },
      { id: 'why', label: t('report.outcome.more'), cell: ({ outcome }) => this.#more(outcome) },
    ];
  }

  #more(outcome) {
    if (outcome.refusal) {
      const { what, advice } = refusal(outcome.refusal);
      return html`<p>${what} ${advice}</p><p class="meta" lang="en">${outcome.refusal.reason}</p>`;
    }
    const matches = outcome.matches?.length ?? 0;
    const said = remark({ remark_codes: outcome.read_as?.remark_codes, remark: outcome.read_as?.remarks?.join('; ') });
    return html`<div class="row">${outcome.id ? html`<a href=${link(['objects', outcome.id])}>${t('report.outcome.open')}</a>` : nothing}
      ${outcome.waits ? html`<a href=${link(['desk', outcome.waits])}>${t('report.outcome.waits')}</a>` : nothing}
      ${matches > 0 ? html`<k-badge state="notice" icon="lookup">${t('report.outcome.matches', { count: matches })}</k-badge>` : nothing}</div>${said ? html`<p class="meta">${said}</p>` : nothing}`;
  }
}
customElements.define('koprik-report-outcome', KoprikReportOutcome);
