import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { go } from '../router.js';
import { onKeys } from '../kit/keys.js';
import { t } from '../texts.js';
import { toast } from '../kit/toast.js';
import { clearDraft, keepDraft, readDraft } from './draft.js';
import { takeHandover } from './handover.js';
import { decided, leftOut, recognise } from './recognise.js';
import { chosenOf, sendFile, sendValues, wishOf } from './submit.js';
import './columns.js';
import './outcome.js';
import './recipients.js';
import './source.js';
import './terms.js';
import './values.js';
import '../kit/badge.js';
import '../kit/button.js';
import '../kit/empty.js';
import '../kit/problem.js';
import '../kit/skeleton.js';

const WAIT_MS = 350;
/** A text that nobody said how to read. @param {string} [text] @returns {import('./recognise.js').Source} */
const pasted = (text = '') => ({ text, file: null, how: 'auto', columns: {} });
const NO_TERMS = Object.freeze({ tlp: 'green', name: '', description: '', labels: [], validUntil: '', to: [], group: '', embargo: '', sentences: false, anyway: false });

/** A new report: source, recognised values, terms, recipients, and the outcome when it has been sent. */
class KoprikReportComposer extends LitElement {
  static properties = {
    source: { state: true }, terms: { state: true }, decisions: { state: true }, recognised: { state: true }, busy: { state: true }, share: { state: true }, error: { state: true },
    columns: { state: true }, lost: { state: true }, sending: { state: true }, sendError: { state: true }, results: { state: true }, wrong: { state: true },
  };
  static styles = [base, css`
    :host { display: block; }
    .two { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 7fr); gap: var(--space-4) var(--space-5); align-items: start; }
    .send { display: flex; flex-wrap: wrap; gap: var(--space-2) var(--space-3); align-items: center; }
    @media (max-width: 1000px) {
      .two { grid-template-columns: minmax(0, 1fr); }
      .two > .stack { display: contents; }
      koprik-report-terms { order: 1; }
      koprik-report-recipients { order: 2; }
      .last { order: 3; }
    }
  `];

  #timer;
  #abort;
  #kinds = new Map();
  #heard = () => this.#handover();

  constructor() {
    super();
    const draft = readDraft();
    this.source = pasted(draft?.text);
    this.terms = { ...NO_TERMS, ...draft?.terms };
    this.decisions = draft?.decisions ?? {};
    this.lost = draft?.file ?? '';
    this.recognised = null;
    this.columns = [];
    this.results = null;
    this.sending = null;
    onKeys(this, { KeyS: () => this.#send() }, () => (this.recognised && !this.results ? { KeyS: t('report.send') } : {}));
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('koprik-report-handover', this.#heard);
    this.#handover();
    if (this.source.text && !this.recognised) {
      this.#later(0);
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('koprik-report-handover', this.#heard);
    clearTimeout(this.#timer);
    this.#abort?.abort();
  }

  #handover() {
    const values = takeHandover();
    if (values.length > 0) {
      this.results = null;
      this.decisions = {};
      this.#kinds = new Map(values.filter((one) => one.kind).map((one) => [one.value, one.kind]));
      this.#change({ text: values.map((one) => one.value).join('\n'), file: null, how: 'text', columns: {} }, 0);
    }
  }

  #change(source, wait = WAIT_MS) {
    if (Object.keys(source.columns).length === 0) {
      this.columns = [];
      this.terms = { ...this.terms, anyway: false };
    }
    this.source = source;
    this.lost = '';
    this.error = null;
    this.#keep();
    this.#later(wait);
  }

  #keep() {
    if (this.source.text || this.source.file || this.lost) {
      keepDraft({ text: this.source.text, file: this.source.file?.name ?? this.lost, terms: this.terms, decisions: this.decisions });
    } else {
      clearDraft();
    }
  }

  #later(wait) {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    if (!this.source.file && this.source.text.trim() === '') {
      this.recognised = null;
      this.busy = false;
      return;
    }
    this.busy = true;
    this.#timer = setTimeout(() => this.#recognise(), wait);
  }

  async #recognise() {
    const abort = new AbortController();
    this.#abort = abort;
    this.share = this.source.file ? 0 : undefined;
    try {
      const found = await recognise(this.source, { signal: abort.signal, onProgress: (share) => this.source.file && (this.share = share) });
      if (!abort.signal.aborted) {
        const confirmed = found.items.filter((item) => item.doubt_code && this.#kinds.get(item.value) === item.kind);
        this.decisions = { ...Object.fromEntries(confirmed.map((item) => [item.id, { take: true, kind: item.kind, anyway: false }])), ...this.decisions };
        this.recognised = found;
        this.columns = found.columns;
        this.error = null;
      }
    } catch (failure) {
      if (!abort.signal.aborted) {
        this.recognised = null;
        this.error = failure;
      }
    } finally {
      if (!abort.signal.aborted) {
        this.busy = false;
        this.share = undefined;
      }
    }
  }

  #decide({ detail }) {
    this.decisions = { ...this.decisions, ...detail };
    this.#keep();
  }

