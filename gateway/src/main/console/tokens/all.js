import { LitElement, css, html, nothing } from 'lit';
import { del, get } from '../api.js';
import { attempt } from '../kit/attempt.js';
import { base } from '../kit/base.js';
import { date } from '../format.js';
import { merge } from '../router.js';
import { toast } from '../kit/toast.js';
import { t } from '../texts.js';
import { endOf, lastUse, scopesOf, staleBadge } from './names.js';
import './make.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/field.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/table.js';

/** Roles of programs, whose tokens administrators make; with the rights of each. */
const PROGRAMS = { reader: ['read'], writer: ['read', 'write'] };

/** All tokens of the centre, or the stale ones, for administrators: `accounts` of the centre, `stale` alone. */
class KoprikAllTokens extends LitElement {
  static properties = { accounts: { attribute: false }, stale: { type: Boolean }, answer: { state: true }, making: { state: true }, asked: { state: true }, error: { state: true }, busy: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    k-time { font: inherit; color: inherit; }
  `];

  connectedCallback() {
    super.connectedCallback();
    this.#read();
  }

  #read() {
    return attempt(this, async () => {
      this.answer = await get('/api/tokens');
    });
  }

  #takeBack() {
    const { account, label } = this.asked;
    this.asked = null;
    return attempt(this, async () => {
      await del(`/api/accounts/${encodeURIComponent(account)}/tokens/${encodeURIComponent(label)}`);
      toast(t('tokens.removed', { label }), { state: 'ok' });
      this.answer = await get('/api/tokens');
    });
  }

  get #programs() {
    return (this.accounts ?? []).filter((one) => one.role in PROGRAMS).map((one) => ({ name: one.name, rights: PROGRAMS[one.role] }));
  }

  render() {
    if (!this.answer) {
      return this.error ? html`<k-problem .error=${this.error} @retry=${this.#read}></k-problem>` : html`<k-skeleton rows="4"></k-skeleton>`;
    }
    const all = this.answer.tokens.map((token) => ({ ...token, id: `${token.account} ${token.label}` }));
    const rows = this.stale ? all.filter((token) => token.stale) : all;
    return html`<div class="stack">
      <div class="spread"><k-field type="checkbox" name="stale" label=${t('tokens.staleOnly', { count: all.filter((token) => token.stale).length })} .value=${this.stale} @change=${(e) => merge({ stale: e.detail.value ? 1 : '' }, { replace: true })}></k-field>
        <k-button id="new-token" variant="primary" icon="plus" ?disabled=${this.#programs.length === 0} @click=${() => (this.making = true)}>${t('tokens.makeProgram')}</k-button></div>
      ${this.#programs.length === 0 ? html`<p class="quiet">${t('tokens.noPrograms')}</p>` : nothing}
      ${this.error ? html`<k-problem compact .error=${this.error} @retry=${this.#read}></k-problem>` : nothing}
      ${rows.length === 0 ? html`<p class="quiet">${t(this.stale ? 'tokens.stale.none' : 'tokens.all.none')}</p>`
        : html`<k-table quiet-open local label=${t('tokens.title')} .rows=${rows} .columns=${this.#columns()} .rowState=${(row) => (row.stale ? 'warning' : '')}></k-table>`}
      <p class="quiet">${t('tokens.staleMeans', { count: this.answer.stale_after_days })}</p></div>
      ${this.making ? html`<koprik-token-make .accounts=${this.#programs} .path=${(name) => `/api/accounts/${encodeURIComponent(name)}/tokens`} @changed=${this.#read} @close=${() => (this.making = false)}></koprik-token-make>` : nothing}
      <k-dialog ?open=${Boolean(this.asked)} heading=${t('tokens.remove.heading', { label: this.asked?.label ?? '', account: this.asked?.account ?? '' })} @close=${() => (this.asked = null)}>
        <p>${t('tokens.remove.text')}</p>
        <k-button slot="actions" @click=${() => (this.asked = null)}>${t('tokens.cancel')}</k-button>
        <k-button slot="actions" variant="danger" icon="trash" @click=${this.#takeBack}>${t('tokens.remove')}</k-button></k-dialog>`;
  }

  #columns() {
    return [
      { id: 'account', label: t('tokens.account'), cell: (row) => html`<strong>${row.account}</strong><div class="meta">${t(`frame.role.${row.role}`)}</div>` },
      { id: 'label', label: t('tokens.label'), cell: (row) => html`${row.label}<div class="meta">${t('tokens.created')} ${date(row.created)}</div>` },
      { id: 'scopes', label: t('tokens.scopes'), cell: scopesOf },
      { id: 'expires', label: t('tokens.term'), cell: endOf },
      { id: 'used', label: t('tokens.lastUsed'), cell: (row) => html`${staleBadge(row)}<div class="meta">${lastUse(row)}</div>` },
      { id: 'act', label: '', width: 'min', cell: (row) => html`<k-button small icon="trash" label=${t('tokens.remove')} ?busy=${this.busy} @click=${() => (this.asked = row)}></k-button>` },
    ];
  }
}
customElements.define('koprik-all-tokens', KoprikAllTokens);
