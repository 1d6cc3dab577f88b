import { LitElement, css, html } from 'lit';
import { base } from '../kit/base.js';
import { cytoscape } from '../kit/cytoscape.js';
import { balloon } from './balloon.js';
import { colours, edgeLabel, label, lookOf, paint, sheet } from './look.js';
import { drawing } from './svg.js';

/** From this many nodes on, the picture is moved as one image, which keeps 30 frames a second. */
const MANY = 150;

/** Up to this many nodes stand in rows by their distance from the middle, with labels that are read without zooming. */
const FEW = 8;
const RING = 130;
const CALM = window.matchMedia('(prefers-reduced-motion: reduce)');

/** The greatest zoom at which a graph is shown whole. */
const LARGEST_FIT = 1.4;

/**
 * The picture of a graph. `nodes` and `edges` of the model, `middle`, `selected`, `pinned`; events `choose` (detail.id,
 * null beside all nodes), `opened` (detail.id, by a double click) and `moved` (detail.id, by dragging).
 */
class KoprikGraphCanvas extends LitElement {
  static properties = { nodes: { attribute: false }, edges: { attribute: false }, middle: {}, selected: {}, pinned: { attribute: false }, label: {} };
  static styles = [base, css`
    :host { display: block; position: relative; min-height: 420px; background: var(--surface-raised); border: 1px solid var(--border); border-radius: var(--radius); overflow: hidden; }
    .picture { position: absolute; inset: 0; overflow: hidden; }
  `];

