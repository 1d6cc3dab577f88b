import { LitElement, css, html, nothing } from 'lit';
import { base } from './base.js';
import { defang } from '../format.js';
import { iconOf } from './icons.js';
import { t } from '../texts.js';
import './copy.js';
import './icon.js';

/** A value with the icon of its kind, defanged and never a link; the copy button gives the real one. `long` shows the kind as a word. */
class KValue extends LitElement {
  static properties = { kind: {}, value: {}, long: { type: Boolean }, noCopy: { type: Boolean, attribute: 'no-copy' } };
  static styles = [base, css`
    :host { display: inline-flex; align-items: center; gap: 6px; max-width: 100%; vertical-align: middle; }
    k-icon { color: var(--text-quiet); }
    .kind { font: var(--text-meta); color: var(--text-quiet); white-space: nowrap; }
    code { min-width: 0; color: var(--text); }
  `];

  render() {
    const kind = this.kind ? t(`kit.kind.${this.kind}`) : '';
    return html`<k-icon name=${iconOf(this.kind)} label=${this.long ? nothing : kind} title=${kind}></k-icon>
      ${this.long ? html`<span class="kind">${kind}</span>` : nothing}
      <code translate="no">${defang(this.value, this.kind)}</code>
      ${this.noCopy ? nothing : html`<k-copy .value=${this.value} what=${t('kit.copy.value')}></k-copy>`}`;
  }
}
customElements.define('k-value', KValue);
