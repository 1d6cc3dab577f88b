import { LitElement, css, html, nothing } from 'lit';
import { get, post } from '../api.js';
import { attempt } from '../kit/attempt.js';
import { base } from '../kit/base.js';
import { articleName } from '../reasons/reasons.js';
import { go, link } from '../router.js';
import { may } from '../session.js';
import { toast } from '../kit/toast.js';
import { t } from '../texts.js';
import { draftOf, faults, formOf, found, fresh, proposal, textOf, withField } from './draft.js';
import { MARKINGS, changeable, group, others, versionsWith } from './model.js';
import './articles.js';
import './kinds.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/empty.js';
import '../kit/field.js';
import '../kit/icon.js';
import '../kit/problem.js';
import '../kit/skeleton.js';

/**
 * A proposal, article by article: a new one, one from the settings (`?from=settings`), or the change of a version
 * (`?from=change&version=`), or a new one of a group (`?from=group`). What is signed is shown as a whole before. Event `changed` once it is signed.
 */
class KoprikAgreementForm extends LitElement {
  static properties = { answer: { attribute: false }, terms: { attribute: false }, own: { attribute: false }, route: { attribute: false }, form: { state: true }, wrong: { state: true }, review: { state: true }, unread: { state: true }, error: { state: true }, busy: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    .back { display: inline-flex; align-items: center; gap: 6px; min-height: 24px; }
    .page { display: grid; gap: var(--space-4); max-width: 880px; }
    section.article { display: grid; grid-template-columns: 36px minmax(0, 1fr); gap: 0 var(--space-3); scroll-margin-top: 80px; }
    section.article > .no { font: var(--text-title); color: var(--text-quiet); text-align: end; }
    section.article > div { display: grid; gap: var(--space-3); min-width: 0; }
    section.wrong { border-color: var(--danger-border); }
    .two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(240px, 100%), 1fr)); gap: var(--space-3) var(--space-4); align-items: start; }
    .faults { display: grid; gap: 2px; margin-top: var(--space-1); }
    .faults button { padding: 0; border: 0; background: none; color: inherit; text-align: start; text-decoration: underline; cursor: pointer; min-height: 24px; }
    fieldset { display: grid; gap: var(--space-1); padding: var(--space-3); border: 1px solid var(--border); border-radius: var(--radius); }
    legend { padding: 0 var(--space-1); font-weight: 600; }
    .error { color: var(--danger-text); font: var(--text-meta); }
    .paper { border: 1px solid var(--border-strong); border-radius: var(--radius); padding: 0 var(--space-2); }
    @media (max-width: 560px) { section.article { grid-template-columns: minmax(0, 1fr); } section.article > .no { text-align: start; } }
  `];

  constructor() {
    super();
    this.wrong = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.#begin();
  }

  get #versions() {
    return versionsWith(this.answer, this.terms.partner);
  }

  /** The version that is changed; none for a new agreement. */
  get #base() {
    return this.route.query.from === 'group' ? undefined : changeable(this.#versions);
  }

  /** The titles of all other parties. */
  get #centres() {
    return [this.terms.title, ...(this.#base ? [others({ parties: this.#further }, '')] : Object.keys(this.form.with).map((name) => this.#title(name)))].filter(Boolean).join(', ');
  }

  /** The parties that a change keeps, besides the two. */
  get #further() {
    return (this.#base?.text.parties ?? []).filter((party) => ![this.own.name, this.terms.partner].includes(party.name));
  }

  /** The contacts of the parties that a change keeps; none when one of them is unknown here, since the centre then says so. */
  get #kept() {
    const known = this.#further.every(({ name }) => this.answer.partners.some((one) => one.partner === name));
    return Object.fromEntries(known ? this.#further.map(({ name, contacts }) => [name, contacts.join('\n')]) : []);
  }

  #title(name) {
    return this.answer.partners.find((one) => one.partner === name)?.title ?? name;
  }

  /** Takes a further party in, with the contacts of its card, or out. */
  async #with(partner, yes) {
    const { [partner]: known, ...rest } = this.form.with;
    this.#put('with', yes ? { ...rest, [partner]: known ?? '' } : rest);
    if (yes) {
      await attempt(this, async () => {
        const { draft } = await get(`/api/agreement-drafts/${encodeURIComponent(partner)}`);
        if (this.form.with[partner] === '') {
          this.#put('with', { ...this.form.with, [partner]: draft.partner_contacts.join('\n') });
        }
      });
    }
  }

  /** What the form begins with. */
  async #begin() {
    this.unread = null;
    const { from, version } = this.route.query;
    const base = this.#versions.find((one) => one.sha256 === version) ?? changeable(this.#versions);
    try {
      if (!['settings', 'group'].includes(from) && base && (from === 'change' || changeable(this.#versions))) {
        const ended = !changeable(this.#versions);
        const draft = draftOf(base.text, this.own.name);
        const form = formOf(ended ? { ...draft, valid_from: undefined, valid_until: undefined } : draft, this.answer.kinds);
        this.form = ended ? form : { ...form, with: this.#kept };
      } else {
        const { draft } = await get(`/api/agreement-drafts/${encodeURIComponent(this.terms.partner)}`);
        this.form = formOf(from === 'settings' ? draft : { ...fresh(draft), kinds: Object.fromEntries(this.answer.kinds.map((one) => [one.kind, !one.personal])) }, this.answer.kinds);
      }
    } catch (failure) {
      this.unread = failure;
    }
  }

  #set(name) {
    // Of a select, the browser's own event comes as well, without a value.
    return (event) => event.detail?.value !== undefined && this.#put(name, event.detail.value);
  }

  #put(name, value) {
    this.form = { ...this.form, [name]: value };
    this.wrong = this.wrong.filter((one) => one.field !== name);
  }

  #check() {
    this.wrong = faults(this.form);
    this.error = null;
    if (this.wrong.length === 0) {
      this.review = proposal(this.form);
    } else {
      this.updateComplete.then(() => this.renderRoot.querySelector('#faults')?.scrollIntoView({ block: 'center' }));
    }
  }

  #sign() {
    const base = this.#base;
    return attempt(this, async () => {
      try {
        await post('/api/agreements', { partner: this.terms.partner, ...(base ? { change: base.id } : {}), ...this.review });
      } catch (failure) {
        this.wrong = found(failure, this.review.with);
        if (this.wrong.length > 0) {
          this.review = null;
          return;
        }
        throw failure;
      }
      toast(t('agreements.done.propose', { centre: this.#centres }), { state: 'ok' });
      this.dispatchEvent(new CustomEvent('changed'));
      go(['agreements', this.terms.partner]);
    });
  }

  render() {
    const back = html`<a class="back" href=${link(['agreements', this.terms.partner])}><k-icon name="back"></k-icon>${this.terms.title}</a>`;
    if (!may('operate')) {
      return html`${back}<k-empty icon="lock" heading=${t('frame.forbidden')} text=${t('frame.right.operate')}></k-empty>`;
    }
    if (!this.form) {
      return html`${back}${this.unread ? html`<k-problem .error=${this.unread} @retry=${() => this.#begin()}></k-problem>` : html`<k-skeleton rows="8"></k-skeleton>`}`;
    }
    const base = this.#base;
    return html`<div class="page"><div>${back}<h1>${t(base ? 'agreements.form.change' : 'agreements.form.new', { centre: this.terms.title })}</h1>
      <p class="quiet">${t(base ? 'agreements.form.change.text' : 'agreements.form.new.text', { centre: this.terms.title })}</p></div>
      ${this.wrong.length ? html`<k-banner id="faults" state="danger">${t('agreements.faults', { count: this.wrong.length })}
        <ul class="faults">${this.wrong.map((one) => html`<li><button type="button" @click=${() => this.#focus(one)}>${t('agreements.fault', { number: String(one.article), name: articleName(one.article) })}</button> <span lang=${one.lang ?? nothing}>${one.text}</span></li>`)}</ul></k-banner>` : nothing}
      ${this.#articles()}
      <div class="row"><k-button id="review" variant="primary" icon="show" @click=${this.#check}>${t('agreements.review')}</k-button><k-button href=${link(['agreements', this.terms.partner])}>${t('agreements.cancel')}</k-button></div></div>
      ${this.review ? this.#whole() : nothing}`;
  }

  #focus({ article, field }) {
    const section = this.renderRoot.querySelector(`section[data-article='${article}']`);
    section?.scrollIntoView({ block: 'center' });
    (section?.querySelector(`k-field[name='${field}']`) ?? section?.querySelector('koprik-agreement-kinds')?.renderRoot.querySelector('k-field'))?.focus();
  }

  #article(number, content) {
    const wrong = this.wrong.some((one) => one.article === number);
    return html`<section class="card article ${wrong ? 'wrong' : ''}" data-article=${number} aria-labelledby=${`h${number}`}><span class="no" aria-hidden="true">${number}</span>
      <div><h2 id=${`h${number}`}><span class="hidden">${t('agreements.article', { number: String(number) })}</span>${articleName(number)}</h2>${content}</div></section>`;
  }

  #field(name, options = {}) {
    const fault = this.wrong.find((one) => one.field === name);
    return html`<k-field name=${name} type=${options.type ?? 'text'} label=${t(`agreements.field.${name}`)} hint=${options.hint ?? ''} .rows=${options.rows ?? 3} .error=${fault ? (fault.lang ? `${t('agreements.fault.refused')} ${fault.text}` : fault.text) : ''} .value=${this.form[name]}
      ?required=${options.required} .options=${options.options ?? []} inputmode=${options.inputmode ?? nothing} maxlength=${options.maxlength ?? nothing} @input=${this.#set(name)} @change=${this.#set(name)}></k-field>`;
  }

  #articles() {
    const choices = (values) => values.map(([value, label]) => ({ value, label }));
    return html`
      ${this.#article(1, html`<p>${[this.own.title, this.terms.title, ...this.#further.map((party) => party.title)].join(' · ')}</p>${this.#base ? nothing : this.#choice()}`)}
      ${this.#article(2, html`${this.#field('purposes', { type: 'textarea', required: true, hint: t('agreements.field.purposes.hint') })}
        <k-field type="select" name="purpose_on_use" label=${t('agreements.field.purpose_on_use')} .value=${String(this.form.purpose_on_use)} .options=${choices([['false', t('agreements.purposeOnUse.no')], ['true', t('agreements.purposeOnUse.yes')]])} @change=${(e) => this.#put('purpose_on_use', e.detail.value === 'true')}></k-field>`)}
      ${this.#article(3, html`<p class="quiet">${t('agreements.field.kinds')}</p>${this.wrong.filter((one) => one.field === 'kinds').map((one) => html`<p class="error" role="alert">${one.text}</p>`)}
        <koprik-agreement-kinds .all=${this.answer.kinds} .chosen=${this.form.kinds} @choose=${(e) => this.#put('kinds', e.detail)}></koprik-agreement-kinds>`)}
      ${this.#article(4, this.#field('max_tlp', { type: 'select', hint: t('agreements.marking.red'), options: choices(MARKINGS.map((one) => [one, one])) }))}
      ${this.#article(5, html`<k-field type="select" name="relay" label=${t('agreements.field.relay')} .value=${String(this.form.relay)} .options=${choices([['false', t('agreements.relay.no')], ['true', t('agreements.relay.yes')]])} @change=${(e) => this.#put('relay', e.detail.value === 'true')}></k-field>`)}
      ${this.#article(6, this.#field('retention_days', { inputmode: 'numeric', maxlength: 5 }))}
      ${this.#article(7, html`<div class="two">${this.#field('from', { type: 'date', hint: t('agreements.field.from.hint') })}${this.#field('until', { type: 'date', required: true, hint: t('agreements.utc') })}</div>`)}
      ${this.#article(8, this.#field('notice_days', { inputmode: 'numeric', maxlength: 4, hint: t('agreements.field.notice_days.hint') }))}
      ${this.#article(9, html`${this.#field('legal_basis', { type: 'textarea', required: true, maxlength: 2000, hint: t('agreements.field.legal_basis.hint') })}${this.#field('reference', { maxlength: 500, hint: t('agreements.field.reference.hint') })}`)}
      ${this.#article(10, html`<div class="two">${this.#contacts('own_contacts', this.own.title)}${this.#contacts('partner_contacts', this.terms.title)}
        ${Object.entries(this.form.with).map(([partner, contacts]) => this.#contacts(withField(partner), this.#title(partner), contacts, (e) => e.detail?.value !== undefined && this.#put('with', { ...this.form.with, [partner]: e.detail.value })))}</div>`)}`;
  }

  /** The other partners, each of which can be a party as well. */
  #choice() {
    const rest = this.answer.partners.filter((one) => one.partner !== this.terms.partner);
    return rest.length === 0 ? nothing : html`<fieldset id="with"><legend>${t('agreements.field.with')}</legend><p class="quiet">${t('agreements.field.with.hint')}</p>
      ${rest.map((one) => html`<k-field type="checkbox" data-with=${one.partner} label=${one.title} .value=${one.partner in this.form.with} @change=${(e) => this.#with(one.partner, e.detail.value)}></k-field>`)}</fieldset>`;
  }

  #contacts(name, centre, value = this.form[name], set = this.#set(name)) {
    const fault = this.wrong.find((one) => one.field === name);
    return html`<k-field name=${name} type="textarea" rows="2" required label=${t('agreements.field.contacts', { centre })} hint=${t('agreements.field.contacts.hint')} .error=${fault?.text ?? ''} .value=${value} @input=${set}></k-field>`;
  }

  /** All that is signed, with what it changes of what holds now. */
  #whole() {
    const holds = this.#versions.find((version) => version.state === 'in_force');
    const text = textOf(this.review, this.own, this.terms, this.#base?.text, (name) => this.#title(name));
    return html`<k-dialog open wide heading=${t('agreements.review.heading', { centre: this.#centres })} @close=${() => (this.review = null)}>
      <div class="stack"><p>${group(text) ? t('agreements.review.text.group', { centres: this.#centres }) : t('agreements.review.text', { centre: this.terms.title })}</p>
        <div class="paper" tabindex="0" role="group" aria-label=${t('agreements.text')}><koprik-agreement-text .text=${text} .before=${holds?.text ?? null} .kinds=${this.answer.kinds}></koprik-agreement-text></div>
        ${this.error ? html`<k-problem compact no-retry .error=${this.error}></k-problem>` : nothing}</div>
      <k-button slot="actions" @click=${() => (this.review = null)}>${t('agreements.review.back')}</k-button>
      <k-button slot="actions" id="sign" variant="primary" icon="shield" ?busy=${this.busy} @click=${this.#sign}>${t('agreements.sign.propose')}</k-button></k-dialog>`;
  }
}
customElements.define('koprik-agreement-form', KoprikAgreementForm);
