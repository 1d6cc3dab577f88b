import { LitElement, css, html, nothing } from 'lit';
import { get, post } from '../api.js';
import { base } from '../kit/base.js';
import { date } from '../format.js';
import { toast } from '../kit/toast.js';
import { sentence } from '../sentences/sentences.js';
import { t } from '../texts.js';
import './fingerprint.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/field.js';
import '../kit/problem.js';

const LARGEST = 200000;

/** Adds a partner in two steps: its card, fetched, chosen or pasted; then fingerprint and terms. Events `close` and `added` (detail.name). */
class KoprikPartnerAdd extends LitElement {
  static properties = { text: { state: true }, address: { state: true }, preview: { state: true }, heard: { state: true }, terms: { state: true }, failure: { state: true }, busy: { state: true }, fault: { state: true }, required: { state: true } };
  static styles = [base, css`
    :host { display: contents; }
    .two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(260px, 100%), 1fr)); gap: var(--space-3) var(--space-5); align-items: start; }
    dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: var(--space-1) var(--space-4); margin: 0; }
    dt { color: var(--text-quiet); }
    dd { overflow-wrap: anywhere; }
  `];

  constructor() {
    super();
    this.text = '';
    this.address = '';
    this.heard = '';
    this.terms = {};
  }

  connectedCallback() {
    super.connectedCallback();
    get('/api/agreements').then(({ required }) => (this.required = required), () => {});
  }

