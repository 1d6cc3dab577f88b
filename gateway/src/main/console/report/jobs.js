import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { get } from '../api.js';
import { bytes, count } from '../format.js';
import { go, link } from '../router.js';
import { may } from '../session.js';
import { t } from '../texts.js';
import { PHASES, isOpen } from './phases.js';
import '../kit/badge.js';
import '../kit/button.js';
import '../kit/empty.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/table.js';
import '../kit/time.js';

const EVERY_MS = 3000;

/** The imports of the person, of everybody for those who operate the centre; what runs is followed. */
class KoprikImportJobs extends LitElement {
  static properties = { jobs: { state: true }, error: { state: true } };
  static styles = [base, css`:host { display: block; } .name { overflow-wrap: anywhere; }`];
  #timer;

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  async #load() {
    clearTimeout(this.#timer);
    try {
      this.jobs = (await get('/api/imports')).imports;
      this.error = null;
    } catch (failure) {
      this.error = failure;
    }
    if (this.isConnected && (this.error ? this.jobs : this.jobs.some(isOpen))) {
      this.#timer = setTimeout(() => this.#load(), EVERY_MS);
    }
  }

  render() {
    if (!this.jobs) {
      return this.error ? html`<k-problem .error=${this.error} @retry=${this.#load}></k-problem>` : html`<k-skeleton rows="5"></k-skeleton>`;
    }
    if (this.jobs.length === 0) {
      return html`<section class="card"><k-empty icon="upload" heading=${t('report.jobs.empty')} text=${t('report.jobs.empty.text')}>
        ${may('write') ? html`<k-button slot="action" variant="primary" href=${link('/report')}>${t('report.new')}</k-button>` : nothing}</k-empty></section>`;
    }
    return html`${this.error ? html`<k-problem compact .error=${this.error} @retry=${this.#load}></k-problem>` : nothing}
      <k-table label=${t('report.jobs.title')} .rows=${this.jobs} .rowId=${(job) => job.id} .columns=${this.#columns()} @open=${({ detail }) => go(['report', 'imports', detail.id])}></k-table>`;
  }

  #columns() {
    return [
      { id: 'file', label: t('report.jobs.file'), cell: (job) => html`<a class="name" href=${link(['report', 'imports', job.id])}>${job.file ?? t('report.jobs.pasted')}</a> <span class="meta">${bytes(job.bytes)}</span>` },
      { id: 'phase', label: t('report.jobs.phase'), width: 'min', cell: (job) => html`<k-badge state=${PHASES[job.phase]}>${t(`report.phase.${job.phase}`)}</k-badge>` },
      { id: 'account', label: t('report.jobs.account'), hidden: !may('operate'), cell: (job) => job.account },
      { id: 'accepted', label: t('report.counts.accepted'), align: 'end', cell: (job) => count(job.counts.accepted) },
      { id: 'unchanged', label: t('report.counts.unchanged'), align: 'end', cell: (job) => count(job.counts.unchanged) },
      { id: 'refused', label: t('report.counts.refused'), align: 'end', cell: (job) => count(job.counts.refused) },
      { id: 'submitted', label: t('report.jobs.submitted'), cell: (job) => html`<k-time inline .at=${job.submitted}></k-time>` },
    ];
  }
}
customElements.define('koprik-import-jobs', KoprikImportJobs);
