import { LitElement, css, html } from 'lit';
import { base } from './base.js';
import { t } from '../texts.js';

/** The shape of what comes: `lines` of text, or `rows` of a table. */
class KSkeleton extends LitElement {
  static properties = { lines: { type: Number }, rows: { type: Number } };
  static styles = [base, css`
    :host { display: block; }
    .bar { height: 12px; margin: 10px 0; border-radius: 4px; background: var(--grey-3); animation: breathe 1400ms ease-in-out infinite alternate; }
    .bar:nth-child(3n) { width: 82%; }
    .bar:nth-child(4n) { width: 64%; }
    .rows { border: 1px solid var(--border); border-radius: var(--radius); background: var(--surface-raised); }
    .row-of { display: grid; grid-template-columns: 2fr 3fr 1fr 1fr; gap: var(--space-5); height: 33px; padding: 0 var(--space-3); align-items: center; border-bottom: 1px solid var(--border); }
    .row-of:last-child { border-bottom: 0; }
    .row-of .bar { width: 80%; margin: 0; }
    @keyframes breathe { to { opacity: 0.45; } }
  `];

  render() {
    const bars = (n) => Array.from({ length: n }, () => html`<div class="bar"></div>`);
    return html`<span class="hidden" role="status">${t('kit.loading')}</span>
      <div aria-hidden="true" class=${this.rows ? 'rows' : ''}>
        ${this.rows ? Array.from({ length: this.rows }, () => html`<div class="row-of">${bars(4)}</div>`) : bars(this.lines ?? 3)}
      </div>`;
  }
}
customElements.define('k-skeleton', KSkeleton);
