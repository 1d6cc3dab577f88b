import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { onKeys } from '../kit/keys.js';
import { tell, toast } from '../kit/toast.js';
import { post } from '../api.js';
import { link } from '../router.js';
import { may } from '../session.js';
import { defang } from '../format.js';
import { t } from '../texts.js';
import { originWords, ruleWord } from './model.js';
import './cell.js';
import '../kit/badge.js';
import '../kit/button.js';
import '../kit/empty.js';
import '../kit/pager.js';
import '../kit/problem.js';
import '../kit/table.js';
import '../kit/tabs.js';
import '../kit/time.js';
import '../kit/value.js';

const SHOWN = 50;

/** One row for each object that matches a value: `{id, value, other, rule, met, verdict}`. Other cases are similar cases. */
export function rowsOf(matches) {
  return matches.flatMap((match) => match.met.filter((met) => !met.case_number).map((met) => ({
    id: [match.kind, match.value, match.rule, match.other_value, match.pattern, met.id].join('|'),
    // One decision holds for a value in an object, by whatever rule it was found.
    key: [met.id, match.other_kind ?? match.kind, match.other_value ?? match.value].join('|'),
    kind: match.kind,
    value: match.value,
    otherKind: match.other_kind ?? match.kind,
    other: match.other_value ?? match.value,
    rule: match.rule,
    pattern: match.pattern,
    score: match.certainty?.score,
    met,
    verdict: met.verdict?.verdict,
  })));
}

/** Matches to confirm or dismiss: `found` is `matches` of the API. Event `judged`. */
class KoprikCaseMatches extends LitElement {
  static properties = { found: { attribute: false }, view: { state: true }, active: { state: true }, verdicts: { state: true }, busy: { state: true }, error: { state: true }, most: { state: true } };
  static styles = [base, css`:host { display: grid; gap: var(--space-3); grid-template-columns: minmax(0, 1fr); }`];

  constructor() {
    super();
    this.found = [];
    this.view = 'open';
    this.verdicts = new Map();
    this.busy = new Set();
    this.most = SHOWN;
    onKeys(this, { KeyC: () => this.#judge(this.#row(), 'confirmed'), KeyD: () => this.#judge(this.#row(), 'dismissed') }, () => (may('write') ? { KeyC: t('cases.match.confirm'), KeyD: t('cases.match.dismiss') } : {}));
  }

  willUpdate(changed) {
    if (changed.has('found')) {
      this.verdicts = new Map();
    }
  }

  #all() {
    return rowsOf(this.found).map((row) => (this.verdicts.has(row.key) ? { ...row, verdict: this.verdicts.get(row.key) } : row));
  }

  #row() {
    return this.#all().find((row) => row.id === this.active);
  }

  async #judge(row, verdict, undoing = false) {
    if (!row || !row.other || !may('write') || this.busy.has(row.id) || row.verdict === verdict) {
      return;
    }
    const before = row.verdict;
    const rows = this.#shown();
    const at = rows.findIndex((one) => one.id === row.id);
    const next = rows.slice(at + 1).find((one) => one.key !== row.key) ?? rows.slice(0, at).findLast((one) => one.key !== row.key);
    this.busy = new Set([...this.busy, row.id]);
    this.error = null;
    try {
      await post(`/api/objects/${row.met.id}/verdicts`, { value: row.other, kind: row.otherKind, verdict: verdict ?? 'none' });
      this.verdicts = new Map([...this.verdicts, [row.key, verdict]]);
      if (undoing) {
        this.view = before && !verdict ? 'open' : this.view;
        this.active = row.id;
        toast(t('cases.match.back'), { state: 'ok' });
      } else {
        if (this.view === 'open' && next) {
          this.#focus(next.id);
        }
        toast(t(`cases.match.${verdict}`, { value: defang(row.other, row.otherKind) }), { state: 'ok', undo: () => this.#judge({ ...row, verdict }, before, true) });
      }
      this.dispatchEvent(new CustomEvent('judged'));
    } catch (failure) {
      this.error = failure;
      if (!this.isConnected) {
        tell(failure);
      }
    } finally {
      this.busy = new Set([...this.busy].filter((id) => id !== row.id));
    }
  }

  async #focus(id) {
    this.active = id;
    await this.updateComplete;
    const table = this.renderRoot.querySelector('k-table');
    await table?.updateComplete;
    [...(table?.renderRoot.querySelectorAll('tbody tr') ?? [])].find((tr) => tr.dataset.id === id)?.focus({ preventScroll: true });
  }

