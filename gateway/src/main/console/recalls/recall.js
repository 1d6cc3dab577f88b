import { LitElement, css, html, nothing } from 'lit';
import { get, post } from '../api.js';
import { ago, dateTime } from '../format.js';
import { base } from '../kit/base.js';
import { toast } from '../kit/toast.js';
import { VisibleTimer } from '../kit/visible-timer.js';
import { knows, sentence, sentenceOf, sentenceWithOwn } from '../sentences/sentences.js';
import { link } from '../router.js';
import { may } from '../session.js';
import { centreName, centres } from '../stix/words.js';
import { t } from '../texts.js';
import '../kit/badge.js';
import '../kit/button.js';
import '../kit/problem.js';

const REFRESH_MS = 5000;
const BADGES = { done: 'ok', absent: 'ok', waiting: 'warning', refused: 'danger', contradicted: 'danger', unverified: 'notice', cannot_confirm: 'notice', gone: 'neutral' };

/** The recalls of an object (`objectId`), or all of this centre that somebody has not confirmed. Nothing when there are none. */
class KoprikRecalls extends LitElement {
  static properties = { objectId: { attribute: false }, recalls: { state: true }, error: { state: true }, asking: { state: true } };
  static styles = [base, css`
    :host { display: grid; gap: var(--space-3); }
    section { padding: var(--space-3); background: var(--surface-raised); border: 1px solid var(--border); border-radius: var(--radius); }
    ul { margin-top: var(--space-2); }
    li { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-1) var(--space-3); padding: var(--space-1) 0; }
    .name { min-width: 160px; font-weight: 600; overflow-wrap: anywhere; }
    .detail { flex-basis: 100%; color: var(--text-quiet); font: var(--text-meta); overflow-wrap: anywhere; }
  `];

  constructor() {
    super();
    new VisibleTimer(this, REFRESH_MS, () => this.#open && this.#read());
  }

  willUpdate(changed) {
    if (changed.has('objectId')) {
      this.recalls = [];
      this.#read();
    }
  }

  connectedCallback() {
    super.connectedCallback();
    this.#read();
  }

  get #open() {
    return (this.recalls ?? []).some((one) => !one.complete);
  }

  /** Reads again, after a recall was made. */
  reload() {
    this.#read();
  }

  async #read() {
    try {
      const [{ recalls }] = await Promise.all([get('/api/recalls', this.objectId ? { object: this.objectId } : { state: 'open' }), centres().catch(() => null)]);
      this.recalls = this.objectId ? recalls : recalls.filter((one) => one.ours);
      this.error = null;
    } catch (failure) {
      this.error = failure;
    }
  }

  async #again(recall) {
    this.asking = recall.id;
    try {
      await post(`/api/recalls/${encodeURIComponent(recall.id)}/again`, {});
      toast(t('recalls.asked'), { state: 'ok' });
      await this.#read();
    } catch (failure) {
      this.error = failure;
    } finally {
      this.asking = null;
    }
  }

  render() {
    return html`${this.error ? html`<k-problem compact .error=${this.error} @retry=${this.#read}></k-problem>` : nothing}
      ${this.recalls?.length > 0 && !this.objectId ? html`<h2>${t('recalls.open')}</h2>` : nothing}
      ${(this.recalls ?? []).map((one) => this.#recall(one))}`;
  }

  #recall(recall) {
    const what = recall.tlp ? t('recalls.narrowed', { centre: centreName(recall.by), tlp: recall.tlp, when: dateTime(recall.created) }) : t('recalls.withdrawn', { centre: centreName(recall.by), when: dateTime(recall.created) });
    return html`<section aria-label=${what}>
      <div class="spread"><strong>${this.objectId ? what : html`<a href=${link(['objects', recall.object])}>${what}</a>`}</strong>
        ${recall.ours && may('write') && !recall.complete ? html`<k-button small icon="refresh" ?busy=${this.asking === recall.id} @click=${() => this.#again(recall)}>${t('recalls.again')}</k-button>` : nothing}</div>
      <p>${recall.reason}</p>
      <p>${recall.total === 0 ? t('recalls.nobody') : t('recalls.confirmed', { count: recall.confirmed, all: recall.total })}</p>
      <ul>${recall.centres.map((one) => this.#centre(one))}</ul></section>`;
  }

  /** Of its receipt, or why the exchange with it fails. */
  #detail(detail) {
    return knows('recall', detail) ? sentence('recall', detail) : sentenceWithOwn('trouble', detail);
  }

  #centre(one) {
    return html`<li><span class="name">${centreName(one.name)}</span>
      <k-badge state=${BADGES[one.state]}>${t(`recalls.state.${one.state}`)}</k-badge>
      ${one.via ? html`<span>${t('recalls.via', { relay: centreName(one.via) })}</span>` : nothing}
      <span class="quiet">${t(one.sent ? 'recalls.sent' : 'recalls.mayHave')}</span>
      ${one.signed ? html`<span class="quiet">${t('recalls.signed', { when: dateTime(one.signed) })}</span>` : nothing}
      ${!one.signed && one.last_seen ? html`<span class="quiet">${t('recalls.lastSeen', { when: ago(one.last_seen) })}</span>` : nothing}
      ${one.handed_on ? html`<span class="quiet">${t('recalls.handedOn', { centres: one.handed_on.map(centreName).join(', ') })}</span>` : nothing}
      ${one.detail ? html`<div class="detail">${this.#detail(sentenceOf(one, 'detail'))}</div>` : nothing}</li>`;
  }
}
customElements.define('koprik-recalls', KoprikRecalls);
