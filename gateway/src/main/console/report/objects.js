import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { protection } from '../reasons/reasons.js';
import { t } from '../texts.js';
import '../kit/badge.js';
import '../kit/field.js';
import '../kit/pager.js';
import '../kit/tlp.js';
import '../kit/value.js';

const SHOWN = 50;

/** The objects of a STIX or MISP file as it is read: type, title, values, own marking. Event `anyway` (detail: boolean). */
class KoprikReportObjects extends LitElement {
  static properties = { objects: { attribute: false }, count: { type: Number }, anyway: { type: Boolean }, shown: { state: true } };
  static styles = [base, css`
    :host { display: block; min-width: 0; }
    ul { display: grid; gap: var(--space-2); margin-top: var(--space-2); }
    li { display: grid; gap: var(--space-1); grid-template-columns: minmax(0, 1fr); padding: var(--space-2) var(--space-3); border: 1px solid var(--border); border-radius: var(--radius); }
    .title { overflow-wrap: anywhere; }
  `];

  constructor() {
    super();
    this.shown = SHOWN;
  }

  render() {
    const guarded = this.objects.some((one) => one.values.some((value) => value.protection_code));
    return html`<h2>${t('report.objects', { count: this.count })}</h2>
      ${guarded ? html`<k-field type="checkbox" label=${t('report.objects.anyway')} .value=${this.anyway}
        @change=${({ detail }) => this.dispatchEvent(new CustomEvent('anyway', { detail: detail.value, bubbles: true, composed: true }))}></k-field>` : nothing}
      <ul>${this.objects.slice(0, this.shown).map((one) => this.#object(one))}</ul>
      ${this.objects.length > this.shown || this.count > this.objects.length
        ? html`<k-pager ?more=${this.objects.length > this.shown} .shown=${Math.min(this.shown, this.objects.length)} @more=${() => (this.shown += SHOWN)}></k-pager>` : nothing}`;
  }

  #object(one) {
    const guarded = one.values.find((value) => value.protection_code);
    return html`<li>
      <div class="row"><k-badge icon="object">${one.type || '?'}</k-badge>${one.values.length > 0 ? nothing : html`<strong class="title">${one.title}</strong>`}${one.tlp ? html`<k-tlp marking=${one.tlp}></k-tlp>` : nothing}</div>
      ${one.values.length > 0 && one.title && !one.title.startsWith('[') && one.title !== one.values[0].value ? html`<strong class="title">${one.title}</strong>` : nothing}
      ${one.values.map((value) => html`<k-value long no-copy .kind=${value.kind} .value=${value.value}></k-value>`)}
      ${guarded ? html`<k-badge state="warning">${protection(guarded)}</k-badge>` : nothing}
    </li>`;
  }
}
customElements.define('koprik-report-objects', KoprikReportObjects);
