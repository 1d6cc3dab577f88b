import { LitElement, css, html, nothing } from 'lit';
import { post } from '../api.js';
import { attempt } from '../kit/attempt.js';
import { base } from '../kit/base.js';
import { toast } from '../kit/toast.js';
import { t } from '../texts.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/problem.js';

/** Asks before the run of retention, and runs it: `report` says how much is due. Events `done` and `close`. */
class KoprikRetentionRun extends LitElement {
  static properties = { report: { attribute: false }, busy: { state: true }, error: { state: true } };
  static styles = [base, css`:host { display: contents; }`];

  #run() {
    return attempt(this, async () => {
      const run = await post('/api/retention');
      toast(t('retention.run.done', { count: run.erased }), { state: 'ok' });
      this.dispatchEvent(new CustomEvent('done'));
    });
  }

  #close() {
    this.dispatchEvent(new CustomEvent('close'));
  }

  render() {
    const { due, held } = this.report;
    return html`<k-dialog open heading=${t('retention.run.ask')} @close=${this.#close}>
      <div class="stack"><p>${due > 0 ? t('retention.run.text', { count: due }) : t('retention.run.nothing')} ${held > 0 ? t('retention.run.held', { count: held }) : nothing}</p>
        ${due > 0 ? html`<k-banner state="warning">${t('retention.final')}</k-banner>` : nothing}
        ${this.error ? html`<k-problem compact no-retry .error=${this.error}></k-problem>` : nothing}</div>
      <k-button slot="actions" @click=${this.#close}>${t('retention.cancel')}</k-button>
      <k-button slot="actions" id="sure" variant=${due > 0 ? 'danger' : 'primary'} icon="clock" ?busy=${this.busy} @click=${this.#run}>${t('retention.run')}</k-button></k-dialog>`;
  }
}
customElements.define('koprik-retention-run', KoprikRetentionRun);
