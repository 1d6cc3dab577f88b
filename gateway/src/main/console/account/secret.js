import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { put } from '../api.js';
import { t } from '../texts.js';
import '../kit/button.js';
import '../kit/field.js';
import '../kit/problem.js';

const LEAST = 12;

/** A new password. `current` is the one until now, when the page knows it; event `done`. */
class KoprikSecret extends LitElement {
  static properties = { current: {}, error: { state: true }, busy: { state: true }, faults: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    form { max-width: 420px; }
  `];

  #typed = { current: '', secret: '', again: '' };

  constructor() {
    super();
    this.current = '';
    this.faults = {};
  }

  render() {
    const field = (name, label, options = {}) => html`<k-field type="password" label=${label} hint=${options.hint ?? ''} error=${this.faults[name] ?? ''} .value=${this.#typed[name]}
      autocomplete=${options.autocomplete ?? 'new-password'} name=${name} ?autofocus=${options.autofocus} @input=${(e) => (this.#typed[name] = e.detail.value)} @enter=${this.#set}></k-field>`;
    return html`<form class="stack" @submit=${(e) => e.preventDefault()}>
      ${this.current ? nothing : field('current', t('account.secret.current'), { autocomplete: 'current-password' })}
      ${field('secret', t('account.secret.new'), { hint: t('account.secret.hint', { count: LEAST }), autofocus: Boolean(this.current) })}
      ${field('again', t('account.secret.again'))}
      ${this.error ? html`<k-problem compact no-retry .error=${this.error}></k-problem>` : nothing}
      <div><k-button variant="primary" ?busy=${this.busy} @click=${this.#set}>${t('account.secret.set')}</k-button></div>
    </form>`;
  }

  async #set() {
    const { secret, again } = this.#typed;
    const current = this.current || this.#typed.current;
    this.faults = {
      ...(current ? {} : { current: t('account.missing') }),
      ...(secret.length < LEAST ? { secret: t('account.secret.hint', { count: LEAST }) } : {}),
      ...(secret === again ? {} : { again: t('account.secret.differs') }),
    };
    if (this.busy || Object.keys(this.faults).length > 0) {
      return;
    }
    this.busy = true;
    this.error = null;
    try {
      await put('/api/account/secret', { current, secret });
      this.#typed = { current: '', secret: '', again: '' };
      this.dispatchEvent(new CustomEvent('done'));
    } catch (failure) {
      this.error = failure;
    } finally {
      this.busy = false;
    }
  }
}
customElements.define('koprik-secret', KoprikSecret);
