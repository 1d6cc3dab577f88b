import { css, html, nothing } from 'lit';
import { get } from '../api.js';
import { base } from '../kit/base.js';
import { centreName, proof, proofState } from '../stix/words.js';
import { t } from '../texts.js';
import { differences, shown } from './fields.js';
import { Part } from './part.js';
import '../kit/badge.js';
import '../kit/button.js';
import '../kit/time.js';

/** The versions of an object, newest first, each with what it changed. */
class KoprikVersions extends Part {
  static properties = { changes: { state: true } };
  static styles = [base, css`
    ol { background: var(--surface-raised); border: 1px solid var(--border); border-radius: var(--radius); }
    li { display: grid; gap: var(--space-2); padding: var(--space-3); border-bottom: 1px solid var(--border); }
    li:last-child { border-bottom: 0; }
    .head { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2) var(--space-4); }
    .head strong { min-width: 104px; }
    .head k-time { min-width: 160px; }
    .what { flex: 1 1 240px; }
    table { width: 100%; border-collapse: collapse; table-layout: fixed; }
    th, td { padding: var(--space-1) var(--space-2); border: 1px solid var(--border); text-align: start; vertical-align: top; overflow-wrap: anywhere; white-space: pre-wrap; }
    th { font: var(--text-meta); font-weight: 600; }
    th:first-child { width: 20%; }
    del { background: var(--danger-surface); color: var(--danger-text); }
    ins { background: var(--ok-surface); color: var(--ok-text); text-decoration: none; }
  `];

  constructor() {
    super();
    this.changes = new Map();
  }

  async fetched() {
    this.changes = new Map();
    return get(`${this.path}/versions`);
  }

  async #compare(before, after) {
    try {
      const [old, now] = await Promise.all([before, after].map((one) => get(this.path, { version: one.version })));
      this.changes = new Map(this.changes).set(after.digest, { all: differences(old.object, now.object) });
    } catch (error) {
      this.changes = new Map(this.changes).set(after.digest, { error });
    }
  }

  content({ versions }) {
    const all = versions.toReversed();
    return html`<ol aria-label=${t('object.tab.versions')}>${all.map((one, at) => this.#version(one, all[at + 1], at))}</ol>`;
  }

  #version(one, before, at) {
    const change = this.changes.get(one.digest);
    return html`<li>
      <div class="head">
        <strong>${before ? t('object.versionChanged') : t('object.versionFirst')}</strong>
        ${one.version ? html`<k-time .at=${one.version}></k-time>` : nothing}
        ${at === 0 ? html`<k-badge state="ok">${t('object.versionLatest')}</k-badge>` : nothing}
        ${one.revoked ? html`<k-badge state="warning">${t('object.versionRevokes')}</k-badge>` : nothing}
        <span class="what"><k-badge state=${proofState(one)}>${proof(one)}</k-badge> <span class="quiet">${one.received_from ? t('object.versionThrough', { partner: centreName(one.received_from) }) : t('object.versionHere')}</span></span>
        ${before && one.version !== undefined && !change ? html`<k-button small icon="filter" @click=${() => this.#compare(before, one)}>${t('object.compare')}</k-button>` : nothing}
      </div>
      ${change?.error ? html`<k-problem compact .error=${change.error} @retry=${() => this.#compare(before, one)}></k-problem>` : nothing}
      ${change?.all ? this.#changes(change.all) : nothing}
    </li>`;
  }

  #changes(all) {
    return all.length === 0
      ? html`<p class="quiet">${t('object.noDifference')}</p>`
      : html`<table><thead><tr><th scope="col">${t('object.member')}</th><th scope="col">${t('object.before')}</th><th scope="col">${t('object.after')}</th></tr></thead>
          <tbody>${all.map((one) => html`<tr><th scope="row" translate="no">${one.name}</th>
            <td>${one.before === undefined ? html`<span class="quiet">–</span>` : html`<del>${shown(one.before)}</del>`}</td>
            <td>${one.after === undefined ? html`<span class="quiet">–</span>` : html`<ins>${shown(one.after)}</ins>`}</td></tr>`)}</tbody></table>`;
  }
}
customElements.define('koprik-versions', KoprikVersions);
