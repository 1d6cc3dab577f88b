import { LitElement, css, html, nothing } from 'lit';
import { get, post } from '../api.js';
import { attempt } from '../kit/attempt.js';
import { base } from '../kit/base.js';
import { onKeys } from '../kit/keys.js';
import { toast } from '../kit/toast.js';
import { link } from '../router.js';
import { may } from '../session.js';
import { typeName } from '../stix/words.js';
import { t } from '../texts.js';
import { outcomeState, reasons } from './words.js';
import './forecast.js';
import '../kit/badge.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/field.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/time.js';
import '../kit/tlp.js';

/** Answers to an item by the last part of their path; what each needs is in `#may`. */
const ACTS = { approve: { path: 'approval', key: 'KeyA', variant: 'primary', icon: 'check' }, refuse: { path: 'refusal', key: 'KeyF', variant: 'danger', icon: 'close' }, withdraw: { path: 'withdrawal', key: 'KeyW', variant: 'danger', icon: 'undo' } };

/** One item in the panel: its objects, who would receive them, and the answers to it. Event `changed`. */
class KoprikDeskItem extends LitElement {
  static properties = { item: {}, answer: { state: true }, failure: { state: true }, asked: { state: true }, comment: { state: true }, busy: { state: true }, error: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: var(--space-2) var(--space-4); }
    dt { color: var(--text-quiet); max-width: 180px; }
    dd { overflow-wrap: anywhere; }
    k-time { font: inherit; color: inherit; }
    .objects { border: 1px solid var(--border); border-radius: var(--radius); }
    .objects li { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2); padding: var(--space-2) var(--space-3); border-bottom: 1px solid var(--border); }
    .objects li:last-child { border-bottom: 0; }
    .objects a { flex: 1 1 200px; overflow-wrap: anywhere; }
  `];

  constructor() {
    super();
    const on = (act) => () => this.#may(act) && this.#ask(act);
    onKeys(this, { KeyA: on('approve'), KeyF: on('refuse'), KeyW: on('withdraw') }, () =>
      Object.fromEntries(Object.entries(ACTS).filter(([act]) => this.#may(act)).map(([act, { key }]) => [key, t(`desk.${act}`)])));
  }

  willUpdate(changed) {
    if (changed.has('item')) {
      this.answer = null;
      this.asked = null;
      this.error = null;
      this.#read();
    }
  }

  async #read() {
    const { item } = this;
    try {
      const answer = await get(`/api/releases/${encodeURIComponent(item)}`);
      if (item === this.item) {
        this.answer = answer;
        this.failure = null;
      }
    } catch (failure) {
      this.failure = failure;
    }
  }

  #may(act) {
    const item = this.answer?.release;
    return Boolean(item) && !item.outcome && (act === 'withdraw' ? item.mine && may('write') : !item.mine && may('release'));
  }

  #ask(act) {
    this.comment = '';
    this.error = null;
    this.asked = act;
  }

  render() {
    if (!this.answer) {
      return this.failure ? html`<k-problem .error=${this.failure} @retry=${() => this.#read()}></k-problem>` : html`<k-skeleton lines="8"></k-skeleton>`;
    }
    const { release: item, held, with: others = [], partners } = this.answer;
    const acts = Object.keys(ACTS).filter((act) => this.#may(act));
    return html`<div class="stack">
      ${item.outcome ? html`<k-banner state=${outcomeState(item.outcome) === 'neutral' ? 'notice' : outcomeState(item.outcome)}><strong>${t(`desk.outcome.${item.outcome.outcome}`)}</strong>${item.outcome.by ? html` · ${item.outcome.by}` : nothing} · <k-time inline .at=${item.outcome.at}></k-time>
        ${item.outcome.comment ? html`<p>${item.outcome.comment}</p>` : nothing}</k-banner>` : nothing}
      ${item.mine && !item.outcome ? html`<k-banner>${t('desk.mine.text')}</k-banner>` : nothing}
      ${acts.length > 0 ? html`<div class="row">${acts.map((act) => html`<k-button variant=${ACTS[act].variant} icon=${ACTS[act].icon} key=${ACTS[act].key} @click=${() => this.#ask(act)}>${t(`desk.${act}`)}</k-button>`)}</div>` : nothing}
      <dl><dt>${t('desk.by')}</dt><dd>${item.by}</dd><dt>${t('desk.since')}</dt><dd><k-time .at=${item.at}></k-time></dd>
        ${item.until ? html`<dt>${t('desk.until')}</dt><dd><k-time .at=${item.until}></k-time></dd>` : nothing}
        <dt>${t('desk.why')}</dt><dd>${reasons(item.why)}</dd>
        ${item.comment ? html`<dt>${t('desk.comment')}</dt><dd>${item.comment}</dd>` : nothing}</dl>
      <h3>${t('desk.count', { count: item.objects })}</h3>${this.#objects(held)}
      ${others.length > 0 ? html`<h3>${t('desk.with')}</h3>${this.#objects(others)}` : nothing}
      ${partners ? html`<h3>${t('desk.who')}</h3><koprik-forecast .partners=${partners} .all=${held.length}></koprik-forecast>` : nothing}
      ${this.asked ? this.#dialog() : nothing}</div>`;
  }

  #objects(objects) {
    return objects.length === 0
      ? html`<p class="quiet">${t('desk.objects.none')}</p>`
      : html`<ul class="objects">${objects.map((one) => html`<li><span class="quiet">${typeName(one.type)}</span><a href=${link(['objects', one.id])}>${one.title ?? one.id}</a>${one.revoked ? html`<k-badge state="warning">${t('desk.revoked')}</k-badge>` : nothing}<k-tlp marking=${one.tlp}></k-tlp></li>`)}</ul>`;
  }

  #dialog() {
    const act = this.asked;
    const incomplete = act === 'refuse' && !this.comment.trim();
    return html`<k-dialog open heading=${t(`desk.${act}.heading`)} @close=${() => (this.asked = null)}>
      <div class="stack"><p>${t(`desk.${act}.text`)}</p>
        ${this.error ? html`<k-problem compact no-retry .error=${this.error}></k-problem>` : nothing}
        <k-field autofocus ?required=${act === 'refuse'} label=${t('desk.comment')} maxlength="2000" .value=${this.comment} @input=${(e) => (this.comment = e.detail.value)} @enter=${() => !incomplete && this.#send(act)}></k-field></div>
      <k-button slot="actions" @click=${() => (this.asked = null)}>${t('desk.cancel')}</k-button>
      <k-button slot="actions" variant=${ACTS[act].variant} icon=${ACTS[act].icon} ?busy=${this.busy} ?disabled=${incomplete} @click=${() => this.#send(act)}>${t(`desk.${act}`)}</k-button></k-dialog>`;
  }

  #send(act) {
    return attempt(this, async () => {
      await post(`/api/releases/${encodeURIComponent(this.item)}/${ACTS[act].path}`, this.comment.trim() ? { comment: this.comment.trim() } : {});
      this.asked = null;
      toast(t(`desk.${act}.done`), { state: 'ok' });
      await this.#read();
      this.dispatchEvent(new CustomEvent('changed'));
    });
  }
}
customElements.define('koprik-desk-item', KoprikDeskItem);