  render() {
    const waits = this.failure?.code === 'second-person-needed';
    return html`<k-dialog open wide heading=${this.preview ? t('partners.add.compare', { centre: this.preview.card.title }) : t('partners.add')} @close=${() => this.dispatchEvent(new CustomEvent('close'))}>
      <div class="stack">${waits ? nothing : this.preview ? this.#compare() : this.#card()}
      ${this.failure ? html`<k-problem no-retry .noRetry=${true} .error=${this.failure}></k-problem>` : nothing}</div>
      ${waits ? html`<k-button slot="actions" id="close" variant="primary" @click=${() => this.dispatchEvent(new CustomEvent('close'))}>${t('kit.close')}</k-button>`
        : this.preview
        ? html`<k-button slot="actions" @click=${this.#back}>${t('partners.add.back')}</k-button>
            <k-button slot="actions" id="add" variant="primary" icon="check" ?busy=${this.busy} ?disabled=${Boolean(this.preview.refusal) || (!this.preview.vouched && this.heard.trim() === '')} @click=${this.#add}>${t('partners.add.confirm')}</k-button>`
        : html`<k-button slot="actions" id="look" variant="primary" ?busy=${this.busy} ?disabled=${this.text.trim() === '' && this.address.trim() === ''} @click=${this.#look}>${t('partners.add.look')}</k-button>`}
    </k-dialog>`;
  }

  #card() {
    return html`<p>${t('partners.add.text')}</p>
      <k-field id="address" mono autofocus label=${t('partners.add.address')} hint=${t('partners.add.address.hint')} maxlength="300" .value=${this.address} @input=${(e) => (this.address = e.detail.value)} @enter=${this.#look}></k-field>
      <k-field type="file" label=${t('partners.add.file')} accept=".card,.json,application/json" .error=${this.fault ?? ''} @change=${this.#file}></k-field>
      <k-field type="textarea" id="card" mono rows="4" label=${t('partners.add.paste')} .value=${this.text} @input=${(e) => (this.text = e.detail.value)}></k-field>`;
  }

  async #file(event) {
    const file = event.detail.value?.[0];
    if (!file) {
      return;
    }
    this.fault = file.size > LARGEST ? t('partners.add.large') : '';
    if (!this.fault) {
      this.text = await file.text();
      this.address = '';
      this.#look();
    }
  }

  async #look() {
    this.busy = true;
    this.failure = null;
    try {
      const address = this.address.trim();
      this.preview = await post('/api/card-previews', address ? { address } : { card: this.text });
      this.text = this.preview.text ?? this.text;
      this.terms = { ...this.preview.terms };
    } catch (failure) {
      this.failure = failure;
    }
    this.busy = false;
  }

  #back() {
    this.preview = null;
    this.failure = null;
  }

  #compare() {
    const { card, vouched, refusal, refusal_code: code, known, notes, note_codes: noteCodes = [] } = this.preview;
    return html`
      ${refusal ? html`<k-banner state="danger">${t('partners.add.refused')} ${sentence('card', { text: refusal, ...code })}</k-banner>` : nothing}
      ${known === undefined ? nothing : html`<k-banner>${t('partners.add.known', { number: String(known) })}</k-banner>`}
      ${notes.map((note, at) => html`<k-banner state="warning">${sentence('card', { text: note, ...noteCodes[at] })}</k-banner>`)}
      <koprik-fingerprint .value=${card.fingerprint}></koprik-fingerprint>
      ${vouched
        ? html`<k-banner state="ok">${t('partners.add.vouched')}</k-banner>`
        : html`<p>${t('partners.add.call', { centre: card.title })}</p>
          <k-field id="heard" mono required autofocus label=${t('partners.add.heard')} hint=${t('partners.add.heard.hint')} maxlength="40" .value=${this.heard} @input=${(e) => (this.heard = e.detail.value)}></k-field>`}
      <dl><dt>${t('partners.add.name')}</dt><dd><code>${card.name}</code></dd><dt>${t('partners.add.endpoint')}</dt><dd><code>${card.endpoint || '–'}</code></dd>
        <dt>${t('partners.add.contacts')}</dt><dd>${card.contacts.join(', ') || '–'}</dd>
        <dt>${t('partners.add.keys')}</dt><dd>${card.keys.map((key) => html`<div>${key.alg} · ${t('partners.add.until', { date: date(key.valid_until) })}</div>`)}</dd></dl>
      <div>${this.#check('pull')}${this.#check('push')}${this.#check('accept_unsigned')}</div>
      ${this.required ? html`<k-banner>${t('partners.add.required')}</k-banner>` : this.#interim()}`;
  }

  /** What holds until an agreement is signed, at a centre that allows it. */
  #interim() {
    return html`<h3>${t('partners.add.terms')}</h3><p class="quiet">${t('partners.add.terms.text')}</p>
      <div class="two">
        <k-field type="select" label=${t('partners.add.max_tlp')} .value=${this.terms.max_tlp} .options=${['TLP:CLEAR', 'TLP:GREEN', 'TLP:AMBER', 'TLP:AMBER+STRICT'].map((value) => ({ value, label: value }))} @change=${(e) => this.#set('max_tlp', e)}></k-field>
        <k-field label=${t('partners.add.agreement')} maxlength="500" .value=${this.terms.agreement ?? ''} @input=${(e) => this.#set('agreement', e)}></k-field>
        <k-field type="date" label=${t('partners.add.ends')} hint=${t('partners.add.ends.hint')} .value=${(this.terms.until ?? '').slice(0, 10)} @change=${(e) => this.#set('until', e)}></k-field>
        <k-field label=${t('partners.add.purpose')} hint=${t('partners.add.purpose.hint')} maxlength="500" .value=${this.terms.purpose ?? ''} @input=${(e) => this.#set('purpose', e)}></k-field>
      </div>`;
  }

  #check(name) {
    return html`<k-field type="checkbox" label=${t(`partners.add.${name}`)} .value=${this.terms[name]} @change=${(e) => this.#set(name, e)}></k-field>`;
  }

  #set(name, event) {
    this.terms = { ...this.terms, [name]: event.detail.value };
  }

  async #add() {
    this.busy = true;
    this.failure = null;
    const { until, ...terms } = this.terms;
    try {
      const added = await post('/api/partners', {
        ...terms,
        card: this.text,
        ...(this.preview.vouched ? {} : { fingerprint: this.heard }),
        ...(until ? { until: until.length === 10 ? `${until}T00:00:00Z` : until } : {}),
      });
      toast(t('partners.added', { centre: added.title }), { state: 'ok' });
      this.dispatchEvent(new CustomEvent('added', { detail: { name: added.name } }));
    } catch (failure) {
      this.failure = failure;
    }
    this.busy = false;
  }
}
customElements.define('koprik-partner-add', KoprikPartnerAdd);
