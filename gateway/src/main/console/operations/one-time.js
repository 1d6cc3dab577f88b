import { LitElement, css, html } from 'lit';
import { base } from '../kit/base.js';
import { t } from '../texts.js';
import '../kit/banner.js';
import '../kit/copy.js';

/** A one-time password, shown once: `account`, `secret`. */
class KoprikOneTime extends LitElement {
  static properties = { account: {}, secret: {} };
  static styles = [base, css`
    :host { display: grid; gap: var(--space-3); }
    .secret { display: flex; gap: var(--space-2); align-items: center; padding: var(--space-2) var(--space-3); border-radius: var(--radius); background: var(--surface-sunken); }
    code { flex: 1; font-size: 16px; }
  `];

  render() {
    return html`<k-banner state="warning">${t('operations.oneTime', { name: this.account })}</k-banner>
      <div class="secret" translate="no"><code>${this.secret}</code><k-copy .value=${this.secret} what=${t('operations.oneTime.copy')}></k-copy></div>`;
  }
}
customElements.define('koprik-one-time', KoprikOneTime);
