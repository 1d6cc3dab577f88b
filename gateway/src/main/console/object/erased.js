import { LitElement, css, html, nothing } from 'lit';
import { date, dateTime } from '../format.js';
import { base } from '../kit/base.js';
import { ruleWords } from '../reasons/reasons.js';
import { t } from '../texts.js';
import '../kit/banner.js';
import '../kit/id.js';

/** What stays of an object whose content was erased (`erasure` of the problem). */
class KoprikErased extends LitElement {
  static properties = { erasure: { attribute: false } };
  static styles = [base, css`
    :host { display: grid; gap: var(--space-4); }
    li { display: grid; gap: var(--space-1); padding: var(--space-2) 0; border-block-end: 1px solid var(--border); }
    .digest { font-family: var(--font-mono, monospace); overflow-wrap: anywhere; }
  `];

  render() {
    const { erasure } = this;
    return html`<k-banner state="notice">${erasure.rule ? t('object.erased.under', { date: date(erasure.erased), rule: ruleWords(erasure) }) : t('object.erased.on', { date: date(erasure.erased) })}</k-banner>
      <div class="row"><k-id .value=${erasure.id}></k-id>${erasure.by ? html`<span class="quiet">${t('object.erased.by', { who: erasure.by })}</span>` : nothing}</div>
      <section class="card"><h2>${t('object.erased.stays')}</h2><ul>${erasure.versions.map((one) => html`<li>
        <span>${t('object.erased.version', { version: one.version ? dateTime(one.version) : '–', received: dateTime(one.received) })}${one.received_from ? html` <span class="quiet">${one.received_from}</span>` : nothing}</span>
        <span class="digest">SHA-256 ${one.digest}</span>
        <span class="quiet">${t('object.erased.signatures', { count: one.signatures.length })}</span></li>`)}</ul></section>`;
  }
}
customElements.define('koprik-erased', KoprikErased);