  #cy = null;
  #theme = new MutationObserver(() => this.#paint());
  #resized = new ResizeObserver(() => {
    this.#cy?.resize();
    if (this.#whole) {
      this.#showAll();
    }
  });
  /** Whether all of it is shown, and stays so while the canvas changes its size: until somebody moves the picture. */
  #whole = false;
  #dark = window.matchMedia('(prefers-color-scheme: dark)');
  #repaint = () => this.#paint();

  constructor() {
    super();
    this.nodes = [];
    this.edges = [];
    this.pinned = new Set();
  }

  connectedCallback() {
    super.connectedCallback();
    this.#theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    this.#dark.addEventListener('change', this.#repaint);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#theme.disconnect();
    this.#resized.disconnect();
    this.#dark.removeEventListener('change', this.#repaint);
    this.#cy?.destroy();
    this.#cy = null;
  }

  async firstUpdated() {
    const create = await cytoscape();
    if (!this.isConnected) {
      return;
    }
    const container = this.renderRoot.querySelector('.picture');
    this.#cy = create({
      container, elements: [], style: sheet(colours()), layout: { name: 'preset' }, minZoom: 0.1, maxZoom: 4, boxSelectionEnabled: false,
      selectionType: 'single', hideEdgesOnViewport: false, motionBlur: false,
    });
    this.#cy.on('tap', 'node', (event) => this.#emit('choose', event.target.id()));
    this.#cy.on('tap', (event) => event.target === this.#cy && this.#emit('choose', null));
    this.#cy.on('dbltap', 'node', (event) => this.#emit('opened', event.target.id()));
    this.#cy.on('dragpan scrollzoom pinchzoom', () => (this.#whole = false));
    this.#cy.on('dragfree', 'node', (event) => this.#emit('moved', event.target.id()));
    this.#resized.observe(this);
    this.#sync();
    this.arrange();
  }

  updated(changed) {
    if (this.#cy && (changed.has('nodes') || changed.has('edges') || changed.has('pinned'))) {
      this.#sync();
    }
    if (this.#cy && changed.has('selected')) {
      this.#select();
    }
  }

  #emit(name, id) {
    this.dispatchEvent(new CustomEvent(name, { detail: { id } }));
  }

  #paint() {
    this.#cy?.style(sheet(colours()));
  }

  /** Brings the picture to what the model shows: what is new stands in a ring around the node that it came with. */
  #sync() {
    const cy = this.#cy;
    const wanted = new Set([...this.nodes.map((node) => node.id), ...this.edges.map((edge) => edge.id)]);
    cy.batch(() => {
      cy.elements().filter((one) => !wanted.has(one.id())).remove();
      const added = this.nodes.filter((node) => cy.getElementById(node.id).empty());
      const around = Map.groupBy(added, (node) => node.parent);
      around.forEach((nodes, parent) => nodes.forEach((node, at) => cy.add({ group: 'nodes', data: { id: node.id }, position: this.#place(parent, at, nodes.length) })));
      this.nodes.forEach((node) => {
        const drawn = cy.getElementById(node.id);
        drawn.data({ label: label(node), look: lookOf(node, this.middle), pinned: this.pinned.has(node.id), unproven: node.unproven });
        drawn.scratch('node', node);
        drawn[this.pinned.has(node.id) ? 'lock' : 'unlock']();
      });
      this.edges.filter((edge) => cy.getElementById(edge.id).empty()).forEach((edge) => cy.add({
        group: 'edges', data: { id: edge.id, source: edge.from, target: edge.to, label: edgeLabel(edge), carries: edge.label === 'carries', unproven: edge.unproven },
      }));
    });
    // An option of the renderer that Cytoscape reads once, though nodes come and go.
    cy.renderer().textureOnViewport = this.nodes.length > MANY;
    this.#select();
  }

  #place(parent, at, many) {
    const centre = this.#cy.getElementById(parent ?? '');
    const from = centre.nonempty() ? centre.position() : { x: 0, y: 0 };
    const perRing = 14;
    const ring = Math.floor(at / perRing);
    const angle = ((at % perRing) / Math.min(many, perRing)) * 2 * Math.PI + ring * 0.22;
    return { x: from.x + Math.cos(angle) * RING * (1 + ring * 0.8) * 1.4, y: from.y + Math.sin(angle) * RING * (1 + ring * 0.8) };
  }

  #select() {
    const cy = this.#cy;
    cy.elements(':selected').unselect();
    const chosen = cy.getElementById(this.selected ?? '');
    chosen.select();
    if (chosen.nonempty() && !this.#inView(chosen)) {
      this.#whole = false;
      this.#move({ center: { eles: chosen } });
    }
  }

  #inView(node) {
    const { x, y } = node.renderedPosition();
    return x > 0 && y > 0 && x < this.clientWidth && y < this.clientHeight;
  }

  #move(to) {
    if (CALM.matches) {
      this.#cy[to.fit ? 'fit' : 'center'](to.fit?.eles ?? to.center?.eles, to.fit?.padding);
    } else {
      this.#cy.animate(to, { duration: 150 });
    }
  }

  /** Arranges all nodes anew; pinned ones keep their places. */
  arrange() {
    if (this.#cy) {
      this.#cy.layout(this.#layout()).run();
      this.#whole = true;
      this.#showAll();
    }
  }

  #layout() {
    if (this.nodes.length > MANY) {
      return this.#balloon();
    }
    return this.nodes.length > FEW
      ? { name: 'cose', animate: false, randomize: false, nodeRepulsion: () => this.#room(10000, 60000), idealEdgeLength: () => this.#room(80, 150), nodeDimensionsIncludeLabels: true, nodeOverlap: 30, padding: 40, componentSpacing: 90, numIter: 600 }
      : { name: 'breadthfirst', animate: false, roots: this.#cy.getElementById(this.middle), boundingBox: { x1: 0, y1: 0, w: this.clientWidth, h: this.clientHeight }, spacingFactor: 1, nodeDimensionsIncludeLabels: true };
  }

  /** The fewer nodes, the closer they stand, so that labels stay large when all of them are shown. */
  #room(least, most) {
    return Math.min(most, least + ((most - least) * this.nodes.length) / 20);
  }

  #showAll() {
    this.#cy?.stop(); // a movement that began earlier would end at a place of the picture before
    this.#cy?.fit(undefined, 40);
    // A few nodes would fill the canvas; their labels are meant to be read, not seen from afar.
    if (this.#cy?.zoom() > LARGEST_FIT) {
      this.#cy.zoom(LARGEST_FIT);
      this.#cy.center();
    }
  }

  #balloon() {
    const places = balloon(this.middle, this.nodes.map((node) => node.id), this.edges);
    return { name: 'preset', positions: (node) => (node.locked() ? node.position() : places.get(node.id())) };
  }

  /** Shows all of it. */
  fit() {
    if (this.#cy) {
      this.#move({ fit: { eles: this.#cy.elements(), padding: 40 } });
    }
  }

  /** Finds the way back to the object in the middle. */
  refocus() {
    this.#whole = false;
    const middle = this.#cy?.getElementById(this.middle);
    if (middle?.nonempty()) {
      this.#move({ fit: { eles: middle.closedNeighborhood(), padding: 60 } });
    }
  }

  zoom(by) {
    this.#whole = false;
    const cy = this.#cy;
    cy?.zoom({ level: cy.zoom() * by, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  }

  /** @returns {Promise<Blob>} the whole picture, also what is outside the view */
  png() {
    return this.#cy.png({ full: true, scale: 2, maxWidth: 8000, maxHeight: 8000, bg: colours().back, output: 'blob-promise' });
  }

  /** @param {string} title @returns {Blob} */
  svg(title) {
    const c = colours();
    const nodes = this.#cy.nodes().map((drawn) => {
      const look = drawn.data('look');
      const [fill, line] = paint(look, c);
      return { id: drawn.id(), ...drawn.position(), width: drawn.width(), height: drawn.height(), look, fill, line, label: drawn.data('label') };
    });
    const edges = this.#cy.edges().map((drawn) => ({ from: drawn.source().id(), to: drawn.target().id(), label: drawn.data('label'), carries: drawn.data('carries'), unproven: drawn.data('unproven') }));
    return drawing(nodes, edges, c, title);
  }

  render() {
    return html`<div class="picture" role="img" aria-label=${this.label}></div>`;
  }
}
customElements.define('koprik-graph-canvas', KoprikGraphCanvas);
