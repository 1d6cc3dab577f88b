/** How nodes and edges look, from the tokens of the page; and what is written on them. */
import { defang } from '../format.js';
import { centreName, edgeName, whatItIs } from '../stix/words.js';
import { t } from '../texts.js';

const LONGEST = 30;

/** @param {string} text */
const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

/** The text of a node: its title or defanged value, and under it what it is. @param {import('./model.js').GraphNode} node */
export function label(node) {
  return `${short(node.value ? defang(node.text, node.type) : node.text)}\n${what(node)}`;
}

/** What a node is, in words. */
export function what(node) {
  return node.value ? t(`kit.kind.${node.type}`) : node.by ? t('graph.typeBy', { type: type(node), centre: centreName(node.by) }) : type(node);
}

const type = (node) => whatItIs({ type: node.type, case_number: node.caseNumber });

/** The text of an edge. */
export const edgeLabel = (edge) => edgeName(edge.label);

/** The colours in force. @returns {Record<string, string>} */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    back: read('--surface-raised'), text: read('--text'), quiet: read('--text-quiet'), line: read('--border-strong'), accent: read('--accent'), accentSurface: read('--accent-surface'),
    value: read('--notice-surface'), valueLine: read('--notice-border'), case: read('--danger-surface'), caseLine: read('--danger-border'), object: read('--surface-sunken'), danger: read('--danger-border'), pinned: read('--warning-border'),
    font: getComputedStyle(document.body).fontFamily,
  };
}

/** @param {import('./model.js').GraphNode} node @param {string} middle @returns {'middle'|'value'|'case'|'object'} */
export const lookOf = (node, middle) => (node.id === middle ? 'middle' : node.value ? 'value' : node.caseNumber ? 'case' : 'object');

/** Fill and line of a look. @param {string} look @param {Record<string, string>} c */
export function paint(look, c) {
  return {
    middle: [c.accentSurface, c.accent],
    value: [c.value, c.valueLine],
    case: [c.case, c.caseLine],
    object: [c.object, c.line],
  }[look];
}

/** The style sheet for Cytoscape. @param {Record<string, string>} c */
export function sheet(c) {
  const looks = ['middle', 'value', 'case', 'object'].map((look) => {
    const [fill, line] = paint(look, c);
    return { selector: `node[look = "${look}"]`, style: { 'background-color': fill, 'border-color': line, shape: { value: 'ellipse', case: 'hexagon' }[look] ?? 'round-rectangle' } };
  });
  return [
    { selector: 'node', style: { width: 34, height: 26, 'border-width': 2, label: 'data(label)', color: c.text, 'font-family': c.font, 'font-size': 14, 'text-wrap': 'wrap', 'text-valign': 'bottom', 'text-margin-y': 4, 'line-height': 1.25, 'text-background-color': c.back, 'text-background-opacity': 0.85, 'text-background-padding': 2, 'min-zoomed-font-size': 7 } },
    ...looks,
    { selector: 'node[look = "middle"]', style: { width: 46, height: 36, 'border-width': 3, 'font-weight': 'bold' } },
    { selector: 'node[?pinned]', style: { 'border-style': 'double', 'border-width': 5, 'border-color': c.pinned } },
    { selector: 'node[?unproven]', style: { 'border-style': 'dashed', 'border-color': c.danger } },
    { selector: 'edge', style: { width: 1.5, 'line-color': c.line, 'target-arrow-color': c.line, 'target-arrow-shape': 'triangle', 'curve-style': 'straight', 'arrow-scale': 0.9, label: 'data(label)', color: c.quiet, 'font-family': c.font, 'font-size': 12, 'text-rotation': 'autorotate', 'text-background-color': c.back, 'text-background-opacity': 0.85, 'text-background-padding': 1, 'min-zoomed-font-size': 8 } },
    { selector: 'edge[?carries]', style: { 'line-style': 'dotted', 'target-arrow-shape': 'none', label: '' } },
    { selector: 'edge[?unproven]', style: { 'line-style': 'dashed', 'line-color': c.danger, 'target-arrow-color': c.danger } },
    { selector: 'node:selected', style: { 'outline-color': c.accent, 'outline-width': 3, 'outline-offset': 3, 'outline-opacity': 1 } },
  ];
}
