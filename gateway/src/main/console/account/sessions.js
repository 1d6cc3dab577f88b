import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { del, get } from '../api.js';
import { toast } from '../kit/toast.js';
import { t } from '../texts.js';
import '../kit/badge.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/time.js';

const BROWSERS = [['Edg/', 'Edge'], ['OPR/', 'Opera'], ['YaBrowser/', 'Yandex'], ['Firefox/', 'Firefox'], ['Chrome/', 'Chromium'], ['Safari/', 'Safari']];
const SYSTEMS = [['Android', 'Android'], ['iPhone', 'iOS'], ['iPad', 'iPadOS'], ['Windows', 'Windows'], ['Mac OS X', 'macOS'], ['Linux', 'Linux']];

/** Browser and system in words; anything else as it named itself. */
function named(agent) {
  const found = (list) => list.find(([mark]) => agent.includes(mark))?.[1];
  return [found(BROWSERS), found(SYSTEMS)].filter(Boolean).join(' · ') || agent || '–';
}

/** The sessions of the person, each with a way to end it. */
class KoprikSessions extends LitElement {
  static properties = { sessions: { state: true }, error: { state: true }, asking: { state: true }, busy: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--space-2) var(--space-4); padding: var(--space-3) 0; border-bottom: 1px solid var(--border); align-items: center; }
    .what { display: flex; flex-wrap: wrap; gap: var(--space-1) var(--space-2); align-items: center; font-weight: 600; overflow-wrap: anywhere; }
    .meta k-time { font: inherit; color: inherit; }
    .meta { display: flex; flex-wrap: wrap; gap: 2px var(--space-3); overflow-wrap: anywhere; }
  `];

  connectedCallback() {
    super.connectedCallback();
    this.#read();
  }

  render() {
    if (this.error) {
      return html`<k-problem .error=${this.error} @retry=${this.#read}></k-problem>`;
    }
    if (!this.sessions) {
      return html`<k-skeleton rows="3"></k-skeleton>`;
    }
    if (this.sessions.length === 0) {
      return html`<p class="quiet">${t('account.sessions.none')}</p>`;
    }
    return html`<div class="stack">
      <ul>${this.sessions.map((one) => this.#row(one))}</ul>
      <div><k-button id="everywhere" icon="signout" @click=${() => (this.asking = true)}>${t('account.sessions.everywhere')}</k-button></div>
      <k-dialog ?open=${this.asking} heading=${t('account.sessions.everywhere')} @close=${() => (this.asking = false)}>
        <p>${t('account.sessions.everywhere.text', { count: this.sessions.length })}</p>
        <k-button slot="actions" @click=${() => (this.asking = false)}>${t('account.cancel')}</k-button>
        <k-button slot="actions" variant="danger" ?busy=${this.busy} @click=${this.#everywhere}>${t('account.sessions.everywhere')}</k-button>
      </k-dialog>
    </div>`;
  }

  #row(one) {
    return html`<li><div><div class="what"><span title=${one.browser}>${named(one.browser)}</span>${one.current ? html`<k-badge state="ok" icon="ok">${t('account.sessions.this')}</k-badge>` : nothing}</div>
      <div class="meta"><span>${t('account.sessions.from', { address: one.address })}</span><span>${t(`account.sessions.way.${one.way}`)}</span>
        <span>${t('account.sessions.begun')} <k-time inline .at=${one.begun}></k-time></span><span>${t('account.sessions.seen')} <k-time inline .at=${one.last_seen}></k-time></span></div></div>
      ${one.current ? nothing : html`<k-button small @click=${() => this.#end(one)}>${t('account.sessions.end')}</k-button>`}</li>`;
  }

  async #read() {
    this.error = null;
    try {
      this.sessions = (await get('/api/sessions')).sessions;
    } catch (failure) {
      this.error = failure;
    }
  }

  async #end(one) {
    try {
      await del(`/api/sessions/${encodeURIComponent(one.id)}`);
      toast(t('account.sessions.ended'), { state: 'ok' });
    } catch (failure) {
      this.error = failure;
      return;
    }
    await this.#read();
  }

  async #everywhere() {
    this.busy = true;
    try {
      await del('/api/sessions');
      window.dispatchEvent(new CustomEvent('koprik-signed-out'));
    } catch (failure) {
      this.error = failure;
    } finally {
      this.busy = false;
      this.asking = false;
    }
  }
}
customElements.define('koprik-sessions', KoprikSessions);
