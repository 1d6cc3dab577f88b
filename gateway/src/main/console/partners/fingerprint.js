import { LitElement, css, html } from 'lit';
import { base } from '../kit/base.js';
import { t } from '../texts.js';
import '../kit/copy.js';

/** A fingerprint in groups, large enough to be read aloud: `<koprik-fingerprint value="K7QF-M2XD-9TRA-4HJN">`. */
class KoprikFingerprint extends LitElement {
  static properties = { value: {} };
  static styles = [base, css`
    :host { display: block; }
    .groups { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2) var(--space-4); }
    .group { padding: var(--space-1) var(--space-3); border: 1px solid var(--border-strong); border-radius: var(--radius); background: var(--surface-sunken); font: 600 32px/40px var(--mono); letter-spacing: 0.06em; }
  `];

  render() {
    return html`<div class="groups" translate="no"><span class="hidden">${t('partners.fingerprint.spoken', { value: [...(this.value ?? '')].filter((c) => c !== '-').join(' ') })}</span>
      ${(this.value ?? '').split('-').map((group) => html`<span class="group" aria-hidden="true">${group}</span>`)}
      <k-copy .value=${this.value} what=${t('partners.fingerprint.copy')}></k-copy></div>`;
  }
}
customElements.define('koprik-fingerprint', KoprikFingerprint);
