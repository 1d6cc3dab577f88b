import { LitElement, css, html } from 'lit';

/** The layout of a cell: cells are in the root of their table, where styles of a screen do not hold. `look`: line, act, field. */
class KoprikCell extends LitElement {
  static properties = { look: { reflect: true } };
  static styles = css`
    :host { display: block; }
    :host([look='line']) { white-space: nowrap; }
    :host([look='act']) { display: flex; gap: var(--space-1); justify-content: flex-end; align-items: center; }
    :host([look='field']) { width: 150px; }
  `;

  render() {
    return html`<slot></slot>`;
  }
}
customElements.define('koprik-cell', KoprikCell);
