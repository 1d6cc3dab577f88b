/** How a graph and the list beside it are laid out. */
import { css } from 'lit';

export const styles = css`
  .page { display: grid; gap: var(--space-3); grid-template-columns: minmax(0, 1fr); align-content: start; }
  h1 { flex: 1 1 280px; min-width: 0; }
  h1 .type { display: block; font: var(--text-meta); color: var(--text-quiet); }
  h1 a { color: inherit; }
  .filters { display: flex; flex-wrap: wrap; gap: var(--space-1); }
  .parts { display: grid; grid-template-columns: minmax(0, 1fr) 340px; gap: var(--space-4); align-items: stretch; }
  koprik-graph-canvas { height: max(420px, calc(100vh - 260px)); }
  aside { display: grid; gap: var(--space-4); align-content: start; height: max(420px, calc(100vh - 260px)); overflow: auto; }
  .chosen { display: grid; gap: var(--space-2); padding: var(--space-3); background: var(--surface-raised); border: 1px solid var(--accent-border); border-radius: var(--radius); }
  .chosen h2 { overflow-wrap: anywhere; }
  .edges { display: grid; gap: 2px; font: var(--text-meta); }
  .edges li { display: flex; flex-wrap: wrap; align-items: center; gap: 4px; min-width: 0; }
  .edges k-icon { width: 12px; height: 12px; color: var(--text-quiet); }
  .link { min-height: 24px; padding: 0; border: 0; background: none; color: var(--accent-text); text-decoration: underline; text-underline-offset: 2px; text-align: start; cursor: pointer; overflow-wrap: anywhere; }
  .nodes { margin-top: var(--space-1); background: var(--surface-raised); border: 1px solid var(--border); border-radius: var(--radius); }
  .nodes li { border-bottom: 1px solid var(--border); }
  .nodes li:last-child { border-bottom: 0; }
  .nodes li[aria-current] { background: var(--accent-surface); box-shadow: inset 3px 0 0 var(--accent); }
  .node { display: flex; align-items: center; gap: var(--space-2); width: 100%; min-height: 32px; padding: var(--space-1) var(--space-3); border: 0; background: none; text-align: start; cursor: pointer; }
  .node:hover { background: var(--surface-hover); }
  .node > k-icon { flex: none; color: var(--text-quiet); }
  .node .text { flex: 1; min-width: 0; overflow-wrap: anywhere; }
  .node .meta { display: block; }
  @media (max-width: 900px) { .parts { grid-template-columns: minmax(0, 1fr); } aside { height: auto; } koprik-graph-canvas { height: 60vh; } }
`;
