import { LitElement, css, html, nothing } from 'lit';
import { del, patch, post } from '../api.js';
import { attempt } from '../kit/attempt.js';
import { base } from '../kit/base.js';
import { toast } from '../kit/toast.js';
import { t } from '../texts.js';
import { ROLES, hasUnits, namesUnits, roleName, unitFields, unitsOf } from './roles.js';
import './one-time.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/field.js';
import '../kit/problem.js';

/** What an administrator changes of an account: role and units, password, second factor, disabled, removed. Event `changed`. */
class KoprikAccountChange extends LitElement {
  static properties = { account: { attribute: false }, form: { state: true }, made: { state: true }, asked: { state: true }, error: { state: true }, busy: { state: true } };
  static styles = [base, css`:host { display: block; }`];

  willUpdate(changed) {
    if (changed.has('account') && changed.get('account')?.name !== this.account.name) {
      this.form = { role: this.account.role, all: !this.account.units, units: (this.account.units ?? []).join('\n') };
      this.made = null;
      this.error = null;
    }
  }

  get #path() {
    return `/api/accounts/${encodeURIComponent(this.account.name)}`;
  }

  #do(work, done) {
    return attempt(this, async () => {
      await work();
      if (done) {
        toast(t(`operations.change.${done}`, { name: this.account.name }), { state: 'ok' });
      }
      this.dispatchEvent(new CustomEvent('changed'));
    });
  }

  #save() {
    const { role, units } = this.form;
    return this.#do(() => patch(this.#path, { role, ...(namesUnits(this.form) ? { units: unitsOf(units) } : { all_units: true }) }), 'saved');
  }

  #sure() {
    const what = this.asked;
    this.asked = '';
    return this.#do(async () => {
      if (what === 'secret') {
        this.made = (await post(`${this.#path}/secret`)).one_time_secret;
      } else if (what === 'factor') {
        await del(`${this.#path}/second-factor`);
      } else if (what === 'remove') {
        await del(this.#path);
      } else {
        await patch(this.#path, { disabled: what === 'disable' });
      }
    }, what === 'secret' ? '' : what);
  }

  render() {
    const { account, form } = this;
    const ask = (what, icon, variant = 'secondary') => html`<k-button small id=${what} icon=${icon} variant=${variant} ?busy=${this.busy} @click=${() => (this.asked = what)}>${t(`operations.ask.${what}`)}</k-button>`;
    return html`<div class="stack">
      <k-field type="select" label=${t('operations.role')} hint=${t(`roles.is.${form.role}`)} name="role" .value=${form.role} .options=${ROLES.map((role) => ({ value: role, label: roleName(role) }))} @change=${(e) => (this.form = { ...form, role: e.detail.value })}></k-field>
      ${hasUnits(form.role) ? unitFields(form, (part) => (this.form = { ...form, ...part })) : nothing}
      <div class="row"><k-button id="save" variant="primary" ?busy=${this.busy} @click=${this.#save}>${t('operations.save')}</k-button></div>
      ${this.made ? html`<koprik-one-time .account=${account.name} .secret=${this.made}></koprik-one-time>` : nothing}
      ${this.error ? html`<k-problem compact no-retry .error=${this.error}></k-problem>` : nothing}
      <div class="row">${ask('secret', 'refresh')}${ask('factor', 'shield')}${account.disabled ? ask('enable', 'check') : ask('disable', 'lock')}${ask('remove', 'trash', 'danger')}</div>
      <k-dialog ?open=${Boolean(this.asked)} heading=${this.asked ? `${t(`operations.ask.${this.asked}`)}: ${account.name}` : ''} @close=${() => (this.asked = '')}>
        <p>${this.asked ? t(`operations.ask.${this.asked}.text`) : nothing}</p>
        <k-button slot="actions" @click=${() => (this.asked = '')}>${t('operations.cancel')}</k-button>
        <k-button slot="actions" variant=${this.asked === 'remove' ? 'danger' : 'primary'} @click=${this.#sure}>${this.asked ? t(`operations.ask.${this.asked}`) : nothing}</k-button>
      </k-dialog></div>`;
  }
}
customElements.define('koprik-account-change', KoprikAccountChange);
