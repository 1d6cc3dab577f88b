import { LitElement, css, html, nothing } from 'lit';
import { post } from '../api.js';
import { base } from '../kit/base.js';
import { bytes, duration } from '../format.js';
import { toast } from '../kit/toast.js';
import { t } from '../texts.js';
import { sentenceOf, sentenceWithOwn } from '../sentences/sentences.js';
import '../kit/badge.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/empty.js';
import '../kit/problem.js';
import '../kit/table.js';
import '../kit/time.js';

/** The scheduled backups. Event `changed` after one was asked for. */
class KoprikOperationsBackups extends LitElement {
  static properties = { backups: { attribute: false }, failure: { state: true }, busy: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    .meta k-time, p k-time { font: inherit; color: inherit; }
  `];

  render() {
    const { backups } = this;
    if (!backups) {
      return nothing;
    }
    if (!backups.scheduled) {
      return html`<k-empty icon="file" heading=${t('operations.backups.off')} text=${t('operations.backups.off.text')}></k-empty>`;
    }
    return html`<div class="stack"><div class="spread"><p>${t('operations.backups.every', { duration: duration(backups.interval_seconds) })} ${backups.stored.length ? html`${t('operations.backups.newest')} <k-time inline .at=${backups.stored[0].made}></k-time>` : nothing}</p>
        <k-button variant="primary" icon="file" ?busy=${this.busy || backups.working} @click=${this.#make}>${t(backups.working ? 'operations.backups.working' : 'operations.backups.make')}</k-button></div>
      ${backups.trouble ? html`<k-banner state="danger">${t('operations.backups.trouble')} ${sentenceWithOwn('trouble', sentenceOf(backups, 'trouble'))}</k-banner>` : nothing}
      ${this.failure ? html`<k-problem .noRetry=${true} .error=${this.failure}></k-problem>` : nothing}
      ${backups.stored.length ? html`<k-table quiet-open local label=${t('operations.tab.backups')} .rows=${backups.stored} .rowId=${(row) => row.file} .columns=${[
        { id: 'made', label: t('operations.backups.made'), cell: (row) => html`<k-time .at=${row.made}></k-time>` },
        { id: 'file', label: t('operations.backups.file'), cell: (row) => html`<code>${row.file}</code>` },
        { id: 'checked', label: t('operations.backups.checked'), cell: (row) => html`<k-badge state=${row.checked ? 'ok' : 'notice'}>${t(row.checked ? 'operations.backups.restored' : 'operations.backups.unchecked')}</k-badge>` },
        { id: 'bytes', label: t('operations.backups.size'), align: 'end', width: 'min', cell: (row) => bytes(row.bytes) }]}></k-table>`
        : html`<p class="quiet">${t('operations.backups.none')}</p>`}</div>`;
  }

  async #make() {
    this.busy = true;
    this.failure = null;
    try {
      await post('/api/backups');
      toast(t('operations.backups.started'), { state: 'ok' });
      this.dispatchEvent(new CustomEvent('changed'));
    } catch (failure) {
      this.failure = failure;
    }
    this.busy = false;
  }
}
customElements.define('koprik-operations-backups', KoprikOperationsBackups);
