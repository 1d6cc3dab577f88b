import { LitElement, css, html, nothing } from 'lit';
import { attempt } from '../kit/attempt.js';
import { base } from '../kit/base.js';
import { toast } from '../kit/toast.js';
import { post } from '../api.js';
import { link } from '../router.js';
import { may } from '../session.js';
import { count } from '../format.js';
import { t } from '../texts.js';
import { ROLES, TLPS, isConflict, options, roleWord, sendTo } from './model.js';
import '../desk/forecast.js';
import '../kit/badge.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/field.js';
import '../kit/id.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/time.js';
import '../kit/tlp.js';

const tlpOf = (label) => label.replace(/^TLP:/i, '').toLowerCase();

/** What was shared of a case and what was taken back. Events `changed` (detail: the case), `conflict`. */
class KoprikCaseShares extends LitElement {
  static properties = { file: { attribute: false }, fixed: { type: Boolean }, asked: { state: true }, busy: { state: true }, error: { state: true } };
  static styles = [base, css`
    :host { display: grid; gap: var(--space-3); grid-template-columns: minmax(0, 1fr); }
    li.share { display: grid; gap: var(--space-2); padding: var(--space-3) 0; border-top: 1px solid var(--border); }
    li.share:first-child { border-top: 0; }
    .objects li { display: flex; flex-wrap: wrap; gap: var(--space-2); align-items: center; padding: 2px 0; }
    summary { min-height: 24px; padding: 2px 0; cursor: pointer; }
  `];

  render() {
    if (this.file.shares.length === 0) {
      return html`<p class="quiet">${t('cases.share.none')}</p>`;
    }
    return html`${this.error ? html`<k-problem compact no-retry .error=${this.error}></k-problem>` : nothing}
      <ul>${this.file.shares.map((share, at) => this.#share(share, at + 1))}</ul>
      <k-dialog ?open=${Boolean(this.asked)} heading=${t('cases.share.withdraw.heading')} @close=${() => (this.asked = 0)}>
        <p>${t('cases.share.withdraw.text')}</p>
        <k-button slot="actions" @click=${() => (this.asked = 0)}>${t('cases.cancel')}</k-button>
        <k-button slot="actions" variant="danger" ?busy=${this.busy} @click=${this.#withdraw}>${t('cases.share.withdraw')}</k-button>
      </k-dialog>`;
  }

  #share(share, number) {
    const back = new Map((share.withdrawals ?? []).flatMap((one) => one.objects.map((id) => [id, one])));
    const left = share.objects.filter((id) => !back.has(id)).length;
    return html`<li class="share">
      <div class="row"><k-tlp marking=${tlpOf(share.tlp)}></k-tlp><strong>${share.parts}</strong>${left === 0 ? html`<k-badge icon="undo">${t('cases.share.gone')}</k-badge>` : back.size > 0 ? html`<k-badge state="notice">${t('cases.share.partly', { count: back.size })}</k-badge>` : nothing}</div>
      <div class="row meta"><span>${t('cases.share.by', { who: share.by })}</span><k-time inline .at=${share.at}></k-time>${share.from_case ? html`<a href=${link(['cases', share.from_case])}>${t('cases.from', { number: share.from_case })}</a>` : nothing}</div>
      ${(share.withdrawals ?? []).map((one) => html`<div class="row meta"><span>${t('cases.share.back', { who: one.by, count: one.objects.length })}</span><k-time inline .at=${one.at}></k-time></div>`)}
      <details ?open=${this.fixed}><summary>${t('cases.share.objects', { count: share.objects.length })}</summary><ul class="objects">${share.objects.map((id) => html`<li><a href=${link(['objects', id])}>${id.split('--')[0]}</a><k-id .value=${id}></k-id>${back.has(id) ? html`<k-badge icon="undo">${t('cases.share.gone')}</k-badge>` : nothing}</li>`)}</ul></details>
      ${this.fixed || left === 0 || !may('write') ? nothing : html`<div><k-button small icon="undo" @click=${() => (this.asked = number)}>${t('cases.share.withdraw')}</k-button></div>`}
    </li>`;
  }

  async #withdraw() {
    this.busy = true;
    this.error = null;
    try {
      const answer = await sendTo(this.file, `/shares/${this.asked}/withdraw`, {});
      toast(t('cases.share.withdrawn'), { state: 'ok' });
      this.dispatchEvent(new CustomEvent('changed', { detail: answer.case }));
    } catch (failure) {
      if (isConflict(failure)) {
        this.dispatchEvent(new CustomEvent('conflict'));
      } else {
        this.error = failure;
      }
    } finally {
      this.busy = false;
      this.asked = 0;
    }
  }
}
customElements.define('koprik-case-shares', KoprikCaseShares);

/** Shares a part of a case: first what would be made and who would receive it. Event `done` with the case. */
class KoprikCaseShare extends LitElement {
  static properties = { file: { attribute: false }, form: { state: true }, preview: { state: true }, who: { state: true }, error: { state: true }, busy: { state: true } };
  static styles = [base, css`
    .two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(220px, 100%), 1fr)); gap: var(--space-4); align-items: start; }
    fieldset legend { font-weight: 600; padding: 0; margin-bottom: var(--space-1); }
  `];

