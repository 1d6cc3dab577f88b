import { LitElement, css, html } from 'lit';
import { base } from '../kit/base.js';
import { t } from '../texts.js';
import '../kit/copy.js';

/** The object as JSON, as text and never as links; and how it is verified without this centre. */
class KoprikRaw extends LitElement {
  static properties = { object: { attribute: false } };
  static styles = [base, css`
    :host { display: grid; gap: var(--space-3); }
    pre { margin: 0; padding: var(--space-4); max-height: 70vh; overflow: auto; background: var(--surface-sunken); border: 1px solid var(--border); border-radius: var(--radius); font: 12px/18px var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; }
    .digest { overflow-wrap: anywhere; }
  `];

  render() {
    const json = JSON.stringify(this.object.object, null, 2);
    const command = `koprik verify ${this.object.id}.proof.json`;
    return html`
      <p>${t('object.verifyHow')} <code translate="no">${command}</code><k-copy .value=${command} what=${t('object.copyCommand')}></k-copy></p>
      <p class="digest"><span class="quiet">${t('object.digest')}</span> <code translate="no">${this.object.digest}</code><k-copy .value=${this.object.digest} what=${t('object.copyDigest')}></k-copy></p>
      <div class="spread"><h2>${t('object.json')}</h2><k-copy .value=${json} what=${t('object.copyJson')}></k-copy></div>
      <pre tabindex="0" role="region" aria-label=${t('object.json')} translate="no">${json}</pre>`;
  }
}
customElements.define('koprik-raw', KoprikRaw);
