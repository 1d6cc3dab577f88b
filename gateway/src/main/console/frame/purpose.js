import { LitElement, css, html, nothing } from 'lit';
import { get, setUse, use } from '../api.js';
import { attempt } from '../kit/attempt.js';
import { base } from '../kit/base.js';
import { may } from '../session.js';
import { t } from '../texts.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/field.js';
import '../kit/problem.js';

/**
 * The purpose in force, where agreements ask for one: a chip that opens a small dialog. What is said holds for the tab
 * and the account; the screens are read again with it.
 */
class KoprikPurpose extends LitElement {
  static properties = { account: {}, partners: { state: true }, open: { state: true }, purpose: { state: true }, number: { state: true }, error: { state: true }, busy: { state: true } };
  static styles = [base, css`
    :host { display: block; min-width: 0; }
    k-button.chip { max-width: 34ch; }
    @media (max-width: 640px) { k-button.chip { max-width: 12ch; } }
  `];

  #changed = () => this.requestUpdate();

  constructor() {
    super();
    this.partners = [];
    this.purpose = '';
    this.number = '';
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('koprik-use', this.#changed);
  }

  disconnectedCallback() {
    window.removeEventListener('koprik-use', this.#changed);
    super.disconnectedCallback();
  }

  willUpdate(changed) {
    if (changed.has('account')) {
      if (use() && use().account !== this.account) {
        setUse(null);
      }
      this.#read();
    }
  }

  async #read() {
    try {
      this.partners = (await get('/api/purposes')).partners;
    } catch {
      // The frame says that the centre does not answer; without the chip nothing is shown that needs a purpose.
    }
  }

  #set(event) {
    event.preventDefault();
    return attempt(this, async () => {
      const said = { account: this.account, purpose: this.purpose || this.#purposes()[0], number: this.number.trim() };
      await get('/api/purposes', undefined, { headers: { 'Koprik-Purpose': encodeURIComponent(said.purpose), 'Koprik-Case': encodeURIComponent(said.number) } });
      setUse(said);
      window.location.reload();
    });
  }

  #clear() {
    setUse(null);
    window.location.reload();
  }

  #purposes() {
    return [...new Set(this.partners.flatMap((partner) => partner.purposes))];
  }

  render() {
    if (this.partners.length === 0) {
      return nothing;
    }
    const said = use();
    return html`<k-button class="chip" id="purpose" variant=${said ? 'secondary' : 'quiet'} icon="shield" @click=${() => (this.open = true)}>${said ? t('frame.purpose.chip', { purpose: said.purpose, number: said.number }) : t('frame.purpose.none')}</k-button>
      ${this.open ? this.#dialog(said) : nothing}`;
  }

  #dialog(said) {
    const left = this.partners.filter((partner) => partner.withheld).map((partner) => partner.title).join(', ');
    const able = may('cases');
    return html`<k-dialog open heading=${t('frame.purpose.heading')} @close=${() => (this.open = false)}>
      <form class="stack" @submit=${this.#set}>
        ${left ? html`<p>${t('frame.purpose.text', { partners: left })}</p>` : nothing}
        ${said ? html`<p>${t('frame.purpose.given')}</p>` : nothing}
        ${able ? html`<k-field type="select" name="purpose" label=${t('frame.purpose.purpose')} .value=${this.purpose || this.#purposes()[0]} .options=${this.#purposes().map((one) => ({ value: one, label: one }))} @change=${(e) => (this.purpose = e.detail.value)}></k-field>
          <k-field name="case" required label=${t('frame.purpose.case')} .value=${this.number} @input=${(e) => (this.number = e.detail.value)} @enter=${this.#set}></k-field>` : html`<p class="quiet">${t('frame.purpose.cannot')}</p>`}
        ${this.error ? html`<k-problem compact no-retry .error=${this.error}></k-problem>` : nothing}</form>
      <k-button slot="actions" @click=${() => (this.open = false)}>${t('frame.purpose.cancel')}</k-button>
      ${said ? html`<k-button slot="actions" id="clear" @click=${this.#clear}>${t('frame.purpose.clear')}</k-button>` : nothing}
      ${able ? html`<k-button slot="actions" id="set" variant="primary" ?busy=${this.busy} ?disabled=${this.number.trim() === ''} @click=${this.#set}>${t('frame.purpose.set')}</k-button>` : nothing}</k-dialog>`;
  }
}
customElements.define('koprik-purpose', KoprikPurpose);
