import { LitElement, css, html, nothing } from 'lit';
import { del, get } from '../api.js';
import { attempt } from '../kit/attempt.js';
import { base } from '../kit/base.js';
import { session } from '../session.js';
import { toast } from '../kit/toast.js';
import { t } from '../texts.js';
import { endOf, inOrder, lastUse, scopesOf, staleBadge } from './names.js';
import './make.js';
import '../kit/button.js';
import '../kit/problem.js';
import '../kit/skeleton.js';

const OWN = '/api/account/tokens';

/** The tokens of the person's own account: with what they give and their last use; made here, and taken back. */
class KoprikOwnTokens extends LitElement {
  static properties = { tokens: { state: true }, making: { state: true }, error: { state: true }, busy: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--space-1) var(--space-4); padding: var(--space-3) 0; border-bottom: 1px solid var(--border); align-items: center; }
    .what { display: flex; flex-wrap: wrap; gap: var(--space-1) var(--space-2); align-items: center; font-weight: 600; overflow-wrap: anywhere; }
    .meta { display: flex; flex-wrap: wrap; gap: 2px var(--space-3); overflow-wrap: anywhere; }
    .meta k-time { font: inherit; color: inherit; }
  `];

  connectedCallback() {
    super.connectedCallback();
    this.#read();
  }

  #read() {
    return attempt(this, async () => {
      this.tokens = (await get(OWN)).tokens;
    });
  }

  #takeBack(token) {
    return attempt(this, async () => {
      await del(`${OWN}/${encodeURIComponent(token.label)}`);
      toast(t('tokens.removed', { label: token.label }), { state: 'ok' });
      this.tokens = (await get(OWN)).tokens;
    });
  }

  render() {
    if (!this.tokens) {
      return this.error ? html`<k-problem .error=${this.error} @retry=${this.#read}></k-problem>` : html`<k-skeleton rows="2"></k-skeleton>`;
    }
    const person = session();
    return html`<div class="stack">
      ${this.error ? html`<k-problem compact .error=${this.error} @retry=${this.#read}></k-problem>` : nothing}
      ${this.tokens.length === 0 ? html`<p class="quiet">${t('tokens.none')}</p>` : html`<ul>${this.tokens.map((token) => html`<li><div><div class="what"><span>${token.label}</span>${token.stale ? staleBadge(token) : nothing}</div>
        <div class="meta"><span>${scopesOf(token)}</span><span>${endOf(token)}</span><span>${token.last_used ? `${t('tokens.lastUsed')} ` : nothing}${lastUse(token)}</span></div></div>
        <k-button small icon="trash" @click=${() => this.#takeBack(token)}>${t('tokens.remove')}</k-button></li>`)}</ul>`}
      ${person?.signIn === 'token' ? html`<p class="quiet">${t('tokens.bySession')}</p>` : html`<div><k-button id="new-token" icon="plus" @click=${() => (this.making = true)}>${t('tokens.make')}</k-button></div>`}
      ${this.making ? html`<koprik-token-make .accounts=${[{ name: person.account, rights: inOrder([...person.rights]) }]} .path=${() => OWN} @changed=${this.#read} @close=${() => (this.making = false)}></koprik-token-make>` : nothing}</div>`;
  }
}
customElements.define('koprik-own-tokens', KoprikOwnTokens);
