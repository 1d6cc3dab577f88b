import { LitElement, css, html, nothing } from 'lit';
import { post } from '../api.js';
import { attempt } from '../kit/attempt.js';
import { base } from '../kit/base.js';
import { t } from '../texts.js';
import { ROLES, hasUnits, namesUnits, roleName, unitFields, unitsOf } from './roles.js';
import './one-time.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/field.js';
import '../kit/problem.js';

/** Adds an account and shows its one-time password. Events `close`, and `changed` once it is added. */
class KoprikAccountAdd extends LitElement {
  static properties = { form: { state: true }, made: { state: true }, error: { state: true }, busy: { state: true } };
  static styles = [base, css`:host { display: contents; }`];

  constructor() {
    super();
    this.form = { name: '', role: 'analyst', all: true, units: '', max_tlp: 'TLP:GREEN' };
  }

  #set(name) {
    return (event) => (this.form = { ...this.form, [name]: event.detail.value });
  }

  #add() {
    const { name, role, max_tlp } = this.form;
    return attempt(this, async () => {
      this.made = await post('/api/accounts', { name: name.trim(), role, ...(namesUnits(this.form) ? { units: unitsOf(this.form.units) } : {}), ...(['reader', 'writer'].includes(role) ? { max_tlp } : {}) });
      this.dispatchEvent(new CustomEvent('changed'));
    });
  }

  #close() {
    this.dispatchEvent(new CustomEvent('close'));
  }

  render() {
    const { form, made } = this;
    return html`<k-dialog open heading=${t('operations.add')} @close=${this.#close}>
      ${made ? html`<koprik-one-time .account=${made.account} .secret=${made.one_time_secret}></koprik-one-time>` : html`<div class="stack">
        <k-field autofocus mono required label=${t('operations.add.name')} hint=${t('operations.add.name.hint')} name="name" maxlength="63" .value=${form.name} @input=${this.#set('name')} @enter=${this.#add}></k-field>
        <k-field type="select" label=${t('operations.role')} hint=${t(`roles.is.${form.role}`)} name="role" .value=${form.role} .options=${ROLES.map((role) => ({ value: role, label: roleName(role) }))} @change=${this.#set('role')}></k-field>
        ${hasUnits(form.role) ? unitFields(form, (part) => (this.form = { ...form, ...part })) : nothing}
        ${['reader', 'writer'].includes(form.role) ? html`<k-field type="select" label=${t('operations.add.max_tlp')} .value=${form.max_tlp} .options=${['TLP:CLEAR', 'TLP:GREEN', 'TLP:AMBER', 'TLP:AMBER+STRICT'].map((value) => ({ value, label: value }))} @change=${this.#set('max_tlp')}></k-field>` : nothing}
        ${this.error ? html`<k-problem compact no-retry .error=${this.error}></k-problem>` : nothing}</div>`}
      ${made
        ? html`<k-button slot="actions" variant="primary" @click=${this.#close}>${t('operations.oneTime.kept')}</k-button>`
        : html`<k-button slot="actions" variant="primary" icon="plus" ?busy=${this.busy} ?disabled=${!form.name.trim()} @click=${this.#add}>${t('operations.add.do')}</k-button>`}
    </k-dialog>`;
  }
}
customElements.define('koprik-account-add', KoprikAccountAdd);
