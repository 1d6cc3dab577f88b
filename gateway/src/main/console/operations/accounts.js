import { LitElement, css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { del, get } from '../api.js';
import { base } from '../kit/base.js';
import { date } from '../format.js';
import { toast } from '../kit/toast.js';
import { link, merge } from '../router.js';
import { may } from '../session.js';
import { has, t } from '../texts.js';
import { hasUnits } from './roles.js';
import './account-add.js';
import './account-change.js';
import '../kit/badge.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/panel.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/table.js';
import '../kit/time.js';

const STALE_DAYS = 90;

/** Whether a token was not used for long, so that somebody should take it back. */
function stale(token) {
  return !token.expired && Date.now() - Date.parse(token.last_used ?? token.created) > STALE_DAYS * 86400000;
}

/** The last use of an account by its person or by one of its tokens. */
const lastUse = (account) => [account.last_used, ...account.tokens.map((token) => token.last_used)].filter(Boolean).sort().at(-1);

/** All accounts; one of them in the panel, with its tokens and sessions. Administrators change them. Event `changed`. */
class KoprikOperationsAccounts extends LitElement {
  static properties = { accounts: { attribute: false }, chosen: {}, sessions: { state: true }, failure: { state: true }, busy: { state: true }, adding: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    .meta k-time, p k-time { font: inherit; color: inherit; }
    li { padding: var(--space-2) 0; border-bottom: 1px solid var(--border); overflow-wrap: anywhere; }
    li:last-child { border-bottom: 0; }
  `];

  willUpdate(changed) {
    if (changed.has('chosen')) {
      this.#sessions();
    }
  }

  async #sessions() {
    this.sessions = null;
    this.failure = null;
    const { chosen } = this;
    if (!chosen) {
      return;
    }
    try {
      const answer = await get(`/api/accounts/${encodeURIComponent(chosen)}/sessions`);
      if (chosen === this.chosen) {
        this.sessions = answer.sessions;
      }
    } catch (failure) {
      this.failure = failure;
    }
  }

  render() {
    const account = this.accounts.find((one) => one.name === this.chosen);
    return html`<div class="stack">
      ${may('administer') ? html`<div class="row"><k-button id="new" variant="primary" icon="plus" @click=${() => (this.adding = true)}>${t('operations.add')}</k-button><k-button icon="shield" href=${link('/roles')}>${t('frame.screen.roles')}</k-button></div>` : nothing}
      <k-table label=${t('operations.tab.accounts')} .rows=${this.accounts} .rowId=${(row) => row.name} .active=${this.chosen} .columns=${this.#columns()} @open=${(e) => merge({ account: e.detail.id })}></k-table>
      ${may('administer') ? nothing : html`<p class="quiet">${t('operations.administrators')}</p>`}</div>
      ${this.adding ? html`<koprik-account-add @changed=${this.#changed} @close=${() => (this.adding = false)}></koprik-account-add>` : nothing}
      ${account ? html`<k-panel heading=${account.name} @close=${() => merge({ account: '' })}>${this.#one(account)}</k-panel>` : nothing}`;
  }

  #columns() {
    return [
      { id: 'name', label: t('operations.account'), cell: (row) => html`<strong>${row.name}</strong> ${row.disabled ? html`<k-badge state="warning" icon="lock">${t('operations.disabled')}</k-badge>` : nothing}` },
      { id: 'role', label: t('operations.role'), cell: (row) => (has(`frame.role.${row.role}`) ? t(`frame.role.${row.role}`) : row.role) },
      { id: 'units', label: t('operations.units'), cell: (row) => (hasUnits(row.role) || row.role === 'admin' ? (row.units ? row.units.join(', ') || t('operations.units.none') : t('operations.units.all')) : '–') },
      { id: 'secret', label: t('operations.password'), cell: (row) => (row.one_time ? html`<k-badge state="warning">${t('operations.password.once')}</k-badge>` : t(row.password ? 'operations.password.set' : 'operations.password.none')) },
      { id: 'tokens', label: t('operations.tokens'), align: 'end', width: 'min', cell: (row) => html`${row.tokens.some(stale) ? html`<k-badge state="warning">${t('operations.tokens.stale', { count: row.tokens.filter(stale).length })}</k-badge> ` : nothing}${row.tokens.filter((one) => !one.expired).length}` },
      { id: 'used', label: t('operations.used'), width: 'min', cell: (row) => (lastUse(row) ? html`<k-time inline .at=${lastUse(row)}></k-time>` : html`<span class="quiet">${t('operations.used.never')}</span>`) },
      { id: 'created', label: t('operations.created'), width: 'min', cell: (row) => date(row.created) },
    ];
  }

  #one(account) {
    return html`<div class="stack">
      ${may('administer') ? html`<koprik-account-change .account=${account} @changed=${this.#changed}></koprik-account-change>` : nothing}
      <h3>${t('operations.tokens')}</h3>
      ${account.tokens.length ? html`<ul>${repeat(account.tokens, (token) => token.label, (token) => this.#token(account, token))}</ul>` : html`<p class="quiet">${t('operations.tokens.none')}</p>`}
      <h3>${t('operations.sessions')}</h3>
      ${this.failure ? html`<k-problem .error=${this.failure} @retry=${() => this.#sessions()}></k-problem>` : !this.sessions ? html`<k-skeleton lines="3"></k-skeleton>`
        : this.sessions.length === 0 ? html`<p class="quiet">${t('operations.sessions.none')}</p>`
        : html`<ul>${this.sessions.map((one) => html`<li><strong>${one.browser || one.address}</strong> <span class="meta">${one.address}</span><div class="meta">${t('operations.session.seen')} <k-time inline .at=${one.last_seen}></k-time></div></li>`)}</ul>
          ${may(account.role === 'admin' ? 'administer' : 'operate') ? html`<div><k-button variant="danger" icon="signout" ?busy=${this.busy} @click=${() => this.#end(account.name)}>${t('operations.sessions.end')}</k-button></div>` : nothing}`}</div>`;
  }

  #token(account, token) {
    return html`<li><div class="spread"><strong>${token.label}</strong>${token.expired ? html`<k-badge>${t('operations.token.ended')}</k-badge>` : stale(token) ? html`<k-badge state="warning">${t('operations.token.stale')}</k-badge>` : nothing}</div>
      <div class="spread"><span class="meta">${date(token.created)} – ${token.expires ? date(token.expires) : t('operations.token.endless')} · ${token.last_used ? html`${t('operations.token.used')} <k-time inline .at=${token.last_used}></k-time>` : t('operations.token.unused')}</span>
        ${may('administer') ? html`<k-button small icon="trash" ?busy=${this.busy} @click=${() => this.#takeBack(account, token)}>${t('operations.token.remove')}</k-button>` : nothing}</div></li>`;
  }

  #changed() {
    this.dispatchEvent(new CustomEvent('changed'));
  }

  async #takeBack(account, token) {
    this.busy = true;
    try {
      await del(`/api/accounts/${encodeURIComponent(account.name)}/tokens/${encodeURIComponent(token.label)}`);
      toast(t('operations.token.removed', { label: token.label }), { state: 'ok' });
      this.#changed();
    } catch (failure) {
      this.failure = failure;
    }
    this.busy = false;
  }

  async #end(name) {
    this.busy = true;
    try {
      await del(`/api/accounts/${encodeURIComponent(name)}/sessions`);
      toast(t('operations.sessions.ended', { name }), { state: 'ok' });
      await this.#sessions();
    } catch (failure) {
      this.failure = failure;
    }
    this.busy = false;
  }
}
customElements.define('koprik-operations-accounts', KoprikOperationsAccounts);
