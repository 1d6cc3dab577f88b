import { LitElement, css, html, nothing } from 'lit';
import { post } from '../api.js';
import { base } from '../kit/base.js';
import { number } from '../format.js';
import { toast } from '../kit/toast.js';
import { t } from '../texts.js';
import { place, sentence, sentenceOf, sentenceWithOwn } from '../sentences/sentences.js';
import '../kit/badge.js';
import '../kit/button.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/table.js';
import '../kit/time.js';

/** A place in a file of a feed: `list.csv, header`. @param {string} where */
function placeOfFile(where) {
  const [, file, inside] = /^(.*?), ((?:line|sheet|layout) .*|header|encoding|\/.*)$/.exec(where) ?? [];
  return file ? `${file}, ${place(inside)}` : where;
}

/** Feeds of others, watched folders, warning lists. Event `changed` after an action. */
class KoprikOperationsSources extends LitElement {
  static properties = { state: { attribute: false }, feeds: { attribute: false }, failure: { attribute: false }, actionFailure: { state: true }, busy: { state: true } };
  static styles = [base, css`:host { display: block; } p, .meta { overflow-wrap: anywhere; }`];

  render() {
    return html`<div class="stack">
      ${this.actionFailure ? html`<k-problem .noRetry=${true} .error=${this.actionFailure}></k-problem>` : nothing}
      <h2>${t('operations.feeds')}</h2>
      ${this.failure ? html`<k-problem .error=${this.failure} @retry=${() => this.#changed()}></k-problem>` : !this.feeds ? html`<k-skeleton rows="2"></k-skeleton>` : this.#table('feeds', this.feeds, (row) => row.name, this.#feeds())}
      <h2>${t('operations.watched')}</h2>${this.#table('watched', this.state.watched, (row) => row.folder, this.#watched())}
      <h2>${t('operations.lists')}</h2>${this.#table('lists', this.state.warning_lists, (row) => row.name, this.#lists())}</div>`;
  }

  #table(name, rows, rowId, columns) {
    return rows.length ? html`<k-table quiet-open local label=${t(`operations.${name}`)} .rows=${rows} .rowId=${rowId} .columns=${columns}></k-table>` : html`<p class="quiet">${t(`operations.${name}.none`)}</p>`;
  }

  #feeds() {
    return [
      { id: 'name', label: t('operations.feed'), cell: (row) => html`<strong>${row.name}</strong><div class="meta">${row.place}</div>` },
      { id: 'state', label: t('operations.state'), width: 'third', cell: (row) => html`${row.last_error ? html`<k-badge state=${row.waits_for_acceptance ? 'warning' : 'danger'}>${t(row.waits_for_acceptance ? 'operations.feed.shorter' : 'operations.feed.fails')}</k-badge><div class="meta">${sentenceWithOwn('trouble', sentenceOf(row, 'last_error'))}</div>`
        : html`<k-badge state=${row.last_success ? 'ok' : 'neutral'}>${t(row.last_success ? 'operations.feed.ok' : 'operations.feed.new')}</k-badge>`}${this.#unused(row)}` },
      { id: 'entries', label: t('operations.entries'), align: 'end', width: 'min', cell: (row) => number(row.entries) },
      { id: 'at', label: t('operations.feed.read'), cell: (row) => html`<k-time inline .at=${row.last_success}></k-time>` },
      { id: 'act', label: '', width: 'min', cell: (row) => html`${row.waits_for_acceptance ? html`<k-button small ?busy=${this.busy === row.name} @click=${() => this.#act(row.name, 'acceptance')}>${t('operations.feed.accept')}</k-button> ` : nothing}<k-button small icon="refresh" ?busy=${this.busy === row.name} @click=${() => this.#act(row.name, 'run')}>${t('operations.feed.run')}</k-button>` },
    ];
  }

  #unused(row) {
    return html`${row.faults.length ? html`<details><summary>${t('operations.feed.faults', { count: row.faulty_files })}</summary><ul>${row.faults.map((one) => html`<li class="meta">${one.file}: ${sentence('trouble', sentenceOf(one, 'reason'))}</li>`)}</ul></details>` : nothing}
      ${row.notes.length ? html`<details><summary>${t('operations.feed.notes', { count: row.notes.length })}</summary><ul>${row.notes.map((one) => html`<li class="meta">${placeOfFile(one.where)}: ${sentence('import', sentenceOf(one, 'text'))}</li>`)}</ul></details>` : nothing}`;
  }

  #watched() {
    return [
      { id: 'folder', label: t('operations.folder'), cell: (row) => html`<code>${row.folder}</code>` },
      { id: 'state', label: t('operations.state'), cell: (row) => (row.trouble ? html`<k-badge state="danger">${t('operations.folder.fails')}</k-badge><div class="meta">${sentenceWithOwn('trouble', sentenceOf(row, 'trouble'))}</div>` : html`<k-badge state="ok">${t('operations.folder.ok')}</k-badge>`) },
      { id: 'account', label: t('operations.account'), cell: (row) => row.account },
      { id: 'waiting', label: t('operations.folder.waiting'), align: 'end', width: 'min', cell: (row) => number(row.waiting) },
    ];
  }

  #lists() {
    return [
      { id: 'name', label: t('operations.list'), cell: (row) => row.name },
      { id: 'version', label: t('operations.list.version'), align: 'end', width: 'min', cell: (row) => String(row.version) },
      { id: 'entries', label: t('operations.entries'), align: 'end', width: 'min', cell: (row) => number(row.entries) },
      { id: 'modified', label: t('operations.list.age'), cell: (row) => html`<k-time inline .at=${row.modified}></k-time>` },
    ];
  }

  #changed() {
    this.dispatchEvent(new CustomEvent('changed'));
  }

  async #act(name, what) {
    this.busy = name;
    this.actionFailure = null;
    try {
      await post(`/api/feeds/${encodeURIComponent(name)}/${what}`);
      toast(t('operations.feed.started', { name }), { state: 'ok' });
      this.#changed();
    } catch (failure) {
      this.actionFailure = failure;
    }
    this.busy = '';
  }
}
customElements.define('koprik-operations-sources', KoprikOperationsSources);
