import { LitElement, css, html } from 'lit';
import { base } from './base.js';
import { t } from '../texts.js';

const NAMES = { red: 'RED', 'amber+strict': 'AMBER+STRICT', amber: 'AMBER', green: 'GREEN', clear: 'CLEAR' };

/** A TLP 2.0 marking in FIRST's own colours: `<k-tlp marking="amber">`; also `TLP:AMBER`, `amber+strict`, `white`. */
class KTlp extends LitElement {
  static properties = { marking: {} };
  static styles = [base, css`
    :host { display: inline-block; vertical-align: middle; }
    span { display: inline-block; padding: 2px 6px; border-radius: 3px; background: var(--tlp-back); font: 600 12px/16px var(--mono); white-space: nowrap; }
    .red { color: var(--tlp-red); }
    .amber, .strict { color: var(--tlp-amber); }
    .green { color: var(--tlp-green); }
    .clear { color: var(--tlp-clear); }
    .none { background: var(--surface-sunken); color: var(--text-quiet); border: 1px solid var(--border); }
  `];

  render() {
    const level = String(this.marking ?? '').toLowerCase().replace(/^tlp:/, '').replace('_', '+').replace('amber-strict', 'amber+strict').replace('white', 'clear');
    if (!(level in NAMES)) {
      return html`<span class="none">${t('kit.tlp.none')}</span>`;
    }
    return html`<span class=${level === 'amber+strict' ? 'strict' : level} title=${t(`kit.tlp.${level === 'amber+strict' ? 'strict' : level}`)}>TLP:${NAMES[level]}</span>`;
  }
}
customElements.define('k-tlp', KTlp);
