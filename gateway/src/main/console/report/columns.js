import { LitElement, css, html } from 'lit';
import { base } from '../kit/base.js';
import { t } from '../texts.js';
import '../kit/field.js';

/** The roles that a column can have, as the import names them. */
const ROLES = ['value', 'kind', 'name', 'description', 'labels', 'tlp', 'valid_from', 'valid_until', 'confidence', 'port', 'revoked', 'active', 'detection', 'pattern', 'pattern_type', 'file_name', '-'];

/** Which column of a table is read as what, and the choice of another. Event `columns`: roles by name of the column. */
class KoprikReportColumns extends LitElement {
  static properties = { columns: { attribute: false }, chosen: { attribute: false } };
  static styles = [base, css`
    :host { display: block; }
    .all { display: grid; grid-template-columns: repeat(auto-fill, minmax(180px, 1fr)); gap: var(--space-3); margin-top: var(--space-3); align-items: end; }
  `];

  render() {
    return html`<section class="card" aria-labelledby="h"><h2 id="h">${t('report.columns')}</h2><p class="meta">${t('report.columns.text')}</p>
      <div class="all">${this.columns.map(({ column, use }) => this.#column(column, use))}</div></section>`;
  }

  /** All roles as they are shown, with one changed: what is shown is then what holds. */
  #with(changed, role) {
    const shown = this.columns.map(({ column, use }) => [column, this.chosen[column] ?? use.split(' ')[0]]);
    return { ...Object.fromEntries(shown), [changed]: role };
  }

  #column(column, use) {
    const role = this.chosen[column] ?? use.split(' ')[0];
    const roles = ROLES.includes(role) ? ROLES : [...ROLES, role];
    return html`<k-field type="select" label=${column} .value=${role} .options=${roles.map((value) => ({ value, label: ROLES.includes(value) ? t(`report.column.${value === '-' ? 'none' : value}`) : value }))}
      @change=${({ detail }) => this.dispatchEvent(new CustomEvent('columns', { detail: this.#with(column, detail.value) }))}></k-field>`;
  }
}
customElements.define('koprik-report-columns', KoprikReportColumns);
