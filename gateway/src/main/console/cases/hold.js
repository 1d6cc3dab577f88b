import { css, html, nothing } from 'lit';
import { get, post } from '../api.js';
import { dateTime } from '../format.js';
import { base } from '../kit/base.js';
import { ReasonDialog } from '../kit/reason-dialog.js';
import { t } from '../texts.js';
import { api } from './model.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/field.js';
import '../kit/problem.js';

/** The legal hold of a case (`caseId`): whether it holds, and the dialog that sets or ends it. */
class KoprikCaseHold extends ReasonDialog {
  static properties = { caseId: { attribute: false }, found: { state: true } };
  static styles = [base, css`.body { display: grid; gap: var(--space-4); }`];

  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('caseId')) {
      this.found = null;
      this.#read();
    }
  }

  get #active() {
    return (this.found?.holds ?? []).find((one) => !one.released_at);
  }

  async #read() {
    try {
      this.found = await get(api(this.caseId, '/hold'));
      this.error = null;
    } catch (failure) {
      this.error = failure;
    }
  }

  #send() {
    return this.act(async (reason) => {
      this.found = await post(api(this.caseId, this.#active ? '/hold/release' : '/hold'), { reason });
      this.open = false;
    }, 'held');
  }

  render() {
    const hold = this.#active;
    return html`
      ${hold
        ? html`<k-banner state="notice">${t('cases.hold.active', { who: hold.by, at: dateTime(hold.at), reason: hold.reason })}<k-button slot="action" small @click=${() => (this.open = true)}>${t('cases.hold.release')}</k-button></k-banner>`
        : this.found ? html`<k-button small @click=${() => (this.open = true)}>${t('cases.hold.set')}</k-button>` : nothing}
      ${this.error && !this.open ? html`<k-problem compact .error=${this.error} @retry=${this.#read}></k-problem>` : nothing}
      ${this.open ? html`<k-dialog open heading=${t(hold ? 'cases.hold.release' : 'cases.hold.set')} @close=${() => (this.open = false)}>
        <div class="body"><p>${t('cases.hold.what')}</p>
          <k-field required label=${t('cases.hold.reason')} maxlength="500" .value=${this.reason} error=${this.missing ? t('cases.hold.missing') : ''} @input=${(event) => (this.reason = event.detail.value)}></k-field>
          ${this.error ? html`<k-problem compact .error=${this.error} @retry=${this.#send}></k-problem>` : nothing}</div>
        <k-button slot="actions" @click=${() => (this.open = false)}>${t('cases.cancel')}</k-button>
        <k-button slot="actions" variant="primary" ?busy=${this.busy} @click=${this.#send}>${t(hold ? 'cases.hold.release' : 'cases.hold.set')}</k-button>
      </k-dialog>` : nothing}`;
  }
}
customElements.define('koprik-case-hold', KoprikCaseHold);
