import { LitElement, css, html, nothing } from 'lit';
import { post } from '../api.js';
import { attempt } from '../kit/attempt.js';
import { base } from '../kit/base.js';
import { toast } from '../kit/toast.js';
import { go } from '../router.js';
import { t } from '../texts.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/field.js';
import '../kit/problem.js';

const MARKINGS = ['clear', 'green', 'amber', 'amber+strict', 'red'];

/** Makes a group of this centre. Events `close`, and `changed` once it is made. */
class KoprikGroupMake extends LitElement {
  static properties = { groups: { attribute: false }, centres: { attribute: false }, form: { state: true }, wrong: { state: true }, error: { state: true }, busy: { state: true } };
  static styles = [base, css`
    :host { display: contents; }
    legend { padding: 0; margin-bottom: var(--space-1); font-weight: 600; }
    .names { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(180px, 100%), 1fr)); gap: 0 var(--space-3); }
  `];

  constructor() {
    super();
    this.form = { name: '', description: '', members: [], past: 'false', tlp: 'green' };
    this.wrong = '';
  }

  #set(part) {
    this.form = { ...this.form, ...part };
    this.wrong = '';
  }

  #make() {
    const { name, description, members, past, tlp } = this.form;
    const called = name.trim();
    this.wrong = !called ? t('groups.name.missing') : this.groups.some((one) => !one.dissolved && one.name === called) ? t('groups.name.taken') : '';
    if (this.wrong) {
      this.renderRoot.querySelector('k-field[name=name]')?.focus();
      return undefined;
    }
    return attempt(this, async () => {
      const group = await post('/api/groups', { name: called, ...(description.trim() ? { description: description.trim() } : {}), members, past: past === 'true', tlp });
      toast(t('groups.done.make', { name: group.name }), { state: 'ok' });
      this.dispatchEvent(new CustomEvent('changed'));
      go('/agreements', { tab: 'groups', group: group.id });
    });
  }

  #close() {
    this.dispatchEvent(new CustomEvent('close'));
  }

  render() {
    const { form } = this;
    const others = this.centres.filter((one) => !one.own);
    return html`<k-dialog open heading=${t('groups.make')} @close=${this.#close}>
      <div class="stack">
        <k-field autofocus required name="name" maxlength="200" label=${t('groups.name')} hint=${t('groups.name.hint')} error=${this.wrong} .value=${form.name} @input=${(e) => this.#set({ name: e.detail.value })}></k-field>
        <k-field type="textarea" rows="2" name="description" maxlength="5000" label=${t('groups.description')} .value=${form.description} @input=${(e) => this.#set({ description: e.detail.value })}></k-field>
        <fieldset><legend>${t('groups.members')}</legend>
          ${others.length === 0 ? html`<p class="quiet">${t('groups.noPartners')}</p>` : html`<div class="names">${others.map((one) => html`<k-field type="checkbox" data-centre=${one.name} label=${one.title ?? one.name} .value=${form.members.includes(one.name)}
            @change=${(e) => this.#set({ members: e.detail.value ? [...form.members, one.name] : form.members.filter((name) => name !== one.name) })}></k-field>`)}</div>`}
          <p class="meta">${t('groups.members.hint')}</p></fieldset>
        <k-field type="select" name="past" label=${t('groups.past')} hint=${t('groups.past.final')} .value=${form.past} .options=${['false', 'true'].map((value) => ({ value, label: t(value === 'true' ? 'groups.past.yes' : 'groups.past.no') }))} @change=${(e) => this.#set({ past: e.detail.value })}></k-field>
        <k-field type="select" name="tlp" label=${t('groups.tlp')} hint=${t('groups.tlp.hint')} .value=${form.tlp} .options=${MARKINGS.map((value) => ({ value, label: `TLP:${value.toUpperCase()}` }))} @change=${(e) => this.#set({ tlp: e.detail.value })}></k-field>
        ${this.error ? html`<k-problem compact no-retry .error=${this.error}></k-problem>` : nothing}</div>
      <k-button slot="actions" @click=${this.#close}>${t('groups.cancel')}</k-button>
      <k-button slot="actions" id="make" variant="primary" icon="plus" ?busy=${this.busy} @click=${this.#make}>${t('groups.sign.make')}</k-button></k-dialog>`;
  }
}
customElements.define('koprik-group-make', KoprikGroupMake);
