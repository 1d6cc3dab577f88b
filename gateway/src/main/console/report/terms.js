import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { may } from '../session.js';
import { t } from '../texts.js';
import '../kit/field.js';
import '../kit/tlp.js';
import './release.js';

const MARKINGS = ['clear', 'green', 'amber', 'amber+strict', 'red'];

/** What holds for all that is reported: marking, name, labels, end, description. Event `terms` with what changed. */
class KoprikReportTerms extends LitElement {
  static properties = { terms: { attribute: false }, wrong: { attribute: false }, how: {} };
  static styles = [base, css`
    :host { display: block; min-width: 0; }
    section { display: grid; gap: var(--space-3); grid-template-columns: minmax(0, 1fr); }
    .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(180px, 1fr)); gap: var(--space-3); align-items: start; }
    k-tlp { margin-top: var(--space-1); }
  `];

  #emit(change) {
    this.dispatchEvent(new CustomEvent('terms', { detail: change }));
  }

  render() {
    const { tlp, name, labels, validUntil, description, sentences } = this.terms;
    const options = MARKINGS.map((value) => ({ value, label: `TLP:${value.toUpperCase()} – ${t(`kit.tlp.${value === 'amber+strict' ? 'strict' : value}`)}` }));
    return html`<section class="card" aria-labelledby="h">
      <h2 id="h">${t('report.terms')}</h2>
      ${this.how === 'table' ? html`<p class="meta">${t('report.terms.rows')}</p>` : nothing}
      <div><k-field type="select" label=${t('report.terms.tlp')} .value=${tlp} .options=${options} @change=${({ detail }) => this.#emit({ tlp: detail.value })}></k-field><k-tlp marking=${tlp}></k-tlp></div>
      <k-field label=${t('report.terms.name')} hint=${t('report.terms.name.hint')} maxlength="200" .value=${name} @input=${({ detail }) => this.#emit({ name: detail.value })}></k-field>
      <div class="pair">
        <k-field label=${t('report.terms.labels')} hint=${t('report.terms.labels.hint')} .value=${labels.join(', ')} @change=${({ detail }) => this.#emit({ labels: split(detail.value) })}></k-field>
        <k-field type="date" label=${t('report.terms.until')} hint=${t('report.terms.until.hint')} error=${this.wrong.validUntil ?? ''} .value=${validUntil} @change=${({ detail }) => this.#emit({ validUntil: detail.value })}></k-field>
      </div>
      <k-field type="textarea" rows="3" label=${t('report.terms.description')} hint=${t('report.terms.description.hint')} .value=${description} @input=${({ detail }) => this.#emit({ description: detail.value })}></k-field>
      ${may('analyse') ? html`<koprik-report-release .terms=${this.terms} .wrong=${this.wrong} @terms=${({ detail }) => this.#emit(detail)}></koprik-report-release>` : nothing}
      ${this.how === 'text' ? html`<k-field type="checkbox" label=${t('report.terms.sentences')} hint=${t('report.terms.sentences.hint')} .value=${sentences} @change=${({ detail }) => this.#emit({ sentences: detail.value })}></k-field>` : nothing}
    </section>`;
  }
}
customElements.define('koprik-report-terms', KoprikReportTerms);

const split = (text) => [...new Set(text.split(',').map((one) => one.trim()).filter(Boolean))];
