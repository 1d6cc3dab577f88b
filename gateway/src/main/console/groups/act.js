import { LitElement, css, html, nothing } from 'lit';
import { del, post } from '../api.js';
import { attempt } from '../kit/attempt.js';
import { base } from '../kit/base.js';
import { toast } from '../kit/toast.js';
import { t } from '../texts.js';
import { lasts, ordered } from './model.js';
import { memberName } from './words.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/field.js';
import '../kit/problem.js';

/**
 * Changes a group of this centre: `act` is `add`, `remove` (with the `member`) or `dissolve`. Events `close`, and
 * `changed` once it is done.
 */
class KoprikGroupAct extends LitElement {
  static properties = { act: {}, group: { attribute: false }, member: { attribute: false }, centres: { attribute: false }, centre: { state: true }, when: { state: true }, at: { state: true }, wrong: { state: true }, error: { state: true }, busy: { state: true } };
  static styles = [base, css`:host { display: contents; }`];

  constructor() {
    super();
    this.centre = '';
    this.when = 'now';
    this.at = '';
    this.wrong = {};
  }

  /** Centres that are no members and do not become one. */
  get #candidates() {
    const members = new Set(this.group.members.filter((member) => lasts(member)).map((member) => member.identity));
    return this.centres.filter((one) => !members.has(one.identity));
  }

  #faults() {
    const late = this.when === 'later' && !(Date.parse(this.at) > Date.now());
    return { ...(this.act === 'add' && !this.centre ? { centre: t('groups.centre.missing') } : {}), ...(this.act !== 'dissolve' && late ? { at: t('groups.at.past') } : {}) };
  }

  #sign() {
    this.wrong = this.#faults();
    if (Object.keys(this.wrong).length > 0) {
      return undefined;
    }
    const path = `/api/groups/${encodeURIComponent(this.group.id)}`;
    const moment = this.when === 'later' ? new Date(this.at).toISOString() : undefined;
    const name = this.group.name;
    const centre = this.act === 'add' ? this.centres.find((one) => one.name === this.centre).title : this.member ? memberName(this.member) : '';
    return attempt(this, async () => {
      if (this.act === 'add') {
        await post(`${path}/members`, { centre: this.centre, ...(moment ? { from: moment } : {}) });
      } else if (this.act === 'remove') {
        await del(`${path}/members/${encodeURIComponent(this.member.identity)}`, { query: { until: moment } });
      } else {
        await del(path);
      }
      toast(t(`groups.done.${this.act}`, { name, centre }), { state: 'ok' });
      this.dispatchEvent(new CustomEvent('changed'));
      this.#close();
    });
  }

  #close() {
    this.dispatchEvent(new CustomEvent('close'));
  }

  render() {
    const { act, group } = this;
    const none = act === 'add' && this.#candidates.length === 0;
    return html`<k-dialog open heading=${t(`groups.ask.${act}`, { name: group.name, centre: this.member ? memberName(this.member) : '' })} @close=${this.#close}>
      <div class="stack">
        ${act === 'add' ? this.#add(none) : act === 'remove' ? html`<p>${t('groups.ask.remove.text')}</p>` : html`<p>${t('groups.ask.dissolve.text')}</p><k-banner state="warning">${t('groups.final')}</k-banner>`}
        ${act === 'dissolve' || none ? nothing : this.#moment()}
        ${this.error ? html`<k-problem compact no-retry .error=${this.error}></k-problem>` : nothing}</div>
      <k-button slot="actions" @click=${this.#close}>${t('groups.cancel')}</k-button>
      <k-button slot="actions" id="sign" variant=${act === 'add' ? 'primary' : 'danger'} icon="shield" ?disabled=${none} ?busy=${this.busy} @click=${this.#sign}>${t(`groups.sign.${act}`)}</k-button></k-dialog>`;
  }

  #add(none) {
    if (none) {
      return html`<p>${t('groups.noCandidates')}</p>`;
    }
    const back = ordered(this.group).some((member) => member.standing === 'over' && this.centres.find((one) => one.name === this.centre)?.identity === member.identity);
    return html`<p>${t(this.group.past ? 'groups.ask.add.past' : 'groups.ask.add.text')}</p>
      <k-field type="select" required name="centre" label=${t('groups.centre')} hint=${back ? t('groups.centre.back') : ''} error=${this.wrong.centre ?? ''} .value=${this.centre}
        .options=${[{ value: '', label: t('groups.centre.choose') }, ...this.#candidates.map((one) => ({ value: one.name, label: one.title ?? one.name }))]} @change=${(e) => this.#put({ centre: e.detail.value })}></k-field>`;
  }

  #moment() {
    return html`<k-field type="select" name="when" label=${t(this.act === 'add' ? 'groups.from' : 'groups.until')} .value=${this.when} .options=${['now', 'later'].map((value) => ({ value, label: t(`groups.when.${value}`) }))} @change=${(e) => this.#put({ when: e.detail.value })}></k-field>
      ${this.when === 'later' ? html`<k-field type="datetime" required name="at" label=${t('groups.at')} error=${this.wrong.at ?? ''} .value=${this.at} @change=${(e) => this.#put({ at: e.detail.value })}></k-field>` : nothing}`;
  }

  #put(part) {
    Object.assign(this, part);
    this.wrong = {};
  }
}
customElements.define('koprik-group-act', KoprikGroupAct);
