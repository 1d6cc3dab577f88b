import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { tell, toast } from '../kit/toast.js';
import { link } from '../router.js';
import { count, defang, money } from '../format.js';
import { t } from '../texts.js';
import { ROLES, options, roleWord, sendTo, totals } from './model.js';
import './cell.js';
import '../kit/button.js';
import '../kit/empty.js';
import '../kit/field.js';
import '../kit/pager.js';
import '../kit/problem.js';
import '../kit/table.js';
import '../kit/value.js';

const SHOWN = 20;

/** The values of a case by role. Events `changed` (detail: the case), `conflict`, `add`. */
class KoprikCaseValues extends LitElement {
  static properties = { file: { attribute: false }, fixed: { type: Boolean }, most: { state: true }, error: { state: true } };
  static styles = [base, css`
    :host { display: grid; gap: var(--space-4); grid-template-columns: minmax(0, 1fr); }
    section { display: grid; gap: var(--space-2); grid-template-columns: minmax(0, 1fr); }
  `];

  constructor() {
    super();
    this.most = {};
  }

  async #send(rest, form, done) {
    this.error = null;
    try {
      const answer = await sendTo(this.file, rest, form);
      this.dispatchEvent(new CustomEvent('changed', { detail: answer.case }));
      done?.();
    } catch (failure) {
      if (failure.status === 412) {
        this.dispatchEvent(new CustomEvent('conflict'));
      } else {
        this.error = failure;
        if (!this.isConnected) {
          tell(failure);
        }
      }
    }
  }

  #role(one, role) {
    this.#send('/observables', { values: [one.value], kind: one.kind, role });
  }

  #remove(one) {
    this.#send('/observables/remove', { values: [one.value], kind: one.kind }, () =>
      toast(t('cases.value.removed', { value: defang(one.value, one.kind) }), {
        undo: () => this.#send('/observables', { values: [one.value], kind: one.kind, ...(one.role ? { role: one.role } : {}), ...(one.note ? { note: one.note } : {}) }),
      }));
  }

  render() {
    const groups = [...ROLES, undefined].map((role) => ({ role, values: this.file.values.filter((one) => one.role === role) })).filter((one) => one.values.length > 0);
    const losses = totals(this.file.losses);
    return html`
      ${this.error ? html`<k-problem compact no-retry .error=${this.error}></k-problem>` : nothing}
      ${losses.length > 0 ? html`<p>${t('cases.losses')}: <strong>${losses.map(({ amount, currency }) => money(amount, currency)).join(' · ')}</strong></p>` : nothing}
      ${groups.length === 0
        ? html`<k-empty icon="search" heading=${t('cases.values.none')} text=${t('cases.values.none.text')}></k-empty>`
        : groups.map((group) => this.#group(group))}`;
  }

  #group({ role, values }) {
    const key = role ?? '';
    const most = this.most[key] ?? SHOWN;
    return html`<section><h3>${roleWord(role)} <span class="quiet">${count(values.length)}</span></h3>
      <k-table local quiet-open dense label=${roleWord(role)} .rows=${values.slice(0, most)} .rowId=${(one) => `${one.kind}:${one.value}`} .columns=${this.#columns(values)}></k-table>
      ${values.length > most ? html`<k-pager more .shown=${most} @more=${() => (this.most = { ...this.most, [key]: most + 5 * SHOWN })}></k-pager>` : nothing}</section>`;
  }

  #columns(values) {
    return [
      { id: 'value', label: t('cases.value'), cell: (one) => html`<k-value .kind=${one.kind} .value=${one.value}></k-value>` },
      { id: 'note', label: t('cases.value.note'), hidden: !values.some((one) => one.note || one.from_case), cell: (one) => html`<span>${one.note ?? ''}</span>${one.from_case ? html` <a class="meta" href=${link(['cases', one.from_case])}>${t('cases.from', { number: one.from_case })}</a>` : nothing}` },
      { id: 'role', label: t('cases.role'), width: 'min', hidden: this.fixed, cell: (one) => html`<koprik-cell look="field"><k-field type="select" quiet-label label=${t('cases.role')} .value=${one.role ?? ''}
        .options=${[...(one.role ? [] : [{ value: '', label: t('cases.role.none') }]), ...options(ROLES, roleWord)]} @change=${(e) => e.detail.value && this.#role(one, e.detail.value)}></k-field></koprik-cell>` },
      { id: 'remove', label: '', width: 'min', hidden: this.fixed, cell: (one) => html`<k-button small variant="quiet" icon="trash" label=${t('cases.value.remove')} @click=${() => this.#remove(one)}></k-button>` },
    ];
  }
}
customElements.define('koprik-case-values', KoprikCaseValues);
