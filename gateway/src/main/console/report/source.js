import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { bytes } from '../format.js';
import { t } from '../texts.js';
import '../kit/button.js';
import '../kit/field.js';
import '../kit/icon.js';

/** Where a report comes from: a pasted text, or a file that is chosen or dropped. Event `source` with the new one. */
class KoprikReportSource extends LitElement {
  static properties = { source: { attribute: false }, lost: {}, share: { type: Number }, used: { attribute: false }, over: { state: true } };
  static styles = [base, css`
    :host { display: block; min-width: 0; }
    section { display: grid; gap: var(--space-3); border-style: dashed; border-color: var(--border-strong); }
    section.over { background: var(--accent-surface); border-color: var(--accent-border); }
    .file { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2); padding: var(--space-3); border: 1px solid var(--border); border-radius: var(--radius); background: var(--surface); }
    .file strong { flex: 1 1 120px; min-width: 0; overflow-wrap: anywhere; }
    progress { width: 100%; accent-color: var(--accent); }
    .as { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--space-3); align-items: end; }
    input { position: absolute; width: 1px; height: 1px; opacity: 0; }
  `];

  #emit(change) {
    this.dispatchEvent(new CustomEvent('source', { detail: { ...this.source, ...change } }));
  }

  #take(file) {
    if (file) {
      this.#emit({ file, text: '', columns: {}, how: 'auto' });
    }
  }

  #drop(event) {
    event.preventDefault();
    this.over = false;
    const file = event.dataTransfer.files[0];
    const text = event.dataTransfer.getData('text');
    if (file) {
      this.#take(file);
    } else if (text) {
      this.#emit({ text, file: null, columns: {} });
    }
  }

  render() {
    const { text, file, how } = this.source;
    return html`<section class="card ${this.over ? 'over' : ''}" aria-label=${t('report.source')}
        @dragover=${(event) => { event.preventDefault(); this.over = true; }} @dragleave=${() => (this.over = false)} @drop=${this.#drop}>
      ${file ? this.#file(file) : html`
        <k-field type="textarea" rows="12" mono autofocus label=${t('report.source.paste')} hint=${t('report.source.hint')} .value=${text}
          @input=${({ detail }) => this.#emit({ text: detail.value, columns: {} })}></k-field>`}
      ${this.lost ? html`<p class="meta"><k-icon name="warning"></k-icon> ${t('report.source.lost', { file: this.lost })}</p>` : nothing}
      <div class="as">
        <k-field type="select" label=${t('report.source.how')} .value=${how} .options=${['auto', 'text', 'table'].map((value) => ({ value, label: t(`report.source.how.${value}`) }))}
          @change=${({ detail }) => this.#emit({ how: detail.value, columns: {} })}></k-field>
        <k-button icon="upload" @click=${() => this.renderRoot.querySelector('input').click()}>${t('report.source.choose')}</k-button>
      </div>
      <input type="file" tabindex="-1" aria-label=${t('report.source.choose')} @change=${(event) => { this.#take(event.target.files[0]); event.target.value = ''; }}>
      ${this.used ? html`<p class="meta">${t('report.source.readAs', { format: this.used.format })}</p>` : nothing}
    </section>`;
  }

  #file(file) {
    return html`<div class="file"><k-icon name="file"></k-icon><strong>${file.name}</strong><span class="meta">${bytes(file.size)}</span>
        <k-button small icon="close" @click=${() => this.#emit({ file: null, columns: {}, how: 'auto' })}>${t('report.source.remove')}</k-button></div>
      ${this.share === undefined ? nothing : html`<progress max="1" .value=${this.share} aria-label=${t('report.source.uploading')}></progress>`}`;
  }
}
customElements.define('koprik-report-source', KoprikReportSource);