  constructor() {
    super();
    this.form = { tlp: 'amber', roles: ['infrastructure', 'money-trail'], as: 'indicators', name: '', summary: '', number: false };
  }

  #set(part) {
    this.form = { ...this.form, ...part };
    this.preview = null;
  }

  #chosen() {
    return this.file.values.filter((one) => this.form.roles.includes(one.role ?? 'none'));
  }

  #body(preview) {
    const { tlp, as, name, summary, number } = this.form;
    const roles = this.form.roles.filter((role) => role !== 'none' && this.file.values.some((one) => one.role === role));
    const others = this.#chosen().filter((one) => !one.role).map((one) => one.value);
    return {
      tlp, preview, as: as === 'both' ? ['indicators', 'observed-data'] : [as], ...(roles.length > 0 ? { roles } : {}), ...(others.length > 0 ? { values: others } : {}), victims: roles.includes('victim'),
      ...(name.trim() ? { name } : {}), ...(summary.trim() ? { summary } : {}), case_number: number,
    };
  }

  #look() {
    return attempt(this, async () => {
      const preview = await sendTo(this.file, '/shares', this.#body(true));
      this.who = await post('/api/release-previews', { objects: preview.objects.map((one) => one.object) });
      this.preview = preview;
      await this.updateComplete;
      this.renderRoot.querySelector('section')?.scrollIntoView({ block: 'nearest' });
    });
  }

  #share() {
    return attempt(this, async () => this.#done((await sendTo(this.file, '/shares', this.#body(false))).case));
  }

  #done(detail) {
    this.dispatchEvent(new CustomEvent('done', { detail }));
  }

  render() {
    const { form } = this;
    const groups = [...ROLES, 'none'].map((role) => ({ role, count: this.file.values.filter((one) => (one.role ?? 'none') === role).length })).filter((one) => one.count > 0);
    return html`<k-dialog wide open heading=${t('cases.share.heading', { number: this.file.number })} @close=${() => this.#done()}>
      <div class="stack">
        <p>${t('cases.share.text')}</p>
        ${isConflict(this.error) ? html`<k-banner state="warning">${t('cases.conflict')}<k-button slot="action" @click=${() => this.#done({ again: true })}>${t('cases.conflict.show')}</k-button></k-banner>`
          : this.error ? html`<k-problem compact no-retry .error=${this.error}></k-problem>` : nothing}
        <div class="two">
          <fieldset><legend>${t('cases.share.values')}</legend>${groups.map(({ role, count: many }) => html`
            <k-field type="checkbox" label=${`${roleWord(role === 'none' ? undefined : role)} (${count(many)})`} hint=${role === 'victim' ? t('cases.share.victims') : ''} .value=${form.roles.includes(role)}
              @change=${(e) => this.#set({ roles: e.detail.value ? [...form.roles, role] : form.roles.filter((one) => one !== role) })}></k-field>`)}
          </fieldset>
          <div class="stack">
            <k-field type="select" label="TLP" .value=${form.tlp} .options=${options(TLPS, (one) => `TLP:${one.toUpperCase()}`)} @change=${(e) => this.#set({ tlp: e.detail.value })}></k-field>
            <k-field type="select" label=${t('cases.share.as')} .value=${form.as} .options=${options(['indicators', 'observed-data', 'both'], (one) => t(`cases.share.as.${one}`))} @change=${(e) => this.#set({ as: e.detail.value })}></k-field>
          </div>
        </div>
        <k-field label=${t('cases.share.name')} hint=${t('cases.share.name.hint')} .value=${form.name} @input=${(e) => this.#set({ name: e.detail.value })}></k-field>
        <k-field type="textarea" rows="3" label=${t('cases.share.summary')} hint=${t('cases.share.summary.hint')} .value=${form.summary} @input=${(e) => this.#set({ summary: e.detail.value })}></k-field>
        <k-field type="checkbox" label=${t('cases.share.number')} .value=${form.number} @change=${(e) => this.#set({ number: e.detail.value })}></k-field>
        ${this.busy && !this.preview ? html`<k-skeleton lines="3"></k-skeleton>` : nothing}
        ${this.preview ? this.#told() : nothing}
      </div>
      <k-button slot="actions" @click=${() => this.#done()}>${t('cases.cancel')}</k-button>
      ${this.preview
        ? html`<k-button slot="actions" variant="primary" icon="share" ?busy=${this.busy} @click=${this.#share}>${t('cases.share.do')}</k-button>`
        : html`<k-button slot="actions" variant="primary" ?busy=${this.busy} @click=${this.#look}>${t('cases.share.preview')}</k-button>`}
    </k-dialog>`;
  }

  #told() {
    const types = new Map();
    this.preview.objects.forEach(({ id }) => types.set(id.split('--')[0], (types.get(id.split('--')[0]) ?? 0) + 1));
    return html`<section class="stack"><h3>${t('cases.share.made')}</h3><p>${[...types].map(([type, many]) => `${type}: ${count(many)}`).join(' · ')}</p>
      <h3>${t('cases.share.who')}</h3>
      ${this.who.held > 0 ? html`<k-banner state="warning" icon="shield">${t('desk.held', { count: this.who.held })}</k-banner>` : nothing}
      <koprik-forecast .partners=${this.who.partners} .all=${this.who.objects}></koprik-forecast></section>`;
  }
}
customElements.define('koprik-case-share', KoprikCaseShare);
