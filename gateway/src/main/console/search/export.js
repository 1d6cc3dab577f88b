import { LitElement, css, html, nothing } from 'lit';
import { download, get } from '../api.js';
import { number } from '../format.js';
import { base } from '../kit/base.js';
import { toast } from '../kit/toast.js';
import { has, t } from '../texts.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/field.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/tlp.js';

const FORMATS = { csv: 'csv', xlsx: 'xlsx', stix: 'json', misp: 'json', suricata: 'rules', blocklist: 'txt', hosts: 'txt', rpz: 'zone' };

/** Formats that machines block by: never more than what is in force and may be passed on. */
const BLOCKING = new Set(['suricata', 'blocklist', 'hosts', 'rpz']);

/** Writes exactly the result of a search to a file; says before how many entries that makes and what is left out. */
class KoprikExport extends LitElement {
  static properties = { open: { type: Boolean }, q: {}, types: { attribute: false }, total: { type: Number }, format: { state: true }, summary: { state: true }, error: { state: true }, busy: { state: true } };
  static styles = [base, css`
    .body { display: grid; gap: var(--space-4); }
    dl { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--space-1) var(--space-4); }
    dd { text-align: end; font-variant-numeric: tabular-nums; }
  `];

  #request = null;

  constructor() {
    super();
    this.format = 'csv';
  }

  willUpdate(changed) {
    if ((changed.has('open') || changed.has('format')) && this.open) {
      this.#count();
    }
  }

  get #query() {
    const all = BLOCKING.has(this.format) ? {} : { state: 'all', tlp: 'red', anyway: true, type: this.#types };
    return { q: this.q || undefined, format: this.format, ...all };
  }

  /** Without types an export takes indicators alone. */
  get #types() {
    return this.types?.length ? this.types.join(',') : undefined;
  }

  async #count() {
    this.#request?.abort();
    const request = (this.#request = new AbortController());
    this.summary = null;
    this.error = null;
    try {
      this.summary = await get('/api/export', { ...this.#query, dry_run: true }, { signal: request.signal });
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        this.error = failure;
      }
    }
  }

  async #save() {
    this.busy = true;
    this.error = null;
    try {
      await download('/api/export', this.#query, `koprik-search.${FORMATS[this.format]}`);
      toast(t('search.exported'), { state: 'ok' });
      this.#close();
    } catch (failure) {
      this.error = failure;
    } finally {
      this.busy = false;
    }
  }

  #close() {
    this.#request?.abort();
    this.dispatchEvent(new CustomEvent('close'));
  }

  render() {
    return html`<k-dialog ?open=${this.open} heading=${t('search.exportHeading', { count: this.total })} @close=${this.#close}>
      <div class="body">
        <k-field type="select" label=${t('search.format')} hint=${t(`search.formatHint.${this.format}`)} .value=${this.format} .options=${Object.keys(FORMATS).map((value) => ({ value, label: t(`search.formatName.${value}`) }))} @change=${(event) => (this.format = event.detail.value)}></k-field>
        ${this.error ? html`<k-problem compact .error=${this.error} @retry=${() => this.#count()}></k-problem>` : this.summary ? this.#counts() : html`<k-skeleton lines="3"></k-skeleton>`}
      </div>
      <k-button slot="actions" @click=${this.#close}>${t('search.cancel')}</k-button>
      <k-button slot="actions" variant="primary" icon="download" ?busy=${this.busy} ?disabled=${!this.summary?.entries} @click=${this.#save}>${t('search.exportNow')}</k-button>
    </k-dialog>`;
  }

  #counts() {
    const left = Object.entries(this.summary.left_out).filter(([, many]) => many > 0);
    return html`
      <dl><dt>${t('search.entries')}</dt><dd>${number(this.summary.entries)}</dd>
        <dt>${t('search.marking')}</dt><dd><k-tlp marking=${this.summary.tlp}></k-tlp></dd>
        ${left.map(([why, many]) => html`<dt>${this.#why(why)}</dt><dd>${number(many)}</dd>`)}</dl>
      ${this.summary.entries === 0 ? html`<k-banner state="warning">${t('search.nothingToExport')}</k-banner>` : nothing}`;
  }

  #why(code) {
    const key = `search.leftOut.${code.replace(/[-_](.)/g, (_, letter) => letter.toUpperCase())}`;
    return has(key) ? t(key) : t('search.leftOutBy', { code });
  }
}
customElements.define('koprik-export', KoprikExport);
