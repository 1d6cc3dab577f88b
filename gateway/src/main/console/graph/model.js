/** What a graph holds: objects, values, and what connects them, gathered from several answers of the centre. */
import { objectTitle } from '../stix/words.js';

/** With more nodes a picture moves slower than 30 frames a second on an ordinary desktop, and nobody reads it. */
export const MOST_NODES = 500;

/**
 * @typedef {{id: string, value: boolean, type: string, text: string, caseNumber?: string, by?: string, silencedBy?: string, count?: number, unproven: boolean, parent: string|null}} GraphNode
 * @typedef {{id: string, from: string, to: string, label: string, unproven: boolean}} GraphEdge
 */

export class GraphModel {
  /** @type {Map<string, GraphNode>} */
  nodes = new Map();
  /** @type {Map<string, GraphEdge>} */
  edges = new Map();
  /** How many nodes found no room. */
  refused = 0;
  /** Where the centre had more than it sent: id of the node → how many more. @type {Map<string, number>} */
  cut = new Map();

  /** @param {string} middle id of the object in the middle */
  constructor(middle) {
    this.middle = middle;
  }

  /** Adds an answer of `/api/objects/{id}/graph`. @param {any} graph @param {string} around the node that was expanded */
  addGraph(graph, around) {
    for (const node of graph.nodes) {
      this.#add({ id: node.id, value: false, type: node.type, text: objectTitle(node), caseNumber: node.case_number, by: node.producer_centre ?? node.received_from, unproven: node.unproven !== undefined, parent: around });
    }
    for (const value of graph.values) {
      this.#add({ id: value.id, value: true, type: value.kind, text: value.value, silencedBy: value.silenced_by, count: value.count, unproven: false, parent: around });
    }
    for (const edge of graph.edges) {
      this.#connect(edge.from, edge.to, edge.label, edge.unproven !== undefined);
    }
    this.cut.delete(around);
    for (const cut of graph.cut) {
      if (cut.at) {
        this.cut.set(cut.at, (this.cut.get(cut.at) ?? 0) + cut.there - cut.shown);
      }
    }
  }

  /** Adds the objects that carry a value, as a search found them. @param {string} value id of the node @param {any} answer */
  addCarriers(value, answer) {
    for (const hit of answer.hits) {
      this.#add({ id: hit.id, value: false, type: hit.type, text: objectTitle(hit), caseNumber: hit.case_number, by: hit.producer_centre ?? hit.received_from, unproven: hit.unproven !== undefined, parent: value });
      this.#connect(hit.id, value, 'carries', false);
    }
    this.cut.delete(value);
    if (answer.total > answer.hits.length) {
      this.cut.set(value, answer.total - answer.hits.length);
    }
  }

  #add(node) {
    if (this.nodes.has(node.id)) {
      return;
    }
    if (this.nodes.size >= MOST_NODES) {
      this.refused++;
      return;
    }
    this.nodes.set(node.id, node);
  }

  #connect(from, to, label, unproven) {
    const id = `${from} ${label} ${to}`;
    if (this.nodes.has(from) && this.nodes.has(to) && !this.edges.has(id)) {
      this.edges.set(id, { id, from, to, label, unproven });
    }
  }

  /** Types of objects and kinds of values with how many there are, the most frequent first. */
  groups() {
    const counts = new Map();
    for (const node of this.nodes.values()) {
      const key = groupOf(node);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([key, count]) => ({ key, count, value: key.startsWith('value:'), type: key.slice(key.indexOf(':') + 1) }));
  }

  /** The nodes that are shown. @param {Set<string>} without groups @param {Set<string>} hidden ids */
  shown(without, hidden) {
    return [...this.nodes.values()].filter((node) => node.id === this.middle || (!without.has(groupOf(node)) && !hidden.has(node.id)));
  }

  /** How many neighbours a node has among all. @param {string} id */
  degree(id) {
    return [...this.edges.values()].filter((edge) => edge.from === id || edge.to === id).length;
  }
}

/** The group by which a node is filtered. @param {GraphNode} node */
export const groupOf = (node) => `${node.value ? 'value' : 'object'}:${node.type}`;
