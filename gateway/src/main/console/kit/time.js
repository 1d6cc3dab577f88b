import { LitElement, css, html } from 'lit';
import { base } from './base.js';
import { ago, dateTime } from '../format.js';

const TICK_MS = 30000;
const shown = new Set();

// One clock for all times on the page.
setInterval(() => shown.forEach((time) => time.requestUpdate()), TICK_MS);

/** A moment: how long ago, with the zoned time beneath; `inline` keeps the zoned time for the tooltip. */
class KTime extends LitElement {
  static properties = { at: {}, inline: { type: Boolean, reflect: true } };
  static styles = [base, css`
    :host { display: inline-block; }
    time { font-variant-numeric: tabular-nums; }
    .zoned { display: block; font: var(--text-meta); color: var(--text-quiet); }
    :host([inline]) .zoned { display: none; }
  `];

  connectedCallback() {
    super.connectedCallback();
    shown.add(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    shown.delete(this);
  }

  render() {
    if (!this.at) {
      return html`<span class="quiet">–</span>`;
    }
    return html`<time datetime=${String(this.at)} title=${dateTime(this.at)}>${ago(this.at)}<span class="zoned">${dateTime(this.at)}</span></time>`;
  }
}
customElements.define('k-time', KTime);