  #terms({ detail }) {
    this.terms = { ...this.terms, ...detail };
    this.wrong = {};
    this.#keep();
  }

  /** How many values and objects the report would have. */
  #size() {
    const found = this.recognised;
    return found === null ? 0 : found.items.filter((item) => decided(item, this.decisions).take).length + found.objectCount + Math.max(0, found.total - found.items.length);
  }

  #questions() {
    return this.recognised?.items.filter((item) => decided(item, this.decisions).asked).length ?? 0;
  }

  /** What the preview asks about: an embargo that is over is told at its field, and decides nothing. */
  #wish() {
    return wishOf(new Date(this.terms.embargo) > new Date() ? this.terms : { ...this.terms, embargo: '' });
  }

  async #send() {
    if (this.sending || !this.recognised || this.busy || this.#size() === 0 || this.results) {
      return;
    }
    if (this.terms.validUntil && this.terms.validUntil <= new Date().toISOString().slice(0, 10)) {
      this.wrong = { validUntil: t('report.terms.past') };
      return;
    }
    if (this.terms.embargo && new Date(this.terms.embargo) <= new Date()) {
      this.wrong = { embargo: t('report.terms.over') };
      return;
    }
    this.sendError = null;
    const chosen = chosenOf(this.recognised, this.decisions);
    const table = this.recognised.how === 'table';
    this.sending = { done: 0, all: chosen.length };
    try {
      const job = table ? await sendFile(this.source, leftOut(this.recognised, this.decisions), this.terms, (share) => (this.sending = { ...this.sending, share })) : null;
      const values = await sendValues(chosen, this.terms, (done) => (this.sending = { ...this.sending, done }));
      clearDraft();
      if (job && values.length === 0) {
        go(['report', 'imports', job.id]);
        return;
      }
      this.results = { values, job };
    } catch (failure) {
      this.sendError = failure;
    } finally {
      this.sending = null;
    }
  }

  #again() {
    this.results = null;
    this.recognised = null;
    this.columns = [];
    this.decisions = {};
    this.source = pasted();
    this.terms = { ...NO_TERMS, tlp: this.terms.tlp };
    toast(t('report.again.done'), { state: 'ok' });
  }

  render() {
    if (this.results) {
      return html`<koprik-report-outcome .results=${this.results} @again=${this.#again}></koprik-report-outcome>`;
    }
    const found = this.recognised;
    return html`<div class="stack">
      <div class="two">
        <div class="stack">
          <koprik-report-source .source=${this.source} .lost=${this.lost} .share=${this.share} .used=${found} @source=${({ detail }) => this.#change(detail, detail.file ? 0 : WAIT_MS)}></koprik-report-source>
          ${this.columns.length > 0 ? html`<koprik-report-columns .columns=${this.columns} .chosen=${this.source.columns} @columns=${({ detail }) => this.#change({ ...this.source, columns: detail }, 0)}></koprik-report-columns>` : nothing}
          ${found ? html`<koprik-report-terms .terms=${this.terms} .wrong=${this.wrong ?? {}} .how=${found.how} @terms=${this.#terms}></koprik-report-terms>` : nothing}
        </div>
        <div class="stack">
          ${this.#right()}
          ${found ? html`<koprik-report-recipients .recognised=${found} .decisions=${this.decisions} .tlp=${this.terms.tlp} .wish=${this.#wish()}></koprik-report-recipients>${this.#last()}` : nothing}
        </div>
      </div>
    </div>`;
  }

  #right() {
    if (this.error) {
      return html`<k-problem .error=${this.error} @retry=${() => this.#later(0)}></k-problem>`;
    }
    if (!this.recognised) {
      return this.busy ? html`<section class="card"><k-skeleton lines="6"></k-skeleton></section>` : html`<section class="card"><k-empty icon="report" heading=${t('report.empty')} text=${t('report.empty.text')}></k-empty></section>`;
    }
    return html`<koprik-report-values .recognised=${this.recognised} .decisions=${this.decisions} ?busy=${this.busy} ?anyway=${this.terms.anyway} @decide=${this.#decide} @anyway=${({ detail }) => this.#terms({ detail: { anyway: detail } })}></koprik-report-values>`;
  }

  #last() {
    const size = this.#size();
    const open = this.#questions();
    return html`<div class="stack last">
      ${this.sendError ? html`<k-problem .error=${this.sendError} @retry=${this.#send}></k-problem>` : nothing}
      <div class="send">
        <k-button variant="primary" icon="report" key="KeyS" ?busy=${this.sending !== null} ?disabled=${size === 0 || this.busy} @click=${this.#send}>${t('report.send')}</k-button>
        <span aria-live="polite">${this.sending ? t('report.sending', { done: this.sending.done, all: this.sending.all }) : t('report.size', { count: size })}</span>
        ${open > 0 ? html`<k-badge state="warning">${t('report.open', { count: open })}</k-badge>` : nothing}
      </div></div>`;
  }
}
customElements.define('koprik-report-composer', KoprikReportComposer);
