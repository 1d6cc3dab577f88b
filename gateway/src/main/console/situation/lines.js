import { LitElement, css, html, nothing, svg } from 'lit';
import { base } from '../kit/base.js';
import { count, duration } from '../format.js';
import { t } from '../texts.js';
import '../kit/icon.js';

const ICONS = { ok: 'ok', danger: 'danger', warning: 'warning', neutral: 'neutral' };

/** The state of the lines to and from a partner, in words. @param {any} line as of `GET /api/situation` */
export function lineState(line) {
  const pull = line.pull === 'failing';
  const push = line.push === 'failing';
  if (pull || push) {
    const since = line.failing_since ? duration(Math.max(0, (Date.now() - Date.parse(line.failing_since)) / 1000)) : '';
    return { state: 'danger', text: t(`situation.line.${pull && push ? 'both' : pull ? 'pull' : 'push'}`, { duration: since }) };
  }
  if (line.agreement_ended) {
    return { state: 'warning', text: t('situation.line.ended') };
  }
  if (line.basis === 'none') {
    return { state: 'warning', text: t('situation.line.none') };
  }
  if (line.pull === 'off' && line.push === 'off') {
    return { state: 'neutral', text: t('situation.line.off') };
  }
  return [line.pull, line.push].includes('ok') ? { state: 'ok', text: t('situation.line.ok') } : { state: 'neutral', text: t('situation.line.new') };
}

const ORDER = ['danger', 'warning', 'ok', 'neutral'];

/** This centre and its partners, with a line to each: `lines`, `centre`, `most` rows. */
class KoprikLines extends LitElement {
  static properties = { lines: { attribute: false }, centre: {}, most: { type: Number } };
  static styles = [base, css`
    :host { display: grid; grid-template-columns: fit-content(34%) 9% minmax(0, 1fr); align-items: stretch; min-height: 0; font: inherit; }
    .own { align-self: center; display: grid; justify-items: center; gap: 8px; padding: 12px 8px; border: 3px solid var(--accent-border); border-radius: var(--radius); background: var(--accent-surface); font-weight: 600; text-align: center; overflow-wrap: break-word; hyphens: auto; }
    .own k-icon { width: 40px; height: 40px; color: var(--accent-text); }
    svg, ul { width: 100%; height: 100%; max-height: calc(var(--rows) * 150px); align-self: center; }
    svg { overflow: visible; }
    path { fill: none; stroke-width: 4; vector-effect: non-scaling-stroke; stroke: var(--border-strong); }
    path.ok { stroke: var(--ok-border); }
    path.danger { stroke: var(--danger-border); stroke-dasharray: 6 10; }
    path.warning { stroke: var(--warning-border); stroke-dasharray: 14 8; }
    path.neutral { stroke-dasharray: 2 8; }
    ul { display: grid; grid-template-columns: minmax(0, 1fr); grid-auto-rows: minmax(0, 1fr); gap: 8px; }
    li { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 0 12px; align-content: center; align-items: center; padding: 2px 14px; border: 2px solid var(--border); border-radius: var(--radius); background: var(--surface-raised); overflow: hidden; }
    li.danger { border-color: var(--danger-border); background: var(--danger-surface); }
    li.warning { border-color: var(--warning-border); background: var(--warning-surface); }
    li k-icon { grid-row: 1 / 3; width: 36px; height: 36px; }
    li.ok k-icon { color: var(--ok-text); } li.danger k-icon, li.danger .state { color: var(--danger-text); } li.warning k-icon, li.warning .state { color: var(--warning-text); }
    .name { font-weight: 600; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
    .state { grid-column: 2 / 4; line-height: 1.15; }
    .figures { display: flex; gap: 16px; font-variant-numeric: tabular-nums; white-space: nowrap; }
    .rest { color: var(--text-quiet); }
    @media (max-width: 900px) {
      :host { display: block; }
      .own, svg { display: none; }
      ul { height: auto; max-height: none; grid-auto-rows: auto; }
      li { padding: 8px 12px; }
      .name { white-space: normal; overflow-wrap: anywhere; }
      .figures { flex-wrap: wrap; gap: 0 12px; justify-content: flex-end; }
    }
  `];

  updated() {
    this.style.setProperty('--rows', String(this.renderRoot.querySelectorAll('li').length));
  }

  render() {
    const all = this.lines.map((line) => ({ line, ...lineState(line) })).sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
    const shown = all.length > this.most ? all.slice(0, this.most - 1) : all;
    const rest = all.length - shown.length;
    const rows = shown.length + (rest ? 1 : 0);
    return html`<div class="own"><k-icon name="situation"></k-icon><span>${this.centre}</span></div>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">${shown.map((one, n) => {
        const y = ((n + 0.5) / rows) * 100;
        return svg`<path class=${one.state} d="M0 50 C60 50 40 ${y} 100 ${y}"></path>`;
      })}</svg>
      <ul aria-label=${t('situation.centres')}>${shown.map(({ line, state, text }) => html`<li class=${state}>
        <k-icon name=${ICONS[state]}></k-icon><span class="name">${line.title}</span>
        <span class="figures"><span>${t('situation.in')} ${count(line.today.in)}</span><span>${t('situation.out')} ${count(line.today.out)}</span></span>
        <span class="state">${text}</span></li>`)}
        ${rest ? html`<li class="rest"><k-icon name="more"></k-icon><span class="state">${t('situation.more', { count: rest })}</span></li>` : nothing}</ul>`;
  }
}
customElements.define('koprik-lines', KoprikLines);
