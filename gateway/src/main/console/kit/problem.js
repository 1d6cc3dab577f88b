import { LitElement, css, html, nothing } from 'lit';
import { base } from './base.js';
import { sentence } from '../sentences/sentences.js';
import { t } from '../texts.js';
import { may, session } from '../session.js';
import { link } from '../router.js';
import { codeOf } from './failure.js';
import './button.js';
import './copy.js';
import './icon.js';

/** An act that another administrator has to confirm: it is kept, and changed nothing yet. */
const SECOND_PERSON = 'second-person-needed';

/**
 * A refusal or failure: what, why and what to do in the reader's language by the `code` of the ApiError; the centre's own
 * words as the details of this case; the request id to copy. Event `retry`; `noRetry` where it makes no sense. What waits
 * for a second person is no failure, and is shown so, with the way to where it waits. A question that the centre did not
 * answer is retried by itself when it is back; what changes something never is.
 */
class KProblem extends LitElement {
  static properties = { error: { attribute: false }, noRetry: { type: Boolean, attribute: 'no-retry' }, compact: { type: Boolean, reflect: true } };
  static styles = [base, css`
    :host { display: block; }
    section { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--space-3); padding: var(--space-4); border: 1px solid var(--danger-border); border-radius: var(--radius); background: var(--danger-surface); }
    :host([compact]) section { padding: var(--space-2) var(--space-3); gap: var(--space-2); }
    section > k-icon { width: 20px; height: 20px; color: var(--danger-text); }
    h2 { color: var(--danger-text); }
    section.waits { border-color: var(--notice-border); background: var(--notice-surface); }
    .waits > k-icon, .waits h2 { color: var(--notice-text); }
    .body { display: grid; gap: var(--space-2); }
    details { font: var(--text-meta); }
    summary { min-height: 24px; cursor: pointer; color: var(--text); padding: 4px 0; }
    .words { margin-top: var(--space-1); color: var(--text); overflow-wrap: anywhere; white-space: pre-line; }
    .request { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-1); font: var(--text-meta); color: var(--text); }
  `];

  #back = (event) => {
    if (event.detail && this.error?.status === 0 && this.error.reads && !this.noRetry) {
      this.#retry();
    }
  };

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('koprik-reachable', this.#back);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('koprik-reachable', this.#back);
  }

  render() {
    const error = this.error;
    if (!error) {
      return nothing;
    }
    const code = codeOf(error);
    const detail = error.detail || (error.status === undefined ? error.message : '');
    const again = error.retryAfter ? t('problems.again', { count: error.retryAfter }) : '';
    const waits = error.code === SECOND_PERSON;
    return html`<section class=${waits ? 'waits' : ''} role=${waits ? 'status' : 'alert'}><k-icon name=${waits ? 'clock' : 'danger'}></k-icon><div class="body">
      <h2>${t(`problems.${code}.what`)}</h2>
      <p>${t(`problems.${code}.why`)} ${t(`problems.${code}.do`)} ${again}</p>
      ${detail ? html`<details ?open=${error.status > 0 && error.status < 500}><summary>${t('problems.details')}</summary>${this.#words(error, detail)}</details>` : nothing}
      ${error.requestId ? html`<p class="request">${t('problems.request')} <code>${error.requestId}</code><k-copy .value=${error.requestId} what=${t('problems.copyRequest')}></k-copy></p>` : nothing}
      ${waits && may('operate') ? html`<div><k-button icon="right" href=${link('/operations', { tab: 'acts' })}>${t('problems.whatWaits')}</k-button></div>` : nothing}
      ${waits || this.noRetry || session() === null && error.status === 401 ? nothing : html`<div><k-button icon="refresh" @click=${this.#retry}>${t('problems.retry')}</k-button></div>`}
    </div></section>`;
  }

  /** The words of the centre: in the reader's language where they have a code. */
  #words({ body }, detail) {
    return body?.sentence ? html`<p class="words">${sentence('file', { text: detail, ...body.sentence })}</p>` : html`<p class="words" lang="en">${detail}</p>`;
  }

  #retry() {
    this.dispatchEvent(new CustomEvent('retry', { bubbles: true, composed: true }));
  }
}
customElements.define('k-problem', KProblem);
