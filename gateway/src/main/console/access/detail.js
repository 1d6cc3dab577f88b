import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { number } from '../format.js';
import { t } from '../texts.js';
import { answersOf, byOf, kindAndValue } from './entry.js';
import '../kit/button.js';
import '../kit/id.js';
import '../kit/time.js';
import '../kit/value.js';

const SHOWN = 200;

/** One entry of the access record in full: `entry`; event `value` asks who else looked at a value. */
class KoprikAccessDetail extends LitElement {
  static properties = { entry: { attribute: false } };
  static styles = [base, css`
    :host { display: block; }
    dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: var(--space-2) var(--space-4); }
    dt { color: var(--text-quiet); }
    dd { overflow-wrap: anywhere; }
    li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--space-2); padding: var(--space-1) 0; }
  `];

  render() {
    const entry = this.entry;
    const values = entry.values ?? [];
    return html`<div class="stack">
      <dl>
        ${this.#line('at', html`<k-time .at=${entry.at}></k-time>`)}
        ${this.#line('by', byOf(entry))}
        ${this.#line('from', entry.from)}
        ${this.#line('user', entry.local_user)}
        ${this.#line('purpose', entry.purpose ? `${entry.purpose} · ${entry.case}` : '')}
        ${this.#line('gateway', entry.gateway)}
        ${this.#line('what', html`<code>${entry.what}</code>`)}
        ${this.#line('ids', entry.ids && entry.ids.map((id) => html`<div><k-id value=${id}></k-id></div>`))}
        ${Object.entries(entry.asked ?? {}).map(([name, value]) => html`<dt><code>${name}</code></dt><dd>${value}</dd>`)}
        ${this.#line('refused', entry.refused && t('access.refused', { status: String(entry.refused) }))}
        ${this.#line('answers', answersOf(entry) !== null && number(answersOf(entry)))}
        ${this.#line('request', entry.request && html`<k-id value=${entry.request}></k-id>`)}
      </dl>
      ${values.length === 0 ? nothing : html`<h3>${t('access.values', { count: values.length })}</h3>
        <ul>${values.slice(0, SHOWN).map((key) => this.#value(key))}</ul>
        ${values.length > SHOWN ? html`<p class="quiet">${t('access.more', { count: values.length - SHOWN })}</p>` : nothing}`}
    </div>`;
  }

  #line(name, content) {
    return content ? html`<dt>${t(`access.detail.${name}`)}</dt><dd>${content}</dd>` : nothing;
  }

  #value(key) {
    const [kind, value] = kindAndValue(key);
    return html`<li><k-value kind=${kind} value=${value}></k-value><k-button small @click=${() => this.#ask(value)}>${t('access.whoElse')}</k-button></li>`;
  }

  #ask(value) {
    this.dispatchEvent(new CustomEvent('value', { detail: value, bubbles: true, composed: true }));
  }
}
customElements.define('koprik-access-detail', KoprikAccessDetail);
