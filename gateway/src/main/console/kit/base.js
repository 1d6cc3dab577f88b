/** Styles that all components and screens share: `static styles = [base, css`…`]`. */
import { css } from 'lit';

export const base = css`
  :host { box-sizing: border-box; font: var(--text-body); color: var(--text); }
  :host(:lang(ko)) { word-break: keep-all; }
  :host([hidden]), [hidden] { display: none !important; }
  *, *::before, *::after { box-sizing: border-box; }
  h1, h2, h3, p, ul, ol, dl, dd, figure, fieldset { margin: 0; padding: 0; border: 0; min-width: 0; }
  ul, ol { list-style: none; }
  h1 { font: var(--text-title); overflow-wrap: anywhere; }
  h2, h3 { font: var(--text-heading); overflow-wrap: anywhere; }
  a { color: var(--accent-text); text-underline-offset: 2px; }
  button, input, select, textarea { font: inherit; color: inherit; letter-spacing: inherit; }
  code, .mono { font-family: var(--mono); font-size: 0.93em; overflow-wrap: anywhere; }
  :focus-visible { outline: 2px solid var(--accent-text); outline-offset: 2px; border-radius: var(--radius); }
  kbd { display: inline-block; min-width: 20px; padding: 0 5px; border: 1px solid var(--border-strong); border-radius: 4px; background: var(--surface-raised); font: 12px/18px var(--mono); text-align: center; color: var(--text); }
  .quiet { color: var(--text-quiet); }
  .meta { font: var(--text-meta); color: var(--text-quiet); }
  .number { text-align: end; font-variant-numeric: tabular-nums; }
  .row { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2); }
  .stack { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-4); align-content: start; }
  .spread { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--space-2) var(--space-4); }
  .grow { flex: 1 1 0; min-width: 0; }
  .card { background: var(--surface-raised); border: 1px solid var(--border); border-radius: var(--radius); padding: var(--space-4); }
  .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  @media (prefers-reduced-motion: reduce) { *, *::before, *::after { animation-duration: 0s !important; transition-duration: 0s !important; scroll-behavior: auto !important; } }
`;
