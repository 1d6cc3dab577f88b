import { LitElement, html, nothing } from 'lit';
import { get, saveAs } from '../api.js';
import { count } from '../format.js';
import { base } from '../kit/base.js';
import { onKeys } from '../kit/keys.js';
import { codeOf } from '../kit/failure.js';
import { toast } from '../kit/toast.js';
import { link, merge } from '../router.js';
import { centres, edgeName, typeName } from '../stix/words.js';
import { t } from '../texts.js';
import { what } from './look.js';
import { GraphModel, MOST_NODES } from './model.js';
import { styles } from './styles.js';
import './canvas.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/chip.js';
import '../kit/empty.js';
import '../kit/icon.js';
import '../kit/menu.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/value.js';

const FIRST = 100;
const CARRIERS = 50;
const MOST_IN_ADDRESS = 30;
const LISTED = 60;

/** What lies around an object, as a picture and as a list with the same actions. */
class KoprikGraph extends LitElement {
  static properties = { route: { attribute: false }, model: { state: true }, error: { state: true }, selected: { state: true }, busy: { state: true }, shownOfList: { state: true }, revision: { state: true } };
  static styles = [base, styles];

  #asked = null;

  constructor() {
    super();
    this.shownOfList = LISTED;
    onKeys(this, {
      KeyJ: () => this.#step(1),
      KeyK: () => this.#step(-1),
      KeyE: () => this.selected && this.#expand(this.selected),
      KeyH: () => this.selected && this.#hide(this.selected),
      KeyP: () => this.selected && this.#pin(this.selected),
      KeyF: () => this.#canvas?.refocus(),
      Enter: () => this.selected && this.#open(this.selected),
    }, () => ({ KeyJ: t('graph.keyNext'), KeyK: t('graph.keyPrevious'), KeyE: t('graph.expand'), KeyH: t('graph.hide'), KeyP: t('graph.pin'), KeyF: t('graph.refocus'), Enter: t('graph.open') }));
  }

  get stixId() {
    return this.route?.segments[1] ?? '';
  }

