/** How the answers of a look-up are laid out. */
import { css } from 'lit';

export const styles = css`
  .page { display: grid; gap: var(--space-4); grid-template-columns: minmax(0, 1fr); align-content: start; }
  .ask { display: grid; gap: var(--space-3); padding: var(--space-4); background: var(--surface-raised); border: 1px solid var(--border); border-radius: var(--radius); }
  .ask .row { gap: var(--space-4); }
  .bar { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--space-2) var(--space-4); }
  .summary { font-weight: 600; font-variant-numeric: tabular-nums; }
  .filters { display: flex; flex-wrap: wrap; gap: var(--space-1); }
  .actions { position: sticky; top: var(--bar); z-index: 5; display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--space-2) var(--space-4);
    padding: var(--space-2) var(--space-3); background: var(--surface-sunken); border: 1px solid var(--border); border-radius: var(--radius); }
  .actions.on { background: var(--accent-surface); border-color: var(--accent-border); }
  .all { display: inline-flex; align-items: center; gap: var(--space-3); min-height: 24px; cursor: pointer; }
  input[type='checkbox'] { width: 18px; height: 18px; margin: 0; flex: none; accent-color: var(--accent); }
  .values { background: var(--surface-raised); border: 1px solid var(--border); border-radius: var(--radius); }
  li.value { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--space-3); padding: var(--space-2) var(--space-3); border-bottom: 1px solid var(--border);
    content-visibility: auto; contain-intrinsic-size: auto 64px; }
  li.value:last-child { border-bottom: 0; }
  li.value[aria-current] { box-shadow: inset 3px 0 0 var(--accent); background: var(--surface-hover); }
  li.value > input { margin-top: 3px; }
  .said { display: grid; gap: var(--space-1); min-width: 0; }
  .head { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--space-1) var(--space-3); }
  .head k-value { font-weight: 600; }
  .badges { display: inline-flex; flex-wrap: wrap; gap: var(--space-1); }
  .unknown .head k-value { font-weight: 400; }
  .spelling { overflow-wrap: anywhere; }
  .met { display: grid; gap: var(--space-1); }
  .met li { display: flex; flex-wrap: wrap; align-items: baseline; gap: var(--space-1) var(--space-2); padding-inline-start: var(--space-1); }
  .met k-icon { width: 14px; height: 14px; flex: none; align-self: center; color: var(--text-quiet); }
  .met .what { flex: 1 1 min(320px, 80%); min-width: 0; overflow-wrap: anywhere; }
  .met .by { color: var(--text-quiet); }
  .met .rule { display: inline-flex; flex-wrap: wrap; align-items: center; gap: var(--space-1); color: var(--text-quiet); margin-inline-end: var(--space-1); }
  .met .more { padding-inline-start: calc(14px + var(--space-3)); }
  .silence { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--space-1) var(--space-3); color: var(--text-quiet); overflow-wrap: anywhere; }
  .silence span { flex: 1 1 320px; min-width: 0; }
  .end { height: 1px; }
`;
