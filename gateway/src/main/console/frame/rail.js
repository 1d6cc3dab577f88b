import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { keyLabel } from '../kit/keys.js';
import { number } from '../format.js';
import { SCREENS, allowed } from '../screens.js';
import { may } from '../session.js';
import { link } from '../router.js';
import { t } from '../texts.js';
import '../kit/icon.js';

const MOST_COUNTED = 999;

/** A count that stands beside any name; the label has all of it. */
const briefly = (n) => (n > MOST_COUNTED ? `${MOST_COUNTED}+` : number(n));

/** The screens that the person may use; `active` is the id of the present one, `marks` what stands beside the names. */
class KoprikRail extends LitElement {
  static properties = { active: {}, marks: { attribute: false }, narrow: { type: Boolean, reflect: true } };
  static styles = [base, css`
    :host { display: flex; flex-direction: column; gap: var(--space-2); height: 100%; padding: var(--space-3) var(--space-2); overflow-y: auto; }
    ul { display: grid; gap: 2px; }
    a, button { position: relative; display: flex; align-items: center; gap: var(--space-3); width: 100%; min-height: 36px; padding: 4px var(--space-3); border: 0; border-radius: var(--radius); background: none; color: var(--text); font-weight: 500; text-align: start; text-decoration: none; cursor: pointer; }
    a:hover, button:hover { background: var(--surface-hover); }
    a[aria-current] { background: var(--accent-surface); color: var(--accent-text); font-weight: 600; }
    k-icon { width: 18px; height: 18px; }
    .name { flex: 1; min-width: 0; overflow-wrap: anywhere; hyphens: auto; }
    .count { margin-inline-start: calc(-1 * var(--space-2)); padding: 0 6px; border-radius: 9px; background: var(--danger-surface); border: 1px solid var(--danger-border); color: var(--danger-text); font: var(--text-meta); font-weight: 600; font-variant-numeric: tabular-nums; }
    .dot { display: inline-flex; margin-inline-start: calc(-1 * var(--space-2)); color: var(--danger-text); }
    .dot.warning { color: var(--warning-text); }
    .dot.notice { color: var(--notice-text); }
    .dot.ok { color: var(--ok-text); }
    .dot k-icon { width: 16px; height: 16px; }
    .collapse { margin-top: auto; color: var(--text-quiet); }
    :host([narrow]) a, :host([narrow]) button { justify-content: center; padding: 4px; }
    :host([narrow]) .name { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    :host([narrow]) .count, :host([narrow]) .dot { position: absolute; inset: 0 2px auto auto; }
    :host([narrow]) .dot k-icon { width: 13px; height: 13px; }
    @media (max-width: 640px) { .collapse { display: none; } }
  `];

  constructor() {
    super();
    this.marks = {};
  }

  render() {
    const screens = SCREENS.filter((screen) => screen.rail && allowed(screen, may));
    const label = t(this.narrow ? 'frame.rail.wide' : 'frame.rail.narrow');
    return html`<ul>${screens.map((screen) => this.#entry(screen))}</ul>
      <button type="button" class="collapse" title=${label} @click=${this.#collapse}><k-icon name=${this.narrow ? 'right' : 'left'}></k-icon><span class="name">${label}</span></button>`;
  }

  #entry(screen) {
    const name = t(`frame.screen.${screen.id}`);
    const mark = this.marks[screen.id] ?? {};
    return html`<li><a href=${link(screen.path)} aria-current=${screen.id === this.active ? 'page' : nothing} title=${screen.key ? `${name} (G ${keyLabel(screen.key)})` : name}>
      <k-icon name=${screen.icon}></k-icon><span class="name">${name}</span>
      ${mark.count ? html`<span class="count" title=${mark.label ?? nothing}>${briefly(mark.count)}</span>` : nothing}
      ${mark.state && !mark.count ? html`<span class="dot ${mark.state}" title=${mark.label ?? nothing}><k-icon name=${mark.state} label=${mark.label ?? ''}></k-icon></span>` : nothing}
    </a></li>`;
  }

  #collapse() {
    this.dispatchEvent(new CustomEvent('collapse'));
  }
}
customElements.define('koprik-rail', KoprikRail);
