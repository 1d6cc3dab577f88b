import { css, html } from 'lit';
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

/** Revokes an object of this centre with a reason, which its recipients read. Events `revoked` and `close`. */
class KoprikRevoke extends ReasonDialog {
  static properties = { object: { attribute: false } };
  static styles = [base, css`.body { display: grid; gap: var(--space-4); }`];

  #revoke() {
    return this.act(async (reason) => {
      await post(`/api/objects/${encodeURIComponent(this.object.id)}/revocation`, { reason });
      toast(t('object.revokeDone', { title: this.object.title }), { state: 'ok' });
    }, 'revoked');
  }

  render() {
    return html`<k-dialog ?open=${this.open} heading=${t('object.revokeHeading')} @close=${this.close}>
      <div class="body">
        <p>${t('object.revokeWhat', { title: this.object?.title ?? '' })}</p>
        <k-banner state="warning">${t('object.revokeFinal')}</k-banner>
        <k-field type="textarea" required label=${t('object.revokeReason')} hint=${t('object.revokeReasonHint')} maxlength="4096" .value=${this.reason} error=${this.missing ? t('object.revokeReasonMissing') : ''} @input=${(event) => (this.reason = event.detail.value)}></k-field>
        ${this.error ? html`<k-problem compact .error=${this.error} @retry=${this.#revoke}></k-problem>` : ''}
      </div>
      <k-button slot="actions" @click=${this.close}>${t('object.cancel')}</k-button>
      <k-button slot="actions" variant="danger" ?busy=${this.busy} @click=${this.#revoke}>${t('object.revokeNow')}</k-button>
    </k-dialog>`;
  }
}
customElements.define('koprik-revoke', KoprikRevoke);
