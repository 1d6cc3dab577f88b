import { css, html, nothing } from 'lit';
import { post } from '../api.js';
import { base } from '../kit/base.js';
import { ReasonDialog } from '../kit/reason-dialog.js';
import { toast } from '../kit/toast.js';
import { t } from '../texts.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/field.js';
import '../kit/problem.js';

const MARKINGS = ['green', 'amber', 'amber+strict', 'red'];

/** Recalls an object of this centre: takes it back, or narrows it. Events `recalled` and `close`. */
class KoprikRecallDialog extends ReasonDialog {
  static properties = { object: { attribute: false }, narrow: { state: true } };
  static styles = [base, css`.body { display: grid; gap: var(--space-4); }`];

  constructor() {
    super();
    this.narrow = '';
  }

  begin() {
    super.begin();
    this.narrow = '';
  }

  #recall() {
    return this.act(async (reason) => {
      await post('/api/recalls', { ids: [this.object.id], reason, ...(this.narrow ? { narrow: this.narrow } : {}) });
      toast(t('recalls.done'), { state: 'ok' });
    }, 'recalled');
  }

  render() {
    const options = [{ value: '', label: t('recalls.optionWithdraw') }, ...MARKINGS.map((tlp) => ({ value: tlp, label: t('recalls.optionNarrow', { tlp: `TLP:${tlp.toUpperCase()}` }) }))];
    return html`<k-dialog ?open=${this.open} heading=${t('recalls.heading')} @close=${this.close}>
      <div class="body">
        <p>${t('recalls.what', { title: this.object?.title ?? '' })}</p>
        <k-field type="select" label=${t('recalls.act')} .options=${options} .value=${this.narrow} @change=${(event) => (this.narrow = event.detail.value)}></k-field>
        ${this.narrow ? nothing : html`<k-banner state="warning">${t('recalls.final')}</k-banner>`}
        <k-field type="textarea" required label=${t('recalls.reason')} hint=${t('recalls.reasonHint')} maxlength="1000" .value=${this.reason} error=${this.missing ? t('recalls.reasonMissing') : ''} @input=${(event) => (this.reason = event.detail.value)}></k-field>
        ${this.error ? html`<k-problem compact .error=${this.error} @retry=${this.#recall}></k-problem>` : nothing}
      </div>
      <k-button slot="actions" @click=${this.close}>${t('recalls.cancel')}</k-button>
      <k-button slot="actions" variant="danger" ?busy=${this.busy} @click=${this.#recall}>${t('recalls.now')}</k-button>
    </k-dialog>`;
  }
}
customElements.define('koprik-recall-dialog', KoprikRecallDialog);
