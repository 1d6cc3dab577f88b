/** The picture of a graph as SVG, drawn from the positions that the screen shows. */

const NS = 'http://www.w3.org/2000/svg';
const MARGIN = 80;
const LINE = 18;

/**
 * @typedef {{id: string, x: number, y: number, width: number, height: number, look: string, fill: string, line: string, label: string}} DrawnNode
 * @typedef {{from: string, to: string, label: string, carries: boolean, unproven: boolean}} DrawnEdge
 */

/** An element; texts become text nodes, so that nothing of a partner is read as markup. */
function element(name, attributes, text) {
  const made = document.createElementNS(NS, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, String(value)));
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

const round = (n) => Math.round(n * 10) / 10;

/** Where the line from the middle of a node towards a point leaves its box. */
function border(node, to) {
  const dx = to.x - node.x;
  const dy = to.y - node.y;
  const scale = Math.min(dx === 0 ? Infinity : node.width / 2 / Math.abs(dx), dy === 0 ? Infinity : node.height / 2 / Math.abs(dy), 1);
  return { x: node.x + dx * scale, y: node.y + dy * scale };
}

function shape(node) {
  const common = { fill: node.fill, stroke: node.line, 'stroke-width': 2 };
  const [w, h] = [node.width / 2, node.height / 2];
  if (node.look === 'value') {
    return element('ellipse', { cx: round(node.x), cy: round(node.y), rx: w, ry: h, ...common });
  }
  if (node.look === 'case') {
    const corners = [[-w, 0], [-w / 2, -h], [w / 2, -h], [w, 0], [w / 2, h], [-w / 2, h]];
    return element('polygon', { points: corners.map(([x, y]) => `${round(node.x + x)},${round(node.y + y)}`).join(' '), ...common });
  }
  return element('rect', { x: round(node.x - w), y: round(node.y - h), width: node.width, height: node.height, rx: 6, ...common });
}

/**
 * @param {DrawnNode[]} nodes @param {DrawnEdge[]} edges @param {Record<string, string>} c colours
 * @param {string} title for those who cannot see it @returns {Blob}
 */
export function drawing(nodes, edges, c, title) {
  const left = Math.min(...nodes.map((node) => node.x)) - MARGIN * 2;
  const top = Math.min(...nodes.map((node) => node.y)) - MARGIN;
  const width = Math.max(...nodes.map((node) => node.x)) + MARGIN * 2 - left;
  const height = Math.max(...nodes.map((node) => node.y)) + MARGIN * 1.5 - top;
  const root = element('svg', { viewBox: [left, top, width, height].map(round).join(' '), width: round(width), height: round(height), 'font-family': c.font, 'font-size': 14, role: 'img' });
  root.append(element('title', {}, title), element('rect', { x: round(left), y: round(top), width: round(width), height: round(height), fill: c.back }));
  const marker = element('marker', { id: 'arrow', viewBox: '0 0 10 10', refX: 9, refY: 5, markerWidth: 7, markerHeight: 7, orient: 'auto' });
  marker.append(element('path', { d: 'M0 0L10 5L0 10z', fill: c.line }));
  root.append(marker);
  const places = new Map(nodes.map((node) => [node.id, node]));
  for (const edge of edges) {
    const [from, to] = [places.get(edge.from), places.get(edge.to)];
    const [start, end] = [border(from, to), border(to, from)];
    root.append(element('line', {
      x1: round(start.x), y1: round(start.y), x2: round(end.x), y2: round(end.y), stroke: edge.unproven ? c.danger : c.line, 'stroke-width': 1.5,
      ...(edge.carries ? { 'stroke-dasharray': '2 3' } : { 'marker-end': 'url(#arrow)' }),
    }));
    if (!edge.carries) {
      root.append(element('text', { x: round((start.x + end.x) / 2), y: round((start.y + end.y) / 2 - 3), 'text-anchor': 'middle', 'font-size': 12, fill: c.quiet }, edge.label));
    }
  }
  for (const node of nodes) {
    const lines = node.label.split('\n').map((line, at) => element('text', { x: round(node.x), y: round(node.y + node.height / 2 + LINE * (at + 1)), 'text-anchor': 'middle', fill: at === 0 ? c.text : c.quiet }, line));
    root.append(shape(node), ...lines);
  }
  return new Blob([new XMLSerializer().serializeToString(root)], { type: 'image/svg+xml' });
}