  #shown() {
    return this.#all().filter((row) => (this.view === 'open' ? !row.verdict : Boolean(row.verdict)));
  }

  render() {
    const all = this.#all();
    const open = all.filter((row) => !row.verdict).length;
    const rows = this.#shown();
    return html`
      <k-tabs label=${t('cases.matches')} .active=${this.view} .tabs=${[{ id: 'open', label: t('cases.match.open'), count: open }, { id: 'decided', label: t('cases.match.decided'), count: all.length - open }]}
        @change=${(e) => (this.view = e.detail.id)}></k-tabs>
      ${this.error ? html`<k-problem compact no-retry .error=${this.error}></k-problem>` : nothing}
      ${rows.length === 0
        ? html`<k-empty icon="check" heading=${t(this.view === 'open' ? 'cases.match.none' : 'cases.match.noneDecided')} text=${t('cases.match.none.text')}></k-empty>`
        : html`<k-table quiet-open label=${t('cases.matches')} .rows=${rows.slice(0, this.most)} .rowId=${(row) => row.id} .active=${this.active} .columns=${this.#columns()} @active=${(e) => (this.active = e.detail.id)}></k-table>
          ${rows.length > this.most ? html`<k-pager more @more=${() => (this.most += SHOWN)}></k-pager>` : nothing}`}`;
  }

  #columns() {
    return [
      { id: 'value', label: t('cases.match.here'), width: 'half', cell: (row) => html`${row.value ? html`<k-value .kind=${row.kind} .value=${row.value}></k-value>` : nothing}
        <div class="meta">${ruleWord(row.rule)}${row.score === undefined ? nothing : ` · ${t('cases.match.score', { score: row.score })}`}</div>
        ${row.other && row.other !== row.value ? html`<k-value .kind=${row.otherKind} .value=${row.other}></k-value>` : nothing}` },
      { id: 'met', label: t('cases.match.object'), cell: (row) => html`<a href=${link(['objects', row.met.id])}>${row.met.title}</a><div class="meta">${originWords(row.met)}</div><div class="meta"><k-time inline .at=${row.met.received}></k-time></div>` },
      { id: 'verdict', label: '', width: 'min', cell: (row) => this.#actions(row) },
    ];
  }

  #actions(row) {
    if (row.verdict) {
      return html`<koprik-cell look="act"><k-badge state=${row.verdict === 'confirmed' ? 'ok' : 'neutral'}>${t(`cases.verdict.${row.verdict}`)}</k-badge>
        ${may('write') ? html`<k-button small variant="quiet" icon="undo" label=${t('cases.match.takeBack')} ?busy=${this.busy.has(row.id)} @click=${() => this.#judge(row, undefined, true)}></k-button>` : nothing}</koprik-cell>`;
    }
    if (!may('write') || !row.other) {
      return nothing;
    }
    return html`<koprik-cell look="act">
      <k-button small icon="check" label=${t('cases.match.confirm')} key="KeyC" ?busy=${this.busy.has(row.id)} @click=${() => this.#judge(row, 'confirmed')}></k-button>
      <k-button small icon="close" label=${t('cases.match.dismiss')} key="KeyD" ?busy=${this.busy.has(row.id)} @click=${() => this.#judge(row, 'dismissed')}></k-button></koprik-cell>`;
  }
}
customElements.define('koprik-case-matches', KoprikCaseMatches);
