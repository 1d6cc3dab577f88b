import { css, html, nothing } from 'lit';
import { get, post } from '../api.js';
import { base } from '../kit/base.js';
import { ReasonDialog } from '../kit/reason-dialog.js';
import { toast } from '../kit/toast.js';
import { link } from '../router.js';
import { centreName } from '../stix/words.js';
import { t } from '../texts.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/field.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/tlp.js';

const MARKINGS = ['clear', 'green', 'amber', 'amber+strict'];

/** Redacts an object: shows what would be cut, what stays and who receives it, and makes the redaction. Events `redacted` and `close`. */
class KoprikRedactDialog extends ReasonDialog {
  static properties = { object: { attribute: false }, goal: { state: true }, partners: { state: true }, preview: { state: true }, anyway: { state: true } };
  static styles = [base, css`
    .body { display: grid; gap: var(--space-4); }
    dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: var(--space-1) var(--space-3); }
    dd { overflow-wrap: anywhere; }
    dt { color: var(--text-quiet); }
    @media (max-width: 700px) { dl { grid-template-columns: minmax(0, 1fr); } }
  `];

  #asked = 0;

  constructor() {
    super();
    this.#empty();
  }

  #empty() {
    this.goal = '';
    this.partners = [];
    this.anyway = false;
    this.preview = null;
  }

  begin() {
    super.begin();
    this.#empty();
    this.#readPartners();
    this.#read();
  }

  get #path() {
    return `/api/objects/${encodeURIComponent(this.object.id)}`;
  }

  get #form() {
    return this.goal.startsWith('for:') ? { for_partner: this.goal.slice(4) } : this.goal ? { to_tlp: this.goal } : {};
  }

  async #readPartners() {
    try {
      this.partners = (await get(`${this.#path}/recipients`)).recipients;
    } catch (failure) {
      this.error = failure;
    }
  }

  async #read() {
    const asked = ++this.#asked;
    this.preview = null;
    this.error = null;
    this.anyway = false;
    try {
      const preview = await post(`${this.#path}/redactions`, { ...this.#form, preview: true });
      if (asked === this.#asked) {
        this.preview = preview;
      }
    } catch (failure) {
      if (asked === this.#asked) {
        this.error = failure;
      }
    }
  }

  #redact() {
    return this.act(async (reason) => {
      const made = await post(`${this.#path}/redactions`, { ...this.#form, reason, anyway: this.anyway });
      toast(t(made.held ? 'redactions.doneHeld' : 'redactions.done'), { state: 'ok' });
    }, 'redacted');
  }

  #choose(goal) {
    this.goal = goal;
    this.#read();
  }

  get #ready() {
    return this.preview && this.preview.state !== 'unchanged' && (this.preview.repeated.length === 0 || this.anyway);
  }

  render() {
    const options = [
      { value: '', label: t('redactions.asTheWhole') },
      ...MARKINGS.map((tlp) => ({ value: tlp, label: t('redactions.upTo', { tlp: `TLP:${tlp.toUpperCase()}` }) })),
      ...this.partners.map((one) => ({ value: `for:${one.name}`, label: t('redactions.forPartner', { centre: one.title ?? centreName(one.name) }) })),
    ];
    return html`<k-dialog wide ?open=${this.open} heading=${t('redactions.heading')} @close=${this.close}>
      <div class="body">
        <p>${t('redactions.what', { title: this.object?.title ?? '' })}</p>
        <k-field type="select" label=${t('redactions.goal')} .options=${options} .value=${this.goal} @change=${(event) => this.#choose(event.detail.value)}></k-field>
        ${this.error ? html`<k-problem compact .error=${this.error} @retry=${this.#read}></k-problem>` : this.preview ? this.#shown(this.preview) : this.open ? html`<k-skeleton lines="3"></k-skeleton>` : nothing}
        <k-field type="textarea" required label=${t('redactions.reason')} hint=${t('redactions.reasonHint')} maxlength="1000" .value=${this.reason} error=${this.missing ? t('redactions.reasonMissing') : ''} @input=${(event) => (this.reason = event.detail.value)}></k-field>
      </div>
      <k-button slot="actions" @click=${this.close}>${t('redactions.cancel')}</k-button>
      <k-button slot="actions" variant="primary" ?disabled=${!this.#ready} ?busy=${this.busy} @click=${this.#redact}>${t('redactions.now')}</k-button>
    </k-dialog>`;
  }

  #shown({ id, state, marking, cut, also, kept, repeated, held, partners }) {
    const receive = partners.filter((one) => one.released > 0).map((one) => one.title ?? centreName(one.partner));
    return html`
      ${state === 'unchanged' ? html`<k-banner>${t('redactions.unchanged')} <a href=${link(`/objects/${id}`)}>${id}</a></k-banner>` : nothing}
      ${state === 'new_version' ? html`<k-banner>${t('redactions.newVersion')}</k-banner>` : nothing}
      <dl>
        <dt>${t('redactions.cut')}</dt><dd>${cut.map((part) => html`<div><code translate="no">${part.pointer}</code> ${part.marking.startsWith('TLP:') ? html`<k-tlp marking=${part.marking}></k-tlp>` : part.unknown ? t('redactions.unknown') : nothing}</div>`)}
          ${also.map((pointer) => html`<div><code translate="no">${pointer}</code> ${t('redactions.also')}</div>`)}</dd>
        <dt>${t('redactions.kept')}</dt><dd translate="no">${kept.join(', ')}</dd>
        <dt>${t('redactions.marking')}</dt><dd><k-tlp marking=${marking}></k-tlp></dd>
        <dt>${t('redactions.receive')}</dt><dd>${receive.length === 0 ? t('redactions.nobody') : receive.join(', ')}</dd>
      </dl>
      ${held ? html`<k-banner icon="shield">${t('redactions.held')}</k-banner>` : nothing}
      ${repeated.length === 0 ? nothing : html`<k-banner state="warning">${t('redactions.repeated')} <code translate="no">${repeated.join(', ')}</code></k-banner>
        <k-field type="checkbox" label=${t('redactions.anyway')} .value=${this.anyway} @change=${(event) => (this.anyway = event.detail.value)}></k-field>`}`;
  }
}
customElements.define('koprik-redact-dialog', KoprikRedactDialog);