  get #canvas() {
    return this.renderRoot.querySelector('koprik-graph-canvas');
  }

  /** A set that the address holds. */
  #of(name) {
    return new Set(this.route?.all(name) ?? []);
  }

  willUpdate(changed) {
    if (changed.has('route') && this.stixId && this.stixId !== this.#asked) {
      this.#asked = this.stixId;
      this.model = null;
      this.selected = null;
      this.#load();
    }
  }

  async #load() {
    if (!this.stixId) {
      this.error = { status: 404 };
      return;
    }
    const id = this.stixId;
    const model = new GraphModel(id);
    this.error = null;
    try {
      const [graph] = await Promise.all([get(`/api/objects/${encodeURIComponent(id)}/graph`, { depth: 1, limit: FIRST }), centres().catch(() => null)]);
      model.addGraph(graph, null);
      for (const one of this.#of('expand')) {
        await this.#take(model, one);
      }
      if (id === this.stixId) {
        this.model = model;
        this.selected = id;
      }
    } catch (failure) {
      if (id === this.stixId) {
        this.error = failure;
      }
    }
  }

  async #take(model, id) {
    const node = model.nodes.get(id);
    if (node?.value) {
      model.addCarriers(id, await get('/api/search', { q: node.text, limit: CARRIERS, highlight: false }));
    } else if (node) {
      model.addGraph(await get(`/api/objects/${encodeURIComponent(id)}/graph`, { depth: 1, limit: FIRST }), id);
    }
  }

  async #expand(id) {
    if (this.busy) {
      return;
    }
    const before = this.model.nodes.size;
    this.busy = id;
    try {
      await this.#take(this.model, id);
      this.revision = (this.revision ?? 0) + 1;
      const added = this.model.nodes.size - before;
      toast(added > 0 ? t('graph.added', { count: added }) : t('graph.nothingAdded'));
      const all = [...this.#of('expand').add(id)];
      merge({ expand: all.slice(-MOST_IN_ADDRESS) }, { replace: true });
    } catch (failure) {
      toast(t('graph.expandFailed', { reason: t(`problems.${codeOf(failure)}.what`) }), { state: 'danger' });
    } finally {
      this.busy = null;
    }
  }

  #flip(name, id) {
    const all = this.#of(name);
    if (!all.delete(id)) {
      all.add(id);
    }
    merge({ [name]: [...all] }, { replace: true });
  }

  #hide(id) {
    if (id === this.stixId) {
      toast(t('graph.middleStays'));
      return;
    }
    this.#flip('hide', id);
    this.selected = this.stixId;
    toast(t('graph.hidden'), { undo: () => this.#flip('hide', id) });
  }

  #pin(id) {
    this.#flip('pin', id);
  }

  #step(by) {
    const ids = this.#nodes.map((node) => node.id);
    const at = ids.indexOf(this.selected);
    this.#choose(ids[Math.min(ids.length - 1, Math.max(0, at + by))]);
  }

  async #choose(id) {
    this.selected = id;
    const at = this.#nodes.findIndex((node) => node.id === id);
    this.shownOfList = Math.max(this.shownOfList, at + 1);
    await this.updateComplete;
    this.renderRoot.querySelector('li[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }

  #linkOf(node) {
    return node.caseNumber ? link(['cases', node.caseNumber]) : node.value ? link('/search', { q: node.text }) : link(['objects', node.id]);
  }

  #open(id) {
    location.hash = this.#linkOf(this.model.nodes.get(id));
  }

  get #nodes() {
    return this.model ? this.model.shown(this.#of('without'), this.#of('hide')) : [];
  }

  async #save(kind) {
    const title = t('graph.pictureOf', { title: this.model.nodes.get(this.stixId)?.text ?? '' });
    const name = `graph-${this.stixId.slice(-8)}.${kind}`;
    saveAs(kind === 'png' ? await this.#canvas.png() : this.#canvas.svg(title), name);
  }

  render() {
    if (this.error) {
      return [400, 404].includes(this.error.status)
        ? html`<k-empty icon="graph" heading=${t('graph.absentHeading')} text=${t('graph.absentText')}><k-button slot="action" href=${link('/search')}>${t('graph.toSearch')}</k-button></k-empty>`
        : html`<k-problem .error=${this.error} @retry=${this.#load}></k-problem>`;
    }
    if (!this.model) {
      return html`<k-skeleton lines="2"></k-skeleton><k-skeleton rows="8"></k-skeleton>`;
    }
    const nodes = this.#nodes;
    const ids = new Set(nodes.map((node) => node.id));
    const edges = [...this.model.edges.values()].filter((edge) => ids.has(edge.from) && ids.has(edge.to));
    const middle = this.model.nodes.get(this.stixId);
    return html`<div class="page">
      <div class="spread">
        <h1><span class="type">${t('graph.around', { type: typeName(middle.type) })}</span> <a href=${this.#linkOf(middle)}>${middle.text}</a></h1>
        <div class="row">
          <k-button icon="back" key="KeyF" @click=${() => this.#canvas.refocus()}>${t('graph.refocus')}</k-button>
          <k-button icon="grid" @click=${() => this.#canvas.fit()}>${t('graph.fit')}</k-button>
          <k-button icon="refresh" @click=${() => this.#canvas.arrange()}>${t('graph.arrange')}</k-button>
          <k-button icon="plus" label=${t('graph.zoomIn')} @click=${() => this.#canvas.zoom(1.25)}></k-button>
          <k-button icon="minus" label=${t('graph.zoomOut')} @click=${() => this.#canvas.zoom(0.8)}></k-button>
          <k-menu icon="download" align="end" label=${t('graph.export')} .items=${[{ id: 'png', label: t('graph.png'), icon: 'file' }, { id: 'svg', label: t('graph.svg'), icon: 'file' }]} @select=${(event) => this.#save(event.detail.id)}></k-menu>
        </div>
      </div>
      ${this.#notes()}
      ${this.#filters()}
      <div class="parts">
        <koprik-graph-canvas .nodes=${nodes} .edges=${edges} middle=${this.stixId} .selected=${this.selected} .pinned=${this.#of('pin')} label=${t('graph.picture', { count: nodes.length })}
          @choose=${(event) => this.#choose(event.detail.id)} @opened=${(event) => this.#expand(event.detail.id)} @moved=${(event) => !this.#of('pin').has(event.detail.id) && this.#pin(event.detail.id)}></koprik-graph-canvas>
        <aside aria-label=${t('graph.list')}>${this.#chosen(edges)}${this.#list(nodes)}</aside>
      </div>
      <p class="meta">${t('graph.legend')}</p>
    </div>`;
  }

  #notes() {
    const more = [...this.model.cut.values()].reduce((sum, one) => sum + one, 0);
    return html`
      ${this.model.refused > 0 ? html`<k-banner state="warning">${t('graph.full', { count: this.model.refused, most: MOST_NODES })}</k-banner>` : nothing}
      ${more > 0 ? html`<k-banner>${t('graph.cut', { count: more })}</k-banner>` : nothing}`;
  }

  #filters() {
    const without = this.#of('without');
    const hidden = this.#of('hide');
    return html`<div class="filters" role="group" aria-label=${t('graph.filters')}>
      ${this.model.groups().map((group) => html`<k-button small toggle ?pressed=${!without.has(group.key)} icon=${without.has(group.key) ? 'hide' : 'show'} @click=${() => this.#flip('without', group.key)}>${group.value ? t(`kit.kind.${group.type}`) : typeName(group.type)} ${count(group.count)}</k-button>`)}
      ${hidden.size > 0 ? html`<k-button small variant="quiet" icon="undo" @click=${() => merge({ hide: '' }, { replace: true })}>${t('graph.showHidden', { count: hidden.size })}</k-button>` : nothing}
    </div>`;
  }

  #name(node) {
    return node.value ? html`<k-value kind=${node.type} .value=${node.text}></k-value>` : html`<span class="name">${node.text}</span>`;
  }

  #chosen(edges) {
    const node = this.selected && this.model.nodes.get(this.selected);
    if (!node) {
      return nothing;
    }
    const more = this.model.cut.get(node.id);
    const near = edges.filter((edge) => edge.from === node.id || edge.to === node.id).slice(0, 12);
    return html`<section class="chosen" aria-live="polite">
      <h2>${this.#name(node)}</h2>
      <p class="quiet">${what(node)}${node.silencedBy ? html` · ${t('graph.silencedBy', { list: node.silencedBy })}` : nothing}${more ? html` · ${t('graph.moreHere', { count: more })}` : nothing}</p>
      <div class="row">
        <k-button small icon="right" href=${this.#linkOf(node)}>${node.value ? t('graph.search') : t('graph.open')}</k-button>
        <k-button small icon="plus" key="KeyE" ?busy=${this.busy === node.id} @click=${() => this.#expand(node.id)}>${t('graph.expand')}</k-button>
        <k-button small icon="pin" key="KeyP" toggle ?pressed=${this.#of('pin').has(node.id)} @click=${() => this.#pin(node.id)}>${this.#of('pin').has(node.id) ? t('graph.unpin') : t('graph.pin')}</k-button>
        ${node.id === this.stixId ? nothing : html`<k-button small icon="hide" key="KeyH" @click=${() => this.#hide(node.id)}>${t('graph.hide')}</k-button>`}
      </div>
      ${near.length ? html`<ul class="edges">${near.map((edge) => {
        const other = this.model.nodes.get(edge.from === node.id ? edge.to : edge.from);
        return html`<li><k-icon name=${edge.from === node.id ? 'right' : 'left'}></k-icon><span class="quiet">${edgeName(edge.label)}</span> <button type="button" class="link" @click=${() => this.#choose(other.id)}>${other.value ? html`<k-value no-copy kind=${other.type} .value=${other.text}></k-value>` : other.text}</button></li>`;
      })}</ul>` : nothing}
    </section>`;
  }

  #list(nodes) {
    const shown = nodes.slice(0, this.shownOfList);
    return html`<section><h2>${t('graph.listed', { count: nodes.length })}</h2>
      <ul class="nodes">${shown.map((node) => html`<li aria-current=${node.id === this.selected ? 'true' : nothing}>
        <button type="button" class="node" @click=${() => this.#choose(node.id)}>
          ${node.value ? nothing : html`<k-icon name=${node.caseNumber ? 'cases' : 'object'}></k-icon>`}
          <span class="text">${node.value ? html`<k-value no-copy kind=${node.type} .value=${node.text}></k-value>` : node.text}<span class="meta">${what(node)}</span></span>
          ${this.#of('pin').has(node.id) ? html`<k-icon name="pin" label=${t('graph.pinned')}></k-icon>` : nothing}
        </button></li>`)}</ul>
      ${nodes.length > shown.length ? html`<k-button small variant="quiet" @click=${() => (this.shownOfList += LISTED)}>${t('graph.moreOfList', { count: nodes.length - shown.length })}</k-button>` : nothing}
    </section>`;
  }
}
customElements.define('koprik-graph', KoprikGraph);
