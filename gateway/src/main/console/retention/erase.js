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

const ID = /^[a-z][a-z0-9-]*--[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Erases one object by its id on an order, whose words are the reason. Events `done` and `close`. */
class KoprikRetentionErase extends ReasonDialog {
  static properties = { objectId: { state: true }, wrong: { state: true } };
  static styles = [base, css`:host { display: contents; }`];

  constructor() {
    super();
    this.objectId = '';
  }

  begin() {
    super.begin();
    this.objectId = '';
    this.wrong = false;
  }

  #erase() {
    const id = this.objectId.trim();
    this.wrong = !ID.test(id);
    if (this.wrong) {
      this.missing = !this.reason.trim();
      return undefined;
    }
    return this.act(async (reason) => {
      await post('/api/erasures', { ids: [id], reason });
      toast(t('retention.erase.done'), { state: 'ok' });
    }, 'done');
  }

  render() {
    return html`<k-dialog ?open=${this.open} heading=${t('retention.erase')} @close=${this.close}>
      <div class="stack"><p>${t('retention.erase.text')}</p>
        <k-field autofocus required mono name="id" label=${t('retention.erase.id')} error=${this.wrong ? t('retention.erase.id.wrong') : ''} .value=${this.objectId} @input=${(e) => (this.objectId = e.detail.value)}></k-field>
        <k-field required name="reason" label=${t('retention.erase.reason')} hint=${t('retention.erase.reason.hint')} maxlength="500" error=${this.missing ? t('retention.erase.reason.missing') : ''} .value=${this.reason} @input=${(e) => (this.reason = e.detail.value)} @enter=${this.#erase}></k-field>
        <k-banner state="warning">${t('retention.final')}</k-banner>
        ${this.error ? html`<k-problem compact no-retry .error=${this.error}></k-problem>` : nothing}</div>
      <k-button slot="actions" @click=${this.close}>${t('retention.cancel')}</k-button>
      <k-button slot="actions" id="sure" variant="danger" icon="trash" ?busy=${this.busy} @click=${this.#erase}>${t('retention.erase.now')}</k-button></k-dialog>`;
  }
}
customElements.define('koprik-retention-erase', KoprikRetentionErase);
