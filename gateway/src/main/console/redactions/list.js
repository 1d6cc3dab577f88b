import { LitElement, css, html, nothing } from 'lit';
import { get } from '../api.js';
import { base } from '../kit/base.js';
import { link } from '../router.js';
import { t } from '../texts.js';
import '../kit/badge.js';
import '../kit/problem.js';
import '../kit/tlp.js';

/** The redactions of an object (`objectId`), and of what it is one. Nothing when there are none. */
class KoprikRedactions extends LitElement {
  static properties = { objectId: { attribute: false }, found: { state: true }, error: { state: true } };
  static styles = [base, css`
    section { padding: var(--space-3); background: var(--surface-raised); border: 1px solid var(--border); border-radius: var(--radius); }
    li { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-1) var(--space-3); padding: var(--space-1) 0; }
    a { overflow-wrap: anywhere; }
  `];

  willUpdate(changed) {
    if (changed.has('objectId')) {
      this.found = null;
      this.#read();
    }
  }

  /** Asks the centre once more. */
  refresh() {
    this.#read();
  }

  async #read() {
    const id = this.objectId;
    this.error = null;
    try {
      const found = await get(`/api/objects/${encodeURIComponent(id)}/redactions`);
      if (id === this.objectId) {
        this.found = found;
      }
    } catch (failure) {
      this.error = failure;
    }
  }

  render() {
    if (this.error) {
      return html`<k-problem compact .error=${this.error} @retry=${this.#read}></k-problem>`;
    }
    const { redactions = [], redaction_of: original } = this.found ?? {};
    return redactions.length === 0 && !original
      ? nothing
      : html`<section aria-label=${t('redactions.list')}>
          ${original ? html`<p>${t('redactions.of')} <a href=${link(`/objects/${original}`)}>${original}</a></p>` : nothing}
          ${redactions.length === 0 ? nothing : html`<p>${t('redactions.list')}</p><ul>${redactions.map((one) => html`<li>
            <a href=${link(`/objects/${one.id}`)}>${one.id}</a> <k-tlp marking=${one.marking}></k-tlp>
            ${one.revoked ? html`<k-badge state="neutral">${t('redactions.revoked')}</k-badge>` : one.outdated ? html`<k-badge state="warning">${t('redactions.outdated')}</k-badge>` : nothing}
            ${one.held ? html`<k-badge state="warning">${t('redactions.waits')}</k-badge>` : nothing}</li>`)}</ul>`}
        </section>`;
  }
}
customElements.define('koprik-redactions', KoprikRedactions);
