import { LitElement, css, html, nothing } from 'lit';
import { get } from '../api.js';
import { base } from '../kit/base.js';
import { onKeys } from '../kit/keys.js';
import { merge } from '../router.js';
import { centres } from '../stix/words.js';
import { t } from '../texts.js';
import './due.js';
import './erase.js';
import './erasures.js';
import './run.js';
import './runs.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/tabs.js';

const TABS = ['due', 'runs', 'erasures'];
const AHEAD = [7, 30, 90, 365];
const USUAL = 30;

/** What is due for erasure and what was erased; the run, and erasure on order. The address holds the tab and `days`. */
class KoprikRetention extends LitElement {
  static properties = { route: { attribute: false }, report: { state: true }, erasures: { state: true }, failure: { state: true }, erasuresFailure: { state: true }, reading: { state: true }, asked: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    .lead { max-width: 75ch; }
  `];
  #days = 0;

  constructor() {
    super();
    onKeys(this, { KeyE: () => this.#ask('erase'), KeyR: () => this.#ask('run') }, () => ({ KeyE: t('retention.erase'), KeyR: t('retention.run') }));
  }

  get #wanted() {
    const days = Number(this.route.query.days);
    return AHEAD.includes(days) ? days : USUAL;
  }

  willUpdate() {
    if (this.#days !== this.#wanted) {
      this.#days = this.#wanted;
      this.#read();
    }
  }

  /** The two parts fail each for itself. */
  async #read() {
    const days = this.#days;
    this.reading = true;
    // Without the list, centres go by their short names.
    const named = centres().catch(() => null);
    await Promise.all([
      Promise.all([get('/api/retention', { days }), named]).then(([report]) => {
        if (days === this.#days) {
          this.report = report;
          this.failure = null;
        }
      }, (failure) => (this.failure = failure)),
      Promise.all([get('/api/erasures'), named]).then(([answer]) => {
        this.erasures = answer.erasures;
        this.erasuresFailure = null;
      }, (failure) => (this.erasuresFailure = failure)),
    ]);
    this.reading = false;
  }

  #ask(what) {
    if (!this.asked && this.report) {
      this.asked = what;
    }
  }

  render() {
    const tab = TABS.includes(this.route.query.tab) ? this.route.query.tab : TABS[0];
    return html`<div class="stack">
      <div class="spread"><h1>${t('frame.screen.retention')}</h1><div class="row">
        <k-button icon="refresh" ?busy=${this.reading} @click=${() => this.#read()}>${t('retention.refresh')}</k-button>
        <k-button id="erase" icon="trash" key="KeyE" ?disabled=${!this.report} @click=${() => this.#ask('erase')}>${t('retention.erase')}</k-button>
        <k-button id="run" icon="clock" key="KeyR" ?disabled=${!this.report} @click=${() => this.#ask('run')}>${t('retention.run')}</k-button></div></div>
      <p class="quiet lead">${t('retention.about')}</p>
      <k-tabs label=${t('frame.screen.retention')} .active=${tab} .tabs=${TABS.map((id) => ({ id, label: t(`retention.tab.${id}`), count: id === 'due' ? this.report?.due || undefined : undefined }))} @change=${(e) => merge({ tab: e.detail.id })}></k-tabs>
      ${tab === 'erasures' ? this.#erasures() : this.#report(tab)}</div>
      ${this.asked === 'run' ? html`<koprik-retention-run .report=${this.report} @done=${this.#done} @close=${() => (this.asked = '')}></koprik-retention-run>` : nothing}
      ${this.asked === 'erase' ? html`<koprik-retention-erase open @done=${this.#done} @close=${() => (this.asked = '')}></koprik-retention-erase>` : nothing}`;
  }

  #done() {
    this.asked = '';
    this.#read();
  }

  #report(tab) {
    const { report, failure } = this;
    if (!report) {
      return failure ? html`<k-problem .error=${failure} @retry=${() => this.#read()}></k-problem>` : html`<k-skeleton rows="6"></k-skeleton>`;
    }
    return html`${failure ? html`<k-problem compact .error=${failure} @retry=${() => this.#read()}></k-problem>` : nothing}
      ${tab === 'runs'
        ? html`<koprik-retention-runs .runs=${report.runs}></koprik-retention-runs>`
        : html`<koprik-retention-due .report=${report} .days=${this.#wanted} .choices=${AHEAD} @days=${(e) => merge({ days: e.detail })}></koprik-retention-due>`}`;
  }

  #erasures() {
    return html`${this.erasuresFailure ? html`<k-problem ?compact=${Boolean(this.erasures)} .error=${this.erasuresFailure} @retry=${() => this.#read()}></k-problem>` : nothing}
      ${this.erasures
        ? html`<koprik-retention-erasures .erasures=${this.erasures}></koprik-retention-erasures>`
        : this.erasuresFailure ? nothing : html`<k-skeleton rows="6"></k-skeleton>`}`;
  }
}
customElements.define('koprik-retention', KoprikRetention);
