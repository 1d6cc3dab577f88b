import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { toast } from '../kit/toast.js';
import { get, put, send } from '../api.js';
import { money } from '../format.js';
import { sentence } from '../sentences/sentences.js';
import { t } from '../texts.js';
import { ROLES, roleWord, typeWord } from './model.js';
import '../kit/badge.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/field.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/value.js';

const FIELDS = ['number', 'title', 'type', 'status', 'unit', 'opened', 'closed', 'summary', 'cases', 'incidents'];
/** A mapping that uses no column. */
const COLUMNS_ONLY = JSON.stringify({ bad_values: 'leave-out', fields: { number: { constant: '-' }, title: { constant: '-' } } });
const CASES = 20;
const VALUES = 6;
const CURRENCIES = ['UZS', 'EUR', 'USD', 'RUB', 'HUF', 'KRW', 'KZT', 'GBP'];

/** What columns are likely to be, by what the centre recognised in them and by the parts they are named after. */
function guess(columns) {
  const uses = {};
  columns.forEach(({ name, as, kinds, filled }) => {
    const field = as.find((one) => FIELDS.includes(one)) ?? FIELDS.find((one) => one === name.trim().toLowerCase());
    const kind = Object.entries(kinds ?? {}).sort((a, b) => b[1] - a[1])[0];
    uses[name] = field ? `field:${field}` : kind && kind[1] * 2 >= filled ? 'value:' : '';
  });
  return uses;
}

/** The mapping as the API takes it: JSON, which is YAML. */
export function mappingOf(uses, settings) {
  const fields = {};
  const values = [];
  const losses = [];
  Object.entries(uses).forEach(([column, use]) => {
    const [what, detail] = [use.split(':')[0], use.slice(use.indexOf(':') + 1)];
    if (what === 'field') {
      fields[detail] = column;
    } else if (what === 'value') {
      values.push({ column, ...(detail ? { role: detail } : {}) });
    } else if (what === 'loss') {
      losses.push({ column, currency: detail });
    }
  });
  return JSON.stringify({ decimal: settings.decimal, bad_values: 'leave-out', fields, ...(values.length > 0 ? { values } : {}), ...(losses.length > 0 ? { losses } : {}) });
}

/** Cases from a table: the columns are mapped by choosing what each is; each change is previewed. Event `done`. */
class KoprikCaseImport extends LitElement {
  static properties = {
    file: { state: true }, columns: { state: true }, uses: { state: true }, preview: { state: true }, error: { state: true }, busy: { state: true }, names: { state: true }, saved: { state: true }, name: { state: true }, settings: { state: true }, result: { state: true },
  };
  static styles = [base, css`
    .table { overflow-x: auto; border: 1px solid var(--border); border-radius: var(--radius); }
    table { border-collapse: collapse; width: 100%; }
    th, td { padding: var(--space-2) var(--space-3); border-bottom: 1px solid var(--border); text-align: start; vertical-align: top; overflow-wrap: anywhere; }
    tr:last-child > * { border-bottom: 0; }
    .columns th { min-width: 200px; background: var(--surface); }
    .columns th.used { background: var(--accent-surface); }
    .columns .name { display: block; margin-bottom: var(--space-2); }
    .two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(180px, 100%), 1fr)); gap: var(--space-4); align-items: end; }
    .values { display: flex; flex-wrap: wrap; gap: 2px var(--space-3); }
    code { overflow-wrap: anywhere; }
  `];

  #turn = 0;

  constructor() {
    super();
    this.uses = {};
    this.names = [];
    this.settings = { decimal: '.' };
    get('/api/case-mappings').then((found) => (this.names = found.names), (failure) => (this.error = failure));
  }

