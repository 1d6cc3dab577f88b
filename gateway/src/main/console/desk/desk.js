import { LitElement, css, html, nothing } from 'lit';
import { get } from '../api.js';
import { base } from '../kit/base.js';
import { go, link, merge } from '../router.js';
import { may } from '../session.js';
import { VisibleTimer } from '../kit/visible-timer.js';
import { t } from '../texts.js';
import { outcomeState, reasons } from './words.js';
import './item.js';
import '../kit/badge.js';
import '../kit/banner.js';
import '../kit/empty.js';
import '../kit/panel.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/table.js';
import '../kit/tabs.js';
import '../kit/time.js';

const REFRESH_MS = 10000;
const STATES = ['waiting', 'decided'];

/** The release desk: what waits for a second person, the oldest first, and what was decided. */
class KoprikDesk extends LitElement {
  static properties = { route: { attribute: false }, answer: { state: true }, failure: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    k-time { font: inherit; color: inherit; }
  `];

  constructor() {
    super();
    new VisibleTimer(this, REFRESH_MS, () => this.#read());
  }

  get #state() {
    return STATES.includes(this.route?.query.state) ? this.route.query.state : STATES[0];
  }

  willUpdate(changed) {
    if (changed.has('route') && this.asked !== this.#state) {
      this.asked = this.#state;
      this.answer = null;
      this.#read();
    }
  }

  async #read() {
    const state = this.#state;
    try {
      const answer = await get('/api/releases', { state });
      if (state === this.#state) {
        this.answer = answer;
        this.failure = null;
      }
    } catch (failure) {
      this.failure = failure;
    }
  }

  render() {
    const id = this.route.segments[1];
    const state = this.#state;
    return html`<div class="stack">
      <h1>${t('frame.screen.desk')}</h1>
      <p class="quiet">${t(may('release') ? 'desk.text' : 'desk.text.own')}</p>
      <k-tabs label=${t('frame.screen.desk')} .active=${state} .tabs=${STATES.map((one) => ({ id: one, label: t(`desk.tab.${one}`), count: one === state ? this.answer?.releases.length : undefined }))}
        @change=${(e) => merge({ state: e.detail.id === STATES[0] ? '' : e.detail.id }, { replace: true })}></k-tabs>
      ${this.#content(state)}</div>
      ${id ? html`<k-panel heading=${t('desk.item')} @close=${() => go('/desk', { state: this.route.query.state })}>
        <koprik-desk-item .item=${id} @changed=${() => this.#read()}></koprik-desk-item></k-panel>` : nothing}`;
  }

  #content(state) {
    if (!this.answer) {
      return this.failure ? html`<k-problem .error=${this.failure} @retry=${() => this.#read()}></k-problem>` : html`<k-skeleton rows="6"></k-skeleton>`;
    }
    return html`${this.failure ? html`<k-banner state="warning" icon="clock">${t('desk.old')}</k-banner>` : nothing}
      ${this.answer.releases.length === 0
        ? html`<k-empty icon="ok" heading=${t(`desk.none.${state}`)} text=${t(`desk.none.${state}.text`)}></k-empty>`
        : html`<k-table label=${t(`desk.tab.${state}`)} .rows=${this.answer.releases} .active=${this.route.segments[1]} .columns=${this.#columns(state)}
            @open=${(e) => (location.hash = link(['desk', e.detail.id], { state: this.route.query.state }))}></k-table>`}
      ${this.answer.more > 0 ? html`<p class="quiet">${t('desk.more', { count: this.answer.more })}</p>` : nothing}`;
  }

  #columns(state) {
    return [
      { id: 'at', label: t('desk.since'), width: 'min', cell: (one) => html`<k-time .at=${one.at}></k-time>` },
      { id: 'by', label: t('desk.by'), cell: (one) => html`${one.by}${one.mine ? html` <k-badge>${t('desk.mine')}</k-badge>` : nothing}` },
      { id: 'why', label: t('desk.why'), cell: (one) => reasons(one.why) },
      { id: 'objects', label: t('desk.objects'), align: 'end', width: 'min', cell: (one) => t('desk.count', { count: one.objects }) },
      state === 'waiting'
        ? { id: 'until', label: t('desk.until'), width: 'min', cell: (one) => html`<k-time .at=${one.until}></k-time>` }
        : { id: 'outcome', label: t('desk.outcome'), width: 'min', cell: (one) => html`<k-badge state=${outcomeState(one.outcome)}>${t(`desk.outcome.${one.outcome.outcome}`)}</k-badge>` },
    ];
  }
}
customElements.define('koprik-desk', KoprikDesk);
