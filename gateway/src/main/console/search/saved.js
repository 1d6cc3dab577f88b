import { LitElement, css, html, nothing } from 'lit';
import { del, get, put } from '../api.js';
import { base } from '../kit/base.js';
import { toast } from '../kit/toast.js';
import { t } from '../texts.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/empty.js';
import '../kit/field.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/time.js';

/** The searches that the account keeps: run, keep the present one, forget. Event `run` (detail.q). */
class KoprikSavedSearches extends LitElement {
  static properties = { open: { type: Boolean }, q: {}, searches: { state: true }, error: { state: true }, name: { state: true }, removed: { state: true }, busy: { state: true } };
  static styles = [base, css`
    .body { display: grid; gap: var(--space-4); }
    form { display: flex; flex-wrap: wrap; align-items: flex-end; gap: var(--space-2); }
    form k-field { flex: 1 1 240px; }
    li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--space-2); align-items: center; padding: var(--space-2) 0; border-bottom: 1px solid var(--border); }
    li:last-child { border-bottom: 0; }
    .name { font-weight: 600; overflow-wrap: anywhere; }
    code { display: block; color: var(--text-quiet); }
  `];

  constructor() {
    super();
    this.name = '';
  }

  willUpdate(changed) {
    if (changed.has('open') && this.open) {
      this.name = '';
      this.error = null;
      this.removed = null;
      this.#load();
    }
  }

  async #load() {
    try {
      this.searches = (await get('/api/searches')).searches;
    } catch (failure) {
      this.error = failure;
    }
  }

  async #do(work) {
    this.busy = true;
    this.error = null;
    try {
      await work();
      await this.#load();
    } catch (failure) {
      this.error = failure;
    } finally {
      this.busy = false;
    }
  }

  #keep(event) {
    event.preventDefault();
    const name = this.name.trim();
    if (name) {
      this.#do(async () => {
        await put(`/api/searches/${encodeURIComponent(name)}`, { q: this.q });
        toast(t('search.kept', { name }), { state: 'ok' });
        this.name = '';
      });
    }
  }

  #forget(saved) {
    this.#do(async () => {
      await del(`/api/searches/${encodeURIComponent(saved.name)}`);
      this.removed = saved;
    });
  }

  /** Messages of the page cannot be clicked while the dialog is open: the way back stands in it. */
  #restore() {
    const { name, q } = this.removed;
    this.#do(async () => {
      await put(`/api/searches/${encodeURIComponent(name)}`, { q });
      this.removed = null;
    });
  }

  #run(q) {
    this.dispatchEvent(new CustomEvent('run', { detail: { q } }));
  }

  render() {
    return html`<k-dialog ?open=${this.open} heading=${t('search.saved')} @close=${() => this.dispatchEvent(new CustomEvent('close'))}><div class="body">
      ${this.q ? html`<form @submit=${this.#keep}>
        <k-field label=${t('search.keepAs')} hint=${t('search.keepHint', { q: this.q.length > 80 ? `${this.q.slice(0, 80)}…` : this.q })} maxlength="64" .value=${this.name}
          @input=${(event) => (this.name = event.detail.value)} @enter=${this.#keep}></k-field>
        <k-button variant="primary" ?busy=${this.busy} ?disabled=${!this.name.trim()} @click=${this.#keep}>${t('search.keep')}</k-button></form>` : nothing}
      ${this.removed ? html`<k-banner role="status">${t('search.forgotten', { name: this.removed.name })}<k-button slot="action" small icon="undo" ?busy=${this.busy} @click=${this.#restore}>${t('kit.toast.undo')}</k-button></k-banner>` : nothing}
      ${this.error ? html`<k-problem compact .error=${this.error} @retry=${() => this.#load()}></k-problem>` : nothing}
      ${!this.searches ? html`<k-skeleton lines="3"></k-skeleton>`
        : this.searches.length === 0 ? html`<k-empty heading=${t('search.noSavedHeading')} text=${t('search.noSavedText')}></k-empty>`
        : html`<ul aria-label=${t('search.saved')}>${this.searches.map((saved) => html`<li>
            <div><div class="name">${saved.name}</div><code translate="no">${saved.q}</code></div>
            <div class="row"><k-button small @click=${() => this.#run(saved.q)}>${t('search.run')}</k-button><k-button small variant="quiet" icon="trash" @click=${() => this.#forget(saved)}>${t('search.forget')}</k-button></div></li>`)}</ul>`}
    </div></k-dialog>`;
  }
}
customElements.define('koprik-saved-searches', KoprikSavedSearches);
