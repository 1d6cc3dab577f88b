import { LitElement, css, html, svg } from 'lit';
import { ICONS } from './icons.js';

/** `<k-icon name="search">`: decoration beside a word; `label` makes it speak for itself. */
class KIcon extends LitElement {
  static properties = { name: {}, label: {} };
  static styles = css`
    :host { display: inline-flex; width: 16px; height: 16px; flex: none; vertical-align: -3px; }
    svg { width: 100%; height: 100%; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
  `;

  render() {
    return html`<svg viewBox="0 0 24 24" role=${this.label ? 'img' : 'presentation'} aria-label=${this.label ?? ''} aria-hidden=${this.label ? 'false' : 'true'}>
      ${svg`<path d=${ICONS[this.name] ?? ICONS.neutral}></path>`}
    </svg>`;
  }
}
customElements.define('k-icon', KIcon);
