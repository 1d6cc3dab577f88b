import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { get } from '../api.js';
import { t } from '../texts.js';
import '../kit/field.js';
import '../kit/problem.js';

/** To whom and when the report is released at most: named partners, a sharing group, an embargo. Event `terms` with what changed. */
class KoprikReportRelease extends LitElement {
  static properties = { terms: { attribute: false }, wrong: { attribute: false }, centres: { state: true }, groups: { state: true }, error: { state: true } };
  static styles = [base, css`
    :host { display: block; min-width: 0; }
    fieldset { border: 0; margin: 0; padding: 0; display: grid; gap: var(--space-2); min-width: 0; }
    legend { font-weight: 600; padding: 0; margin-bottom: var(--space-1); }
    .names { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 0 var(--space-3); }
    .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(180px, 1fr)); gap: var(--space-3); align-items: start; }
  `];

  constructor() {
    super();
    this.centres = [];
    this.groups = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.#read();
  }

  async #read() {
    try {
      const [centres, groups] = await Promise.all([get('/api/centres'), get('/api/groups')]);
      this.centres = centres.centres.filter((one) => !one.own);
      this.groups = groups.groups.filter((one) => !one.dissolved);
      this.error = null;
    } catch (failure) {
      this.error = failure;
    }
  }

  #emit(change) {
    this.dispatchEvent(new CustomEvent('terms', { detail: change }));
  }

  #name(name, chosen) {
    const to = this.terms.to ?? [];
    this.#emit({ to: chosen ? [...to, name] : to.filter((one) => one !== name) });
  }

  render() {
    if (this.error) {
      return html`<k-problem compact .error=${this.error} @retry=${this.#read}></k-problem>`;
    }
    const { to = [], group = '', embargo = '' } = this.terms;
    return html`<fieldset>
      <legend>${t('report.release')}</legend>
      ${this.centres.length > 0 ? html`<div class="names">${this.centres.map((one) => html`<k-field type="checkbox" label=${one.title ?? one.name} .value=${to.includes(one.name)} @change=${({ detail }) => this.#name(one.name, detail.value)}></k-field>`)}</div>
        <p class="meta">${t('report.release.names')}</p>` : nothing}
      <div class="pair">
        ${this.groups.length > 0 ? html`<k-field type="select" label=${t('report.release.group')} .value=${group} .options=${[{ value: '', label: t('report.release.group.none') }, ...this.groups.map((one) => ({ value: one.id, label: one.name }))]} @change=${({ detail }) => this.#emit({ group: detail.value })}></k-field>` : nothing}
        <k-field type="datetime" label=${t('report.release.embargo')} hint=${t('report.release.embargo.hint')} error=${this.wrong.embargo ?? ''} .value=${embargo} @change=${({ detail }) => this.#emit({ embargo: detail.value })}></k-field>
      </div>
    </fieldset>`;
  }
}
customElements.define('koprik-report-release', KoprikReportRelease);
