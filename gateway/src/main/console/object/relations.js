import { css, html, nothing } from 'lit';
import { get } from '../api.js';
import { base } from '../kit/base.js';
import { link } from '../router.js';
import { centreName, edgeName, objectTitle, whatItIs } from '../stix/words.js';
import { t } from '../texts.js';
import { Part } from './part.js';
import '../kit/badge.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/empty.js';
import '../kit/icon.js';
import '../kit/time.js';

const MOST = 200;

/** What the object names and what names it, relationships as what they say; the graph of one step as a list. */
class KoprikRelations extends Part {
  static styles = [base, css`
    :host { display: grid; gap: var(--space-3); }
    ul { background: var(--surface-raised); border: 1px solid var(--border); border-radius: var(--radius); }
    li { display: grid; grid-template-columns: minmax(140px, 220px) minmax(0, 1fr) auto; gap: var(--space-1) var(--space-4); padding: var(--space-2) var(--space-3); border-bottom: 1px solid var(--border); align-items: center; }
    li:last-child { border-bottom: 0; }
    .edge { display: inline-flex; align-items: center; gap: var(--space-2); color: var(--text-quiet); overflow-wrap: anywhere; }
    .what { min-width: 0; overflow-wrap: anywhere; }
    k-time { text-align: end; }
    @media (max-width: 700px) { li { grid-template-columns: minmax(0, 1fr); } k-time { text-align: start; } }
  `];

  async fetched() {
    return get(`${this.path}/graph`, { depth: 1, limit: MOST });
  }

  content(graph) {
    const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    const edges = graph.edges.filter((edge) => edge.label !== 'carries' && nodes.has(edge.from) && nodes.has(edge.to) && (edge.from === graph.id || edge.to === graph.id));
    const cut = graph.cut.find((one) => one.at === graph.id && (one.what === 'references' || one.what === 'referrers'));
    return html`
      ${cut ? html`<k-banner state="warning">${t('object.relationsCut', { shown: cut.shown, there: cut.there })}</k-banner>` : nothing}
      ${edges.length === 0
        ? html`<k-empty icon="link" heading=${t('object.noRelations')} text=${t('object.noRelationsText')}></k-empty>`
        : html`<ul aria-label=${t('object.tab.relations')}>${edges.map((edge) => this.#edge(edge, graph.id, nodes))}</ul>`}
      <div><k-button icon="graph" href=${link(['graph', graph.id])}>${t('object.openGraph')}</k-button></div>`;
  }

  #edge(edge, own, nodes) {
    const outwards = edge.from === own;
    const other = nodes.get(outwards ? edge.to : edge.from);
    return html`<li>
      <span class="edge"><k-icon name=${outwards ? 'right' : 'left'}></k-icon><span>${t(outwards ? 'object.edgeTo' : 'object.edgeFrom', { edge: edgeName(edge.label) })}</span></span>
      <span class="what"><a href=${other.case_number ? link(['cases', other.case_number]) : link(['objects', other.id])}>${objectTitle(other)}</a>
        <span class="quiet">· ${whatItIs(other)} · ${centreName(other.producer_centre ?? other.received_from)}</span>
        ${edge.via ? html` <a class="meta" href=${link(['objects', edge.via])}>${t('object.relationship')}</a>` : nothing}
        ${edge.unproven ? html`<k-badge state="danger">${t('object.edgeUnproven')}</k-badge>` : nothing}</span>
      <k-time .at=${other.received}></k-time></li>`;
  }
}
customElements.define('koprik-relations', KoprikRelations);