  async #chosen(files) {
    this.file = files[0] ?? null;
    this.columns = null;
    this.preview = null;
    this.uses = {};
    if (this.file) {
      await this.#look(true);
    }
  }

  #mapping() {
    return this.saved || mappingOf(this.uses, this.settings);
  }

  /** Reads the table; the first time to see which columns there are. */
  async #look(first) {
    const turn = ++this.#turn;
    this.busy = true;
    this.error = null;
    try {
      const query = { preview: CASES, file: this.file.name, mapping: first && !this.saved ? COLUMNS_ONLY : this.#mapping() };
      const preview = await send('/api/cases/import', this.file, { query, contentType: 'application/octet-stream' });
      if (turn !== this.#turn) {
        return;
      }
      this.columns = preview.columns;
      if (first && !this.saved) {
        this.uses = guess(preview.columns);
        if (Object.values(this.uses).includes('field:number')) {
          await this.#look(false);
          return;
        }
      }
      this.preview = first && !this.saved ? null : preview;
    } catch (failure) {
      if (turn === this.#turn) {
        this.error = failure;
      }
    } finally {
      if (turn === this.#turn) {
        this.busy = false;
      }
    }
  }

  #use(column, use) {
    const uses = { ...this.uses };
    if (use.startsWith('field:')) {
      // A part of a case comes from one column.
      Object.keys(uses).forEach((other) => (uses[other] = uses[other] === use ? '' : uses[other]));
    }
    this.uses = { ...uses, [column]: use };
    this.saved = '';
    if (Object.values(this.uses).includes('field:number')) {
      this.#look(false);
    } else {
      this.preview = null;
    }
  }

  async #bring() {
    this.busy = true;
    this.error = null;
    try {
      if (this.name?.trim() && !this.saved) {
        await put(`/api/case-mappings/${encodeURIComponent(this.name.trim())}`, this.#mapping(), { contentType: 'application/yaml' });
      }
      const text = await send('/api/cases/import', this.file, { query: { file: this.file.name, mapping: this.#mapping() }, contentType: 'application/octet-stream' });
      const lines = String(typeof text === 'string' ? text : JSON.stringify(text)).trim().split('\n').map((line) => JSON.parse(line));
      this.result = lines.at(-1);
      if (this.result.done && this.result.refused === 0) {
        toast(t('cases.import.done', { count: this.result.created + this.result.updated }), { state: 'ok' });
        this.#done();
      }
    } catch (failure) {
      this.error = failure;
    } finally {
      this.busy = false;
    }
  }

  #done() {
    this.dispatchEvent(new CustomEvent('done'));
  }

  render() {
    const cases = this.preview?.cases.length ?? 0;
    return html`<k-dialog wide open heading=${t('cases.import.heading')} @close=${this.#done}>
      <div class="stack">
        <p>${t('cases.import.text')}</p>
        <div class="two">
          <k-field type="file" label=${t('cases.import.file')} accept=".csv,.tsv,.txt,.xlsx,.ods" @change=${(e) => this.#chosen(e.detail.value)}></k-field>
          ${this.names.length > 0 ? html`<k-field type="select" label=${t('cases.import.saved')} .value=${this.saved ?? ''} .options=${[{ value: '', label: t('cases.import.own') }, ...this.names.map((one) => ({ value: one, label: one }))]}
            @change=${(e) => { this.saved = e.detail.value; if (this.file) { this.#look(!this.saved); } }}></k-field>` : nothing}
        </div>
        ${this.error ? html`<k-problem compact no-retry .error=${this.error}></k-problem>` : nothing}
        ${this.busy && !this.columns ? html`<k-skeleton rows="4"></k-skeleton>` : nothing}
        ${this.columns ? this.#mapped() : nothing}
        ${this.preview && !this.result ? this.#would() : nothing}
        ${this.result ? html`<k-banner state=${this.result.refused > 0 || !this.result.done ? 'warning' : 'ok'}>${t('cases.import.result', { created: this.result.created, updated: this.result.updated, refused: this.result.refused })} ${this.result.error ? sentence('file', { text: this.result.error, ...this.result.error_sentence }) : nothing}</k-banner>` : nothing}
      </div>
      <k-button slot="actions" @click=${this.#done}>${t(this.result ? 'cases.import.close' : 'cases.cancel')}</k-button>
      ${this.result ? nothing : html`<k-button slot="actions" variant="primary" icon="upload" ?busy=${this.busy} ?disabled=${cases === 0} @click=${this.#bring}>${t('cases.import.do')}</k-button>`}
    </k-dialog>`;
  }

  #mapped() {
    const options = [
      { value: '', label: t('cases.import.ignore') }, ...FIELDS.map((field) => ({ value: `field:${field}`, label: t(`cases.import.field.${field}`) })),
      ...[undefined, ...ROLES].map((role) => ({ value: `value:${role ?? ''}`, label: t('cases.import.value', { role: roleWord(role) }) })), ...CURRENCIES.map((one) => ({ value: `loss:${one}`, label: t('cases.import.loss', { currency: one }) })),
    ];
    return html`
      <h3>${t('cases.import.columns')}</h3>
      <div class="table" tabindex="0" role="region" aria-label=${t('cases.import.columns')}><table class="columns"><thead><tr>${this.columns.map((column) => html`<th scope="col" class=${this.uses[column.name] ? 'used' : ''}><span class="name">${column.name}</span>
        ${this.saved ? html`<span class="meta">${column.as.join(', ') || t('cases.import.ignore')}</span>` : html`<k-field type="select" quiet-label label=${t('cases.import.use', { column: column.name })} .value=${this.uses[column.name] ?? ''} .options=${options} @change=${(e) => this.#use(column.name, e.detail.value)}></k-field>`}</th>`)}</tr></thead>
        <tbody>${[0, 1, 2].map((at) => html`<tr>${this.columns.map((column) => html`<td><code>${column.examples[at] ?? ''}</code></td>`)}</tr>`)}</tbody></table></div>
      ${!this.saved && !Object.values(this.uses).includes('field:number') ? html`<k-banner state="notice">${t('cases.import.needsNumber')}</k-banner>` : nothing}
      ${this.saved ? nothing : html`<div class="two">
        <k-field type="select" label=${t('cases.import.decimal')} .value=${this.settings.decimal} .options=${['.', ','].map((value) => ({ value, label: `1000${value}50` }))} @change=${(e) => { this.settings = { ...this.settings, decimal: e.detail.value }; this.#look(false); }}></k-field>
        <k-field label=${t('cases.import.name')} hint=${t('cases.import.name.hint')} .value=${this.name ?? ''} @input=${(e) => (this.name = e.detail.value)}></k-field></div>`}`;
  }

  #would() {
    const { preview } = this;
    return html`<h3>${t('cases.import.would')}</h3>
      <p>${t('cases.import.rows', { count: preview.rows })}${preview.refused > 0 ? html` <k-badge state="warning">${t('cases.import.refused', { count: preview.refused })}</k-badge>` : nothing}</p>
      ${preview.faults.length > 0 ? html`<ul>${preview.faults.slice(0, VALUES).map((one) => html`<li class="meta">${one.line}${one.column ? `, ${one.column}` : ''}: ${sentence('import', { ...one, text: one.reason })}</li>`)}</ul>` : nothing}
      ${preview.cases.length === 0 ? nothing : html`<div class="table" tabindex="0" role="region" aria-label=${t('cases.import.would')}><table><thead><tr><th scope="col">${t('cases.number')}</th><th scope="col">${t('cases.title')}</th><th scope="col">${t('cases.values')}</th><th scope="col">${t('cases.losses')}</th><th scope="col">${t('cases.import.outcome')}</th></tr></thead>
        <tbody>${preview.cases.map((one) => html`<tr><td>${one.number}</td><td>${one.title}<div class="meta">${typeWord(one.type)}</div></td>
          <td><div class="values">${one.values.slice(0, VALUES).map((value) => html`<k-value no-copy .kind=${value.kind} .value=${value.value}></k-value>`)}${one.values.length > VALUES ? html`<span class="meta">${t('cases.add.more', { count: one.values.length - VALUES })}</span>` : nothing}</div></td>
          <td>${one.losses.map((loss) => html`<div>${money(loss.amount, loss.currency)}</div>`)}</td><td><k-badge state=${one.outcome === 'unchanged' ? 'neutral' : 'ok'}>${t(`cases.import.${one.outcome}`)}</k-badge></td></tr>`)}</tbody></table></div>`}`;
  }
}
customElements.define('koprik-case-import', KoprikCaseImport);
