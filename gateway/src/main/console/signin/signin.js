import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { ApiError, address, get, post } from '../api.js';
import { current } from '../router.js';
import { needs, renew } from '../session.js';
import { t } from '../texts.js';
import '../account/second.js';
import '../account/secret.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/field.js';
import '../kit/problem.js';
import '../kit/skeleton.js';

/** Why a sign-in by a provider is refused, as its page of return says. */
const REFUSALS = new Set(['sign-in-expired', 'sign-in-failed', 'sign-in-provider-away', 'sign-in-refused', 'no-role-here', 'no-sign-in-provider']);

/** Signing in: name and password, then a code, an own password or a second factor when the account needs them. */
class KoprikSignIn extends LitElement {
  static properties = { route: { attribute: false }, page: { state: true }, step: { state: true }, error: { state: true }, busy: { state: true }, faults: { state: true } };
  static styles = [base, css`
    .place { max-width: 420px; margin: min(10vh, 80px) auto 0; }
    .place.wide { max-width: 680px; margin-top: var(--space-4); }
    .card { padding: var(--space-5); }
    .providers { display: grid; gap: var(--space-2); }
    .or { display: flex; align-items: center; gap: var(--space-3); }
    .or::before, .or::after { content: ''; flex: 1; border-top: 1px solid var(--border); }
  `];

  #typed = { account: '', secret: '', code: '' };

  constructor() {
    super();
    this.step = needs() || 'password';
    this.faults = {};
  }

  connectedCallback() {
    super.connectedCallback();
    this.#read();
  }

  async #read() {
    this.error = null;
    try {
      this.page = await get('/api/sign-in');
    } catch (failure) {
      this.error = failure;
    }
  }

  render() {
    if (!this.page) {
      return html`<div class="place">${this.error ? html`<k-problem .error=${this.error} @retry=${this.#read}></k-problem>` : html`<k-skeleton lines="5"></k-skeleton>`}</div>`;
    }
    return html`<div class="place ${this.step === 'second_factor' ? 'wide' : ''}"><section class="card stack">
      <div><p class="meta">Koprik</p><h1>${this.page.title}</h1></div>
      ${this.#step()}
    </section></div>`;
  }

  #step() {
    switch (this.step) {
      case 'code':
        return this.#form(t('signin.code.text'), [this.#field('code', t('signin.code'), { hint: t('signin.code.hint'), autocomplete: 'one-time-code', autofocus: true, mono: true })], true);
      case 'own_secret':
        return html`<k-banner state="notice" icon="key">${t('signin.own')}</k-banner><koprik-secret .current=${this.#typed.secret} @done=${this.#enter}></koprik-secret>`;
      case 'second_factor':
        return html`<k-banner state="notice" icon="shield">${t('signin.second')}</k-banner><koprik-second-factor begin @done=${this.#enter}></koprik-second-factor>`;
      default:
        return html`${this.#refusal()}${this.#form('', [
          this.#field('account', t('signin.account'), { autocomplete: 'username', autofocus: true }),
          this.#field('secret', t('signin.secret'), { type: 'password', autocomplete: 'current-password' }),
        ])}${this.#providers()}`;
    }
  }

  #form(text, fields, back = false) {
    return html`<form class="stack" @submit=${(e) => e.preventDefault()}>
      ${text ? html`<p>${text}</p>` : nothing}
      ${fields}
      ${this.error ? html`<k-problem compact no-retry .error=${this.error}></k-problem>` : nothing}
      <div class="row"><k-button id="go" variant="primary" ?busy=${this.busy} @click=${this.#signIn}>${t('signin.go')}</k-button>
        ${back ? html`<k-button variant="quiet" @click=${this.#back}>${t('signin.back')}</k-button>` : nothing}</div>
    </form>`;
  }

  #field(name, label, { type = 'text', hint = '', autocomplete, autofocus = false, mono = false }) {
    return html`<k-field type=${type} name=${name} label=${label} hint=${hint} error=${this.faults[name] ?? ''} autocomplete=${autocomplete} ?autofocus=${autofocus} ?mono=${mono} maxlength="1000"
      .value=${this.#typed[name]} @input=${(e) => (this.#typed[name] = e.detail.value)} @enter=${this.#signIn}></k-field>`;
  }

  #refusal() {
    const { path, query } = current();
    return path === '/signin' && REFUSALS.has(query.problem) && !this.error
      ? html`<k-problem compact no-retry .error=${new ApiError({ status: 403, code: query.problem })}></k-problem>`
      : nothing;
  }

  #providers() {
    if (this.page.providers.length === 0) {
      return nothing;
    }
    const { path, query } = current();
    const to = path === '/signin' ? query.to : location.hash.slice(1);
    return html`<p class="or meta">${t('signin.or')}</p><div class="providers">
      ${this.page.providers.map((one) => html`<k-button icon="external" href=${address(one.start, { to }).href}>${t('signin.with', { provider: one.label })}</k-button>`)}</div>`;
  }

  #back() {
    this.#typed = { ...this.#typed, secret: '', code: '' };
    this.error = null;
    this.step = 'password';
  }

  async #signIn() {
    const wanted = this.step === 'code' ? ['code'] : ['account', 'secret'];
    this.faults = Object.fromEntries(wanted.filter((name) => !this.#typed[name].trim()).map((name) => [name, t('account.missing')]));
    if (this.busy || Object.keys(this.faults).length > 0) {
      return;
    }
    this.busy = true;
    this.error = null;
    const { account, secret, code } = this.#typed;
    try {
      const begun = await post('/api/session', { account: account.trim(), secret, ...(code.trim() ? { code: code.trim() } : {}) });
      if (begun.needs) {
        this.step = begun.needs;
      } else {
        await this.#enter();
      }
    } catch (failure) {
      if (failure.code === 'second-factor-needed') {
        this.step = 'code';
      } else if (failure.code === 'not-authenticated') {
        this.faults = { secret: t('signin.wrong') };
      } else {
        this.error = failure;
      }
    } finally {
      this.busy = false;
    }
  }

  /** The frame shows the screen at which the person was; a second thing to do is shown here. */
  async #enter() {
    try {
      await renew();
      this.#typed = { account: '', secret: '', code: '' };
      this.step = 'password';
    } catch (failure) {
      if (needs()) {
        this.step = needs();
      } else {
        this.error = failure;
        this.step = 'password';
      }
    }
  }
}
customElements.define('koprik-signin', KoprikSignIn);
