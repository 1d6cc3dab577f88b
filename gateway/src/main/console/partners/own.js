import { LitElement, css, html, nothing } from 'lit';
import { download, get } from '../api.js';
import { base } from '../kit/base.js';
import { t } from '../texts.js';
import './fingerprint.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/time.js';

/** The card of this centre, with the fingerprint to read aloud; event `close`. */
class KoprikOwnCard extends LitElement {
  static properties = { card: { state: true }, failure: { state: true } };
  static styles = [base, css`:host { display: contents; }`];

  connectedCallback() {
    super.connectedCallback();
    this.#read();
  }

  async #read() {
    this.failure = null;
    try {
      this.card = await get('/api/card');
    } catch (failure) {
      this.failure = failure;
    }
  }

  render() {
    return html`<k-dialog open wide heading=${t('partners.own.heading', { centre: this.card?.title ?? '' })} @close=${() => this.dispatchEvent(new CustomEvent('close'))}>
      ${this.failure ? html`<k-problem .error=${this.failure} @retry=${() => this.#read()}></k-problem>` : this.card ? html`<div class="stack">
        <p>${t('partners.own.text')}</p>
        <koprik-fingerprint .value=${this.card.fingerprint}></koprik-fingerprint>
        <p class="quiet">${t('partners.own.sequence', { number: String(this.card.sequence) })} <k-time inline .at=${this.card.issued}></k-time></p></div>` : html`<k-skeleton lines="3"></k-skeleton>`}
      ${this.card ? html`<k-button slot="actions" variant="primary" icon="download" @click=${() => download('/.well-known/koprik-card.json', {}, `${this.card.name}.card`)}>${t('partners.own.download')}</k-button>` : nothing}
    </k-dialog>`;
  }
}
customElements.define('koprik-own-card', KoprikOwnCard);
