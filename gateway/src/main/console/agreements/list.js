import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { untilDate } from '../format.js';
import { go, link } from '../router.js';
import { t } from '../texts.js';
import { holds, waitsFor, waitsForWhom } from './holds.js';
import { versionsWith } from './model.js';
import '../kit/badge.js';
import '../kit/banner.js';
import '../kit/empty.js';
import '../kit/button.js';
import '../kit/table.js';
import '../kit/tlp.js';

const ORDER = ['us', 'partner', ''];

/** All partners with what holds and what waits: `answer` of `GET /api/agreements`. What waits for this centre comes first. */
class KoprikAgreementList extends LitElement {
  static properties = { answer: { attribute: false } };
  static styles = [base, css`
    :host { display: block; }
    p.meta { margin-top: 2px; overflow-wrap: anywhere; }
  `];

  render() {
    const { answer } = this;
    if (answer.partners.length === 0) {
      return html`<k-empty icon="agreements" heading=${t('agreements.empty')} text=${t('agreements.empty.text')}><k-button slot="action" variant="primary" href=${link('/partners')}>${t('frame.screen.partners')}</k-button></k-empty>`;
    }
    const rows = answer.partners
      .map((terms) => ({ ...terms, id: terms.partner, holds: holds(terms), waits: waitsFor(versionsWith(answer, terms.partner)), whom: waitsForWhom(versionsWith(answer, terms.partner)) || terms.title }))
      .sort((a, b) => ORDER.indexOf(a.waits) - ORDER.indexOf(b.waits) || a.title.localeCompare(b.title));
    return html`<div class="stack">
      <p class="quiet">${t(answer.required ? 'agreements.required' : 'agreements.interim')}</p>
      <k-table label=${t('frame.screen.agreements')} .rows=${rows} .columns=${this.#columns()} .rowState=${(row) => (row.waits === 'us' ? 'warning' : '')} @open=${(e) => go(['agreements', e.detail.id])}></k-table></div>`;
  }

  #columns() {
    return [
      { id: 'partner', label: t('agreements.partner'), cell: (row) => html`<a href=${link(['agreements', row.partner])}><strong>${row.title}</strong></a>` },
      { id: 'holds', label: t('agreements.now'), width: 'third', cell: (row) => html`<k-badge state=${row.holds.state}>${row.holds.word}</k-badge><p class="meta">${row.holds.text}</p>` },
      { id: 'tlp', label: t('agreements.upTo'), width: 'min', cell: (row) => html`<k-tlp marking=${row.max_tlp ?? 'TLP:CLEAR'}></k-tlp>` },
      { id: 'until', label: t('agreements.until'), width: 'min', cell: (row) => (row.until ? untilDate(row.until) : html`<span class="quiet">–</span>`) },
      { id: 'waits', label: t('agreements.waits'), cell: (row) => html`${row.waits === 'us' ? html`<k-badge state="warning" icon="clock">${t('agreements.waits.us')}</k-badge>` : row.waits ? html`<k-badge state="notice" icon="clock">${t('agreements.waits.partner', { centre: row.whom })}</k-badge>` : html`<span class="quiet">${t('agreements.waits.nobody')}</span>`}
        ${row.delivery.trouble ? html`<p class="meta">${t('agreements.notDelivered')}</p>` : nothing}` },
    ];
  }
}
customElements.define('koprik-agreement-list', KoprikAgreementList);
