/** How a search and its result are laid out. */
import { css } from 'lit';

export const styles = css`
  .page { display: grid; gap: var(--space-4); grid-template-columns: minmax(0, 1fr); align-content: start; }
  .chips { display: flex; flex-wrap: wrap; gap: var(--space-2); }
  .understood { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-1) var(--space-4); }
  .parts { display: grid; grid-template-columns: 220px minmax(0, 1fr); gap: var(--space-5); align-items: start; transition: opacity var(--motion); }
  .parts.old { opacity: 0.6; }
  @media (max-width: 860px) { .parts { grid-template-columns: minmax(0, 1fr); } }
  aside { display: grid; gap: var(--space-4); }
  aside section { display: grid; gap: var(--space-1); }
  aside h2 { padding: 0 var(--space-2); color: var(--text-quiet); font: var(--text-meta); font-weight: 600; }
  .choice { display: flex; justify-content: space-between; gap: var(--space-2); width: 100%; min-height: 28px; padding: 4px var(--space-2); border: 0; border-radius: var(--radius); background: none; text-align: start; cursor: pointer; }
  .choice:hover { background: var(--surface-hover); }
  .choice[aria-pressed='true'] { background: var(--accent-surface); color: var(--accent-text); font-weight: 600; }
  .choice span:first-child { min-width: 0; overflow-wrap: anywhere; }
  .choice k-icon { width: 12px; height: 12px; margin-inline-end: 4px; }
  .choice .number { color: var(--text-quiet); }
  .found { display: grid; gap: var(--space-3); min-width: 0; }
  .total { font-weight: 600; }
  .hits { background: var(--surface-raised); border: 1px solid var(--border); border-radius: var(--radius); }
  .hit { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--space-2) var(--space-4); padding: var(--space-3); border-bottom: 1px solid var(--border); }
  .hit:last-child { border-bottom: 0; }
  .hit[aria-current] { box-shadow: inset 3px 0 0 var(--accent); background: var(--surface-hover); }
  .hit .what { display: grid; gap: 2px; min-width: 0; }
  .hit k-time { text-align: end; }
  .title { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2); min-width: 0; }
  .title a { font-weight: 600; overflow-wrap: anywhere; }
  .title > k-icon { color: var(--text-quiet); }
  .by { color: var(--text-quiet); overflow-wrap: anywhere; }
  .excerpt { overflow-wrap: anywhere; padding-inline-start: var(--space-2); border-inline-start: 2px solid var(--border); }
  mark { background: var(--warning-surface); color: var(--warning-text); font-weight: 600; padding: 0 1px; border-radius: 2px; }
  .values { display: flex; flex-wrap: wrap; gap: 0 var(--space-4); align-items: center; }
  @media (max-width: 640px) { .hit { grid-template-columns: minmax(0, 1fr); } .hit k-time { text-align: start; } }
`;
