import { LitElement, css, html } from 'lit';
import { base } from '../kit/base.js';
import { toast } from '../kit/toast.js';
import { t } from '../texts.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/field.js';
import '../kit/menu.js';

/** Buttons, fields, dialogs. */
class KoprikComponentsForms extends LitElement {
  static properties = { open: { state: true }, typed: { state: true } };
  static styles = [base, css`
    :host { display: grid; gap: var(--space-5); }
    .fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(260px, 100%), 1fr)); gap: var(--space-4); align-items: start; }
  `];

  constructor() {
    super();
    this.typed = '';
  }

  render() {
    return html`
      <section class="card stack"><h2>${t('components.buttons')}</h2>
        ${[false, true].map((small) => html`<div class="row">
          <k-button ?small=${small} variant="primary" icon="shield">${t('components.button.sign')}</k-button>
          <k-button ?small=${small} icon="plus">${t('components.button.add')}</k-button>
          <k-button ?small=${small} variant="danger" icon="trash">${t('components.button.revoke')}</k-button>
          <k-button ?small=${small} variant="quiet" icon="down">${t('components.button.more')}</k-button>
          <k-button ?small=${small} variant="primary" busy>${t('components.button.sign')}</k-button>
          <k-button ?small=${small} disabled>${t('components.button.add')}</k-button>
          <k-button ?small=${small} toggle pressed>${t('components.button.known')}</k-button>
          <k-button ?small=${small} icon="check" key="KeyC" label=${t('components.button.confirm')}></k-button>
        </div>`)}
        <div class="row">
          <k-menu label=${t('components.menu')} icon="more" .items=${this.#items()} @select=${() => toast(t('components.toast.done'), { state: 'ok' })}></k-menu>
          <k-button id="toast" @click=${() => toast(t('components.toast.undo'), { undo: () => toast(t('components.toast.done'), { state: 'ok' }) })}>${t('components.toast.show')}</k-button>
          <k-button id="dialog" @click=${() => (this.open = true)}>${t('components.dialog.show')}</k-button>
        </div>
        <k-dialog ?open=${this.open} heading=${t('components.dialog.heading')} @close=${() => (this.open = false)}>
          <div class="stack"><p>${t('components.dialog.text')}</p><k-field type="textarea" rows="2" label=${t('components.field.reason')} required></k-field></div>
          <k-button slot="actions" @click=${() => (this.open = false)}>${t('components.dialog.keep')}</k-button>
          <k-button slot="actions" variant="danger" @click=${() => (this.open = false)}>${t('components.button.revoke')}</k-button>
        </k-dialog>
      </section>
      <section class="card stack"><h2>${t('components.fields')}</h2>
        <div class="fields">
          <k-field label=${t('components.field.name')} .value=${this.typed} hint=${t('components.field.hint')} @input=${(e) => (this.typed = e.detail.value)}></k-field>
          <k-field label=${t('components.field.email')} required error=${t('components.field.error')} value="anna(at)example.com"></k-field>
          <k-field type="search" label=${t('components.field.search')} placeholder="login[.]example[.]com"></k-field>
          <k-field type="password" label=${t('components.field.password')} value="••••••••" autocomplete="new-password"></k-field>
          <k-field type="number" label=${t('components.field.number')} value="80" min="0" max="100"></k-field>
          <k-field type="date" label=${t('components.field.date')} value="2027-03-12"></k-field>
          <k-field type="datetime" label=${t('components.field.datetime')} value="2026-11-29T10:05"></k-field>
          <k-field type="select" label="TLP" value="amber" .options=${['red', 'amber', 'green', 'clear'].map((value) => ({ value, label: `TLP:${value.toUpperCase()}` }))}></k-field>
          <k-field type="file" label=${t('components.field.file')}></k-field>
          <k-field disabled label=${t('components.field.disabled')} value="T-2026-014"></k-field>
          <k-field type="checkbox" label=${t('components.field.checkbox')} value="true"></k-field>
          <k-field type="textarea" rows="3" label=${t('components.field.note')}></k-field>
        </div>
      </section>`;
  }

  #items() {
    return [
      { id: 'case', label: t('components.menu.case'), icon: 'cases', hint: t('components.menu.hint') },
      { id: 'export', label: t('components.menu.export'), icon: 'download' },
      { id: 'delete', label: t('components.button.revoke'), icon: 'trash', danger: true },
    ];
  }
}
customElements.define('koprik-components-forms', KoprikComponentsForms);
