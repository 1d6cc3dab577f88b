import { LitElement, html, nothing } from 'lit';
import { post } from '../api.js';
import { base } from '../kit/base.js';
import { t } from '../texts.js';
import './forecast.js';
import '../kit/banner.js';
import '../kit/dialog.js';
import '../kit/problem.js';
import '../kit/skeleton.js';

/** Who would receive the stored objects `ids`, in a dialog. Event `close`. */
class KoprikForecastDialog extends LitElement {
  static properties = { ids: { attribute: false }, answer: { state: true }, error: { state: true } };
  static styles = [base];

  connectedCallback() {
    super.connectedCallback();
    this.#read();
  }

  async #read() {
    this.error = null;
    try {
      this.answer = await post('/api/release-previews', { ids: this.ids });
    } catch (failure) {
      this.error = failure;
    }
  }

  render() {
    const { answer } = this;
    return html`<k-dialog wide open heading=${t('desk.who')} @close=${() => this.dispatchEvent(new CustomEvent('close'))}><div class="stack">
      ${this.error ? html`<k-problem .error=${this.error} @retry=${() => this.#read()}></k-problem>` : answer ? html`
        <p>${t('desk.count', { count: answer.objects })}</p>
        ${answer.held > 0 ? html`<k-banner state="warning" icon="shield">${t('desk.held', { count: answer.held })}</k-banner>` : nothing}
        <koprik-forecast .partners=${answer.partners} .all=${answer.objects}></koprik-forecast>` : html`<k-skeleton lines="5"></k-skeleton>`}</div></k-dialog>`;
  }
}
customElements.define('koprik-forecast-dialog', KoprikForecastDialog);
