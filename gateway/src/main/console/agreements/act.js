import { LitElement, css, html, nothing } from 'lit';
import { post } from '../api.js';
import { attempt } from '../kit/attempt.js';
import { base } from '../kit/base.js';
import { dateTime } from '../format.js';
import { session } from '../session.js';
import { toast } from '../kit/toast.js';
import { t } from '../texts.js';
import { afterDay, group, others } from './model.js';
import './articles.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/field.js';
import '../kit/id.js';
import '../kit/problem.js';

const ROUTES = { accept: 'acceptance', decline: 'decline', withdraw: 'withdrawal', terminate: 'termination' };
const ICONS = { accept: 'check', decline: 'close', withdraw: 'undo', terminate: 'trash' };
const DAY_MS = 86400000;

/**
 * What a person signs of a version, with all that is signed before the eyes: `act` accept, decline, withdraw or
 * terminate; `version`, `before` what holds now. Events `close`, and `changed` once it is signed.
 */
class KoprikAgreementAct extends LitElement {
  static properties = { act: {}, version: { attribute: false }, before: { attribute: false }, kinds: { attribute: false }, terms: { attribute: false }, own: { attribute: false }, reason: { state: true }, later: { state: true }, day: { state: true }, error: { state: true }, busy: { state: true } };
  static styles = [base, css`
    :host { display: contents; }
    .paper { border: 1px solid var(--border-strong); border-radius: var(--radius); padding: 0 var(--space-2); }
  `];

  constructor() {
    super();
    this.reason = '';
    this.day = '';
  }

  /** The first moment at which article 8 lets the agreement end. */
  get #earliest() {
    return Date.now() + this.version.text.notice_days * DAY_MS;
  }

  /** The chosen day, as the moment after which nothing holds; its fault in words. */
  get #fault() {
    return this.act === 'terminate' && this.later && (!this.day || Date.parse(afterDay(this.day)) < this.#earliest) ? t('agreements.terminate.early', { at: dateTime(this.#earliest) }) : '';
  }

  #sign() {
    if (this.#fault) {
      this.requestUpdate();
      return undefined;
    }
    const { act, version, reason } = this;
    return attempt(this, async () => {
      await post(`/api/agreements/${encodeURIComponent(version.id)}/${ROUTES[act]}`, {
        ...(act === 'terminate' ? (this.later ? { effective: afterDay(this.day) } : {}) : { sha256: version.sha256 }),
        ...(act !== 'accept' && reason.trim() ? { reason: reason.trim() } : {}),
      });
      toast(group(version.text) ? t('agreements.done.group') : t(`agreements.done.${act}`, { centre: this.terms.title }), { state: 'ok' });
      this.dispatchEvent(new CustomEvent('changed'));
      this.#close();
    });
  }

  #close() {
    this.dispatchEvent(new CustomEvent('close'));
  }

  render() {
    const { act } = this;
    return html`<k-dialog open ?wide=${act === 'accept'} heading=${t(`agreements.sign.${act}`)} @close=${this.#close}>
      <div class="stack"><p>${this.#asks()}</p>
        ${act === 'accept' ? this.#whole() : html`${act === 'terminate' ? this.#when() : nothing}
          <k-field name="reason" label=${t('agreements.reason')} hint=${t('agreements.reason.hint')} maxlength="1000" .value=${this.reason} ?autofocus=${act !== 'terminate'} @input=${(e) => (this.reason = e.detail.value)}></k-field>`}
        <p class="meta">${t('agreements.signs', { centre: this.own?.title ?? '', account: session()?.account ?? '' })}</p>
        ${this.error ? html`<k-problem compact no-retry .error=${this.error}></k-problem>` : nothing}</div>
      <k-button slot="actions" @click=${this.#close}>${t('agreements.cancel')}</k-button>
      <k-button slot="actions" id="sign" variant=${act === 'terminate' ? 'danger' : 'primary'} icon=${ICONS[act]} ?busy=${this.busy} ?disabled=${Boolean(this.#fault)} @click=${this.#sign}>${t(`agreements.sign.${act}`)}</k-button>
    </k-dialog>`;
  }

  /** What the act does; one of a group does it for all parties. */
  #asks() {
    return group(this.version.text) && this.act !== 'withdraw'
      ? t(`agreements.ask.${this.act}.group`, { centres: others(this.version.text, this.own?.name) })
      : t(`agreements.ask.${this.act}`, { centre: this.terms.title });
  }

  /** The whole text that is signed, with what it changes. */
  #whole() {
    return html`<div class="paper"><koprik-agreement-text .text=${this.version.text} .before=${this.before?.text ?? null} .kinds=${this.kinds}></koprik-agreement-text></div>
      <p class="meta">${t('agreements.digest')} <k-id value=${this.version.sha256}></k-id></p>`;
  }

  #when() {
    const day = new Date(this.#earliest).toISOString().slice(0, 10);
    return html`<k-field type="select" name="when" label=${t('agreements.terminate.when')} .value=${this.later ? 'later' : 'earliest'}
        .options=${[{ value: 'earliest', label: t('agreements.terminate.earliest', { at: dateTime(this.#earliest) }) }, { value: 'later', label: t('agreements.terminate.later') }]} @change=${(e) => (this.later = e.detail.value === 'later')}></k-field>
      <p class="quiet">${this.version.text.notice_days > 0 ? t('agreements.notice', { count: this.version.text.notice_days }) : t('agreements.notice.none')}</p>
      ${this.later ? html`<k-field type="date" name="day" label=${t('agreements.terminate.last')} hint=${t('agreements.utc')} min=${day} .value=${this.day} .error=${this.day ? this.#fault : ''} @input=${(e) => (this.day = e.detail.value)}></k-field>` : nothing}`;
  }
}
customElements.define('koprik-agreement-act', KoprikAgreementAct);
