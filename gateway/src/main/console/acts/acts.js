import { LitElement, css, html, nothing } from 'lit';
import { del, get, post, put, patch } from '../api.js';
import { attempt } from '../kit/attempt.js';
import { base } from '../kit/base.js';
import { VisibleTimer } from '../kit/visible-timer.js';
import { toast } from '../kit/toast.js';
import { may, session } from '../session.js';
import { dateTime } from '../format.js';
import { t } from '../texts.js';
import { bodyOf, inWords, readable } from './words.js';
import '../partners/fingerprint.js';
import '../kit/badge.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/empty.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/time.js';
import '../kit/tlp.js';

const REFRESH_MS = 10000;

/** The same request, as somebody else sends it. */
const SEND = { POST: post, PUT: put, PATCH: patch, DELETE: (path) => del(path) };

/** What waits for a second administrator: what it would do, who asked, and until when; confirmed, withdrawn or refused. */
class KoprikActs extends LitElement {
  static properties = { acts: { state: true }, cards: { state: true }, asked: { state: true }, error: { state: true }, unread: { state: true }, busy: { state: true }, secret: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    article { display: grid; gap: var(--space-3); }
    dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: var(--space-1) var(--space-4); margin: 0; }
    dt { color: var(--text-quiet); }
    dd { overflow-wrap: anywhere; }
    pre { margin: var(--space-2) 0 0; padding: var(--space-3); border-radius: var(--radius); background: var(--surface-sunken); font: 12px/18px var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; max-height: 320px; overflow: auto; }
    summary { min-height: 24px; cursor: pointer; }
    .meta k-time { font: inherit; color: inherit; }
  `];

  constructor() {
    super();
    this.cards = new Map();
    new VisibleTimer(this, REFRESH_MS, () => this.busy || this.asked || this.#read());
  }

  connectedCallback() {
    super.connectedCallback();
    this.#read();
  }

  async #read() {
    try {
      this.acts = (await get('/api/acts')).acts;
      this.unread = null;
      this.acts.filter((act) => bodyOf(act).card && !this.cards.has(act.id)).forEach((act) => this.#card(act));
    } catch (failure) {
      this.unread = failure;
    }
  }

  /** Whose card it is, with its fingerprint, so that the second person can compare it too. */
  async #card(act) {
    try {
      const { card } = await post('/api/card-previews', { card: bodyOf(act).card });
      this.cards = new Map(this.cards).set(act.id, card);
    } catch {
      // The act is shown without it, with its whole body.
    }
  }

  #do(what, act) {
    return attempt(this, async () => {
      if (what === 'confirm') {
        const answer = await SEND[act.method](act.path, act.body || undefined, { contentType: 'application/json' });
        const secret = answer?.one_time_secret ?? answer?.token;
        this.secret = secret ? { account: answer.account, secret } : null;
      } else {
        await del(`/api/acts/${encodeURIComponent(act.id)}`);
      }
      this.asked = null;
      toast(t(`acts.done.${what}`), { state: 'ok' });
      window.dispatchEvent(new CustomEvent('koprik-acts'));
      await this.#read();
    });
  }

  render() {
    if (!this.acts) {
      return this.unread ? html`<k-problem .error=${this.unread} @retry=${() => this.#read()}></k-problem>` : html`<k-skeleton rows="3"></k-skeleton>`;
    }
    return html`<div class="stack"><p class="quiet">${t('acts.text')}</p>
      ${this.unread ? html`<k-banner state="warning" icon="clock">${t('acts.old')}</k-banner>` : nothing}
      ${this.error && !this.asked ? html`<k-problem no-retry .error=${this.error}></k-problem>` : nothing}
      ${this.acts.length === 0 ? html`<k-empty icon="ok" heading=${t('acts.none')} text=${t('acts.none.text')}></k-empty>` : this.acts.map((act) => this.#one(act))}</div>
      ${this.asked ? this.#sure(this.asked) : nothing}${this.secret ? this.#shown(this.secret) : nothing}`;
  }

  #one(act) {
    const own = act.by === session()?.account;
    const button = (what, variant, icon) => html`<k-button id=${what} variant=${variant} icon=${icon} ?busy=${this.busy} @click=${() => (this.asked = { what, act })}>${t(`acts.${what}`)}</k-button>`;
    return html`<article class="card" data-act=${act.id}><div class="spread"><h2>${inWords(act, this.cards.get(act.id)?.title)}</h2>${act.ended ? html`<k-badge state="warning">${t('acts.ended', { account: act.by })}</k-badge>` : html`<k-badge state="notice" icon="clock">${t('acts.waits')}</k-badge>`}</div>
      <p class="meta">${t(own ? 'acts.byYou' : 'acts.by', { account: act.by })} <k-time inline .at=${act.at}></k-time>${act.ended ? nothing : html` · ${t('acts.until', { at: dateTime(act.until) })}`}</p>
      ${this.#summary(act)}
      <details><summary>${t('acts.request')}</summary><p><code>${act.method} ${act.path}</code></p><pre>${readable(act)}</pre></details>
      <div class="row">${!own && may('administer') ? html`${act.ended ? nothing : button('confirm', 'primary', 'check')}${button('refuse', 'secondary', 'close')}` : button('withdraw', 'secondary', 'undo')}
        ${own ? html`<span class="quiet">${t('acts.notYou')}</span>` : nothing}</div></article>`;
  }

  /** What the act says of a new partner. */
  #summary(act) {
    const body = bodyOf(act);
    const card = this.cards.get(act.id);
    if (!body.card) {
      return nothing;
    }
    return html`${card ? html`<koprik-fingerprint .value=${card.fingerprint}></koprik-fingerprint>` : nothing}
      <dl>${card ? html`<dt>${t('partners.add.endpoint')}</dt><dd><code>${card.endpoint || '–'}</code></dd>` : nothing}
        ${body.max_tlp ? html`<dt>${t('partners.add.max_tlp')}</dt><dd><k-tlp marking=${body.max_tlp}></k-tlp></dd>` : nothing}
        ${body.agreement ? html`<dt>${t('partners.add.agreement')}</dt><dd>${body.agreement}</dd>` : nothing}
        ${body.purpose ? html`<dt>${t('partners.add.purpose')}</dt><dd>${body.purpose}</dd>` : nothing}</dl>`;
  }

  /** A password or a token that the act made, which nobody sees again. */
  #shown({ account, secret }) {
    return html`<k-dialog open heading=${t('acts.done.confirm')} @close=${() => (this.secret = null)}>
      <div class="stack"><p>${t('acts.shown', { account })}</p><pre id="secret">${secret}</pre></div>
      <k-button slot="actions" variant="primary" @click=${() => (this.secret = null)}>${t('acts.close')}</k-button></k-dialog>`;
  }

  #sure({ what, act }) {
    return html`<k-dialog open heading=${t(`acts.${what}`)} @close=${() => (this.asked = null)}>
      <div class="stack"><p><strong>${inWords(act, this.cards.get(act.id)?.title)}</strong></p><p>${t(`acts.${what}.text`, { account: act.by })}</p>
        ${this.error ? html`<k-problem compact no-retry .error=${this.error}></k-problem>` : nothing}</div>
      <k-button slot="actions" @click=${() => (this.asked = null)}>${t('acts.cancel')}</k-button>
      <k-button slot="actions" id="sure" variant=${what === 'confirm' ? 'primary' : 'danger'} ?busy=${this.busy} @click=${() => this.#do(what, act)}>${t(`acts.${what}`)}</k-button></k-dialog>`;
  }
}
customElements.define('koprik-acts', KoprikActs);
