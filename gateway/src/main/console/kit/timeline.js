import { LitElement, css, html, nothing } from 'lit';
import { base } from './base.js';
import './time.js';

/** What happened, in order: `entries=[{at, title, detail, state}]`; title and detail may be templates. */
class KTimeline extends LitElement {
  static properties = { entries: { attribute: false }, label: {} };
  static styles = [base, css`
    :host { display: block; }
    li { position: relative; padding: 0 0 var(--space-4) var(--space-5); }
    li::before { content: ''; position: absolute; inset: 6px auto auto 2px; width: 9px; height: 9px; border: 2px solid var(--accent); border-radius: 50%; background: var(--surface-raised); z-index: 1; }
    li::after { content: ''; position: absolute; inset: 12px auto -8px 6px; width: 1px; background: var(--border-strong); }
    li:last-child { padding-bottom: 0; }
    li:last-child::after { display: none; }
    li[data-state='ok']::before { border-color: var(--ok-border); }
    li[data-state='warning']::before { border-color: var(--warning-border); }
    li[data-state='danger']::before { border-color: var(--danger-border); }
    .title { font-weight: 600; overflow-wrap: anywhere; }
    .detail { overflow-wrap: anywhere; }
    k-time { font: var(--text-meta); color: var(--text-quiet); }
  `];

  render() {
    return html`<ol aria-label=${this.label ?? nothing}>${(this.entries ?? []).map((entry) => html`
      <li data-state=${entry.state ?? nothing}><div class="title">${entry.title}</div>${entry.detail ? html`<div class="detail">${entry.detail}</div>` : nothing}<k-time .at=${entry.at}></k-time></li>`)}</ol>`;
  }
}
customElements.define('k-timeline', KTimeline);
