import { LitElement, css, html, nothing } from 'lit';
import { post } from '../api.js';
import { attempt } from '../kit/attempt.js';
import { base } from '../kit/base.js';
import { t } from '../texts.js';
import { rightName } from './names.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/copy.js';
import '../kit/dialog.js';
import '../kit/field.js';
import '../kit/problem.js';

const TERMS = ['30', '90', '365'];
const MOST_DAYS = 3650;
/** How a program sends a token (RFC 6750, section 2.1). */
const HEADER = 'Authorization: Bearer …';

/**
 * Makes a token and shows it once. `accounts=[{name, rights}]` for whom; one of them leaves no choice. `path` gives the
 * route of an account. Events `close`, and `changed` once it is made.
 */
class KoprikTokenMake extends LitElement {
  static properties = { accounts: { attribute: false }, path: { attribute: false }, form: { state: true }, made: { state: true }, tried: { state: true }, error: { state: true }, busy: { state: true } };
  static styles = [base, css`
    :host { display: contents; }
    .secret { display: flex; gap: var(--space-2); align-items: center; padding: var(--space-2) var(--space-3); border-radius: var(--radius); background: var(--surface-sunken); }
    .secret code { flex: 1; font-size: 16px; }
    fieldset { display: grid; gap: 0; }
    legend { padding: 0; font-weight: 600; margin-bottom: var(--space-1); }
    .error { color: var(--danger-text); font: var(--text-meta); }
  `];

  constructor() {
    super();
    this.form = { account: '', label: '', term: '90', days: '', some: true, scopes: {} };
  }

  get #account() {
    return this.accounts.find((one) => one.name === this.form.account) ?? this.accounts[0];
  }

  #put(part) {
    this.form = { ...this.form, ...part };
  }

  /** What is wrong, by field. */
  get #faults() {
    const { label, term, days, some } = this.form;
    return {
      ...(label.trim() ? {} : { label: t('tokens.fault.label') }),
      ...(term === 'other' && !(/^\d+$/.test(days) && Number(days) >= 1 && Number(days) <= MOST_DAYS) ? { days: t('tokens.fault.days', { most: MOST_DAYS }) } : {}),
      ...(some && this.#scopes.length === 0 ? { scopes: t('tokens.fault.scopes') } : {}),
    };
  }

  get #scopes() {
    return this.#account.rights.filter((right) => this.form.scopes[right]);
  }

  #make() {
    this.tried = true;
    if (Object.keys(this.#faults).length > 0) {
      return undefined;
    }
    const { label, term, days, some } = this.form;
    return attempt(this, async () => {
      this.made = await post(this.path(this.#account.name), {
        label: label.trim(),
        ...(term === 'endless' ? {} : { days: Number(term === 'other' ? days : term) }),
        ...(some ? { scopes: this.#scopes } : {}),
      });
      this.dispatchEvent(new CustomEvent('changed'));
    });
  }

  #close() {
    this.dispatchEvent(new CustomEvent('close'));
  }

  render() {
    const { made } = this;
    return html`<k-dialog open heading=${made ? t('tokens.made') : t('tokens.make')} @close=${this.#close}>
      ${made ? html`<div class="stack"><k-banner state="warning">${t('tokens.once', { label: made.label, account: made.account })}</k-banner>
        <div class="secret" translate="no"><code>${made.token}</code><k-copy .value=${made.token} what=${t('tokens.copy')}></k-copy></div>
        <p class="quiet">${t('tokens.how')} <code>${HEADER}</code></p></div>` : this.#fields()}
      ${made ? html`<k-button slot="actions" id="kept" variant="primary" @click=${this.#close}>${t('tokens.kept')}</k-button>`
        : html`<k-button slot="actions" @click=${this.#close}>${t('tokens.cancel')}</k-button><k-button slot="actions" id="make" variant="primary" icon="key" ?busy=${this.busy} @click=${this.#make}>${t('tokens.make.do')}</k-button>`}
    </k-dialog>`;
  }

  #fields() {
    const { form } = this;
    const faults = this.tried ? this.#faults : {};
    return html`<div class="stack">
      ${this.accounts.length > 1 ? html`<k-field type="select" name="account" label=${t('tokens.account')} .value=${this.#account.name} .options=${this.accounts.map((one) => ({ value: one.name, label: one.name }))} @change=${(e) => this.#put({ account: e.detail.value, scopes: {} })}></k-field>` : nothing}
      <k-field autofocus required name="label" maxlength="100" label=${t('tokens.label')} hint=${t('tokens.label.hint')} .error=${faults.label ?? ''} .value=${form.label} @input=${(e) => this.#put({ label: e.detail.value })} @enter=${this.#make}></k-field>
      <k-field type="select" name="some" label=${t('tokens.scopes')} .value=${form.some ? 'some' : 'all'} .options=${['some', 'all'].map((value) => ({ value, label: t(`tokens.scopes.${value}`) }))} @change=${(e) => this.#put({ some: e.detail.value === 'some' })}></k-field>
      ${form.some ? html`<fieldset><legend>${t('tokens.scopes.which')}</legend>${this.#account.rights.map((right) => html`<k-field type="checkbox" data-right=${right} label=${rightName(right)} .value=${form.scopes[right] === true} @change=${(e) => this.#put({ scopes: { ...form.scopes, [right]: e.detail.value } })}></k-field>`)}
        ${faults.scopes ? html`<p class="error" role="alert">${faults.scopes}</p>` : nothing}</fieldset>` : html`<p class="quiet">${t('tokens.scopes.all.text')}</p>`}
      <k-field type="select" name="term" label=${t('tokens.term')} .value=${form.term} .options=${[...TERMS.map((days) => ({ value: days, label: t('tokens.days', { count: Number(days) }) })), ...['other', 'endless'].map((value) => ({ value, label: t(`tokens.term.${value}`) }))]} @change=${(e) => this.#put({ term: e.detail.value })}></k-field>
      ${form.term === 'other' ? html`<k-field name="days" inputmode="numeric" maxlength="4" label=${t('tokens.term.days')} .error=${faults.days ?? ''} .value=${form.days} @input=${(e) => this.#put({ days: e.detail.value })}></k-field>` : nothing}
      ${this.error ? html`<k-problem compact no-retry .error=${this.error}></k-problem>` : nothing}</div>`;
  }
}
customElements.define('koprik-token-make', KoprikTokenMake);
