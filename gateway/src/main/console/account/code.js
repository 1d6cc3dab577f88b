import { LitElement, css, html, nothing, svg } from 'lit';
import { base } from '../kit/base.js';
import { qr } from './qr.js';

const QUIET = 4;

/** A QR code, dark on white in every theme, because cameras expect that. `label` says what it holds. */
class KoprikQrCode extends LitElement {
  static properties = { text: {}, label: {} };
  static styles = [base, css`
    :host { display: block; width: min(232px, 100%); }
    svg { display: block; width: 100%; height: auto; background: var(--paper); border: 1px solid var(--border); border-radius: var(--radius); }
    path { fill: var(--ink); }
  `];

  render() {
    if (!this.text) {
      return nothing;
    }
    const modules = qr(this.text);
    const size = modules.length + 2 * QUIET;
    const path = modules.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : ''))).join('');
    return html`<svg viewBox="0 0 ${size} ${size}" role="img" aria-label=${this.label} shape-rendering="crispEdges">${svg`<path d=${path}></path>`}</svg>`;
  }
}
customElements.define('koprik-qr-code', KoprikQrCode);
