/** How an object is laid out. */
import { css } from 'lit';

export const styles = css`
  .page { display: grid; gap: var(--space-4); grid-template-columns: minmax(0, 1fr); align-content: start; }
  header { display: grid; gap: var(--space-3); padding: var(--space-4); background: var(--surface-raised); border: 1px solid var(--border); border-radius: var(--radius); }
  header .spread { align-items: flex-start; }
  h1 { flex: 1 1 320px; min-width: 0; }
  .type { display: block; font: var(--text-meta); color: var(--text-quiet); }
  .values { display: flex; flex-wrap: wrap; gap: var(--space-1) var(--space-5); align-items: center; }
  .facts { display: grid; grid-template-columns: minmax(110px, max-content) minmax(0, 1fr); gap: var(--space-2) var(--space-4); }
  .facts > div { display: contents; }
  dt { color: var(--text-quiet); }
  dd { min-width: 0; overflow-wrap: anywhere; }
  .signer { margin-inline-start: var(--space-2); color: var(--text-quiet); }
  .part { min-width: 0; }
  .says { display: grid; gap: 0; background: var(--surface-raised); border: 1px solid var(--border); border-radius: var(--radius); }
  .says > div { display: grid; grid-template-columns: 200px minmax(0, 1fr); gap: var(--space-4); padding: var(--space-2) var(--space-4); border-bottom: 1px solid var(--border); }
  .says > div:last-child { border-bottom: 0; }
  .says dd { white-space: pre-wrap; }
  .says dt { font-family: var(--mono); font-size: 0.93em; overflow-wrap: anywhere; }
  @media (max-width: 640px) { .says > div, .facts { grid-template-columns: minmax(0, 1fr); } .facts { gap: 0; } .facts dd { margin-bottom: var(--space-2); } }
`;
