import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { del, get } from '../api.js';
import { bytes, count, duration } from '../format.js';
import { link } from '../router.js';
import { refusal } from '../reasons/reasons.js';
import { place, sentence, sentenceOf } from '../sentences/sentences.js';
import { t } from '../texts.js';
import { PHASES, isOpen } from './phases.js';
import '../kit/badge.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/id.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/table.js';
import '../kit/time.js';
import '../kit/tlp.js';

const EVERY_MS = 1000;

/** One import: how far it is, how it ended, what was refused and why. `job` is its id. */
class KoprikImportJob extends LitElement {
  static properties = { job: {}, state: { state: true }, error: { state: true }, asking: { state: true }, cancelError: { state: true } };
  static styles = [base, css`
    :host { display: block; min-width: 0; }
    progress { width: 100%; height: 12px; accent-color: var(--accent); }
    dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(110px, 1fr)); gap: var(--space-3); }
    dt { font: var(--text-meta); color: var(--text-quiet); overflow-wrap: anywhere; }
    dd { font: var(--text-title); font-variant-numeric: tabular-nums; }
    .name { overflow-wrap: anywhere; }
    .meta k-time { font: inherit; color: inherit; }
  `];
  #timer;

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  updated(changed) {
    if (changed.has('job')) {
      this.state = undefined;
      this.#load();
    }
  }

  async #load() {
    clearTimeout(this.#timer);
    const id = this.job;
    try {
      const state = await get(`/api/imports/${encodeURIComponent(id)}`);
      if (id !== this.job) {
        return;
      }
      this.state = state;
      this.error = null;
    } catch (failure) {
      this.error = failure;
    }
    if (this.isConnected && this.state && isOpen(this.state)) {
      this.#timer = setTimeout(() => this.#load(), EVERY_MS);
    }
  }

  async #cancel() {
    this.asking = false;
    try {
      this.state = await del(`/api/imports/${encodeURIComponent(this.job)}`);
      this.cancelError = null;
    } catch (failure) {
      this.cancelError = failure;
    }
    this.#load();
  }

  render() {
    const job = this.state;
    if (!job) {
      return this.error ? html`<k-problem .error=${this.error} @retry=${this.#load}></k-problem>` : html`<section class="card"><k-skeleton lines="5"></k-skeleton></section>`;
    }
    return html`<div class="stack">
      ${this.error ? html`<k-problem compact .error=${this.error} @retry=${this.#load}></k-problem>` : nothing}
      ${this.cancelError ? html`<k-problem compact no-retry .error=${this.cancelError}></k-problem>` : nothing}
      <section class="card stack" aria-label=${t('report.job.title')}>
        <div class="spread">
          <div class="row"><h2 class="name">${job.file ?? t('report.jobs.pasted')}</h2><span class="meta">${bytes(job.bytes)}</span><k-badge state=${PHASES[job.phase]}>${t(`report.phase.${job.phase}`)}</k-badge><k-tlp marking=${job.tlp}></k-tlp></div>
          ${isOpen(job) ? html`<k-button icon="close" ?busy=${job.cancelling} @click=${() => (this.asking = true)}>${t('report.job.cancel')}</k-button>` : nothing}
        </div>
        ${isOpen(job) ? this.#progress(job) : this.#end(job)}
        <dl>${['accepted', 'unchanged', 'refused', 'doubtful'].map((name) => html`<div><dt>${t(`report.counts.${name}`)}</dt><dd>${count(job.counts[name])}</dd></div>`)}
          <div><dt>${t('report.job.time')}</dt><dd>${duration(Math.round(job.counts.seconds))}</dd></div></dl>
        <p class="meta">${t('report.jobs.submitted')} <k-time inline .at=${job.submitted}></k-time> · ${job.account} · <code>${job.id}</code></p>
      </section>
      ${job.refusals.length > 0 ? this.#refusals(job) : nothing}
      ${job.objects.length > 0 ? this.#objects(job) : nothing}
      ${job.notes.length > 0 ? html`<details><summary>${t('report.values.notes', { count: job.counts.noted })}</summary><ul>${job.notes.map((note) => html`<li class="meta">${place(note.where)}: ${sentence('import', sentenceOf(note, 'note'))}</li>`)}</ul></details>` : nothing}
      <k-dialog ?open=${this.asking} heading=${t('report.job.cancel.ask')} @close=${() => (this.asking = false)}>
        <p>${t('report.job.cancel.text')}</p>
        <k-button slot="actions" @click=${() => (this.asking = false)}>${t('report.job.cancel.no')}</k-button>
        <k-button slot="actions" variant="danger" @click=${this.#cancel}>${t('report.job.cancel')}</k-button>
      </k-dialog>
    </div>`;
  }

  #progress(job) {
    const share = job.bytes > 0 ? Math.min(1, job.counts.bytes_read / job.bytes) : 0;
    return html`<div><progress max="1" .value=${share} aria-label=${t('report.job.progress')}></progress>
      <p class="meta" aria-live="polite">${t('report.job.rows', { count: job.counts.rows })} · ${t(job.phase === 'waiting' ? 'report.job.waits' : 'report.job.leave')}</p></div>`;
  }

  #end(job) {
    const state = { done: 'ok', failed: 'danger', interrupted: 'warning', cancelled: 'notice' }[job.phase];
    return html`<k-banner state=${state}>${t(`report.ended.${job.phase}`, { count: job.counts.rows })}
      ${job.error && job.phase === 'failed' ? html`<p class="meta">${sentence('file', { text: job.error, ...job.error_sentence })}</p>` : nothing}</k-banner>`;
  }

  #refusals(job) {
    const more = job.counts.refused_not_listed;
    return html`<div class="stack"><k-table show-label quiet-open local label=${t('report.job.refusals')} .rows=${job.refusals.map((one, i) => ({ ...one, row: String(i) }))} .rowId=${(one) => one.row} .columns=${[
      { id: 'where', label: t('report.job.where'), width: 'min', cell: (one) => place(one.where) },
      { id: 'why', label: t('report.job.why'), cell: (one) => this.#why(one) },
    ]}></k-table>${more ? html`<p class="meta">${t('report.job.unlisted', { count: more })}</p>` : nothing}</div>`;
  }

  #why(one) {
    const { what, advice } = refusal(one);
    return html`<p>${what} ${advice}</p><p class="meta">${sentence('import', sentenceOf(one, 'reason'))}</p>`;
  }

  #objects(job) {
    return html`<k-table show-label quiet-open local label=${t('report.job.objects', { count: job.objects.length })} .rows=${job.objects} .rowId=${(one) => one.id + one.where} .columns=${[
      { id: 'where', label: t('report.job.where'), width: 'min', cell: (one) => place(one.where) },
      { id: 'id', label: t('report.job.object'), cell: (one) => html`<a href=${link(['objects', one.id])}><k-id .value=${one.id}></k-id></a>` },
      { id: 'status', label: t('report.outcome.what'), width: 'min', cell: (one) => html`<k-badge state=${one.status === 'accepted' ? 'ok' : 'neutral'}>${t(`report.status.${one.status}`)}</k-badge>` },
    ]}></k-table>`;
  }
}
customElements.define('koprik-import-job', KoprikImportJob);
