import { LitElement, css, html, nothing } from 'lit';
import { defang } from '../format.js';
import { base } from '../kit/base.js';
import { copy } from '../kit/copy.js';
import { session } from '../session.js';
import { centres, isOwn, speaker } from '../stix/words.js';
import { t } from '../texts.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/copy.js';
import '../kit/dialog.js';
import '../kit/empty.js';
import '../kit/field.js';
import '../kit/problem.js';
import '../kit/skeleton.js';

const MAIL = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/;
/** Mail programs cut longer addresses. */
const MOST_MAIL = 1800;

/**
 * Asks a partner of values. Koprik sends no questions: it names whom to ask, with the contact on the partner's card,
 * prepares the text, and hands both to the mail program. Those who reported one of the values come first.
 */
class KoprikAskPartner extends LitElement {
  static properties = { values: { attribute: false }, open: { type: Boolean }, partners: { state: true }, chosen: { state: true }, text: { state: true }, error: { state: true } };
  static styles = [base, css`
    .body { display: grid; gap: var(--space-4); }
    ul { display: grid; gap: var(--space-1); }
    label { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--space-2); padding: var(--space-2); border: 1px solid var(--border); border-radius: var(--radius); cursor: pointer; }
    label:has(:checked) { border-color: var(--accent-border); background: var(--accent-surface); }
    input { width: 18px; height: 18px; margin: 1px 0 0; accent-color: var(--accent); }
    .name { font-weight: 600; }
    .contact { overflow-wrap: anywhere; }
  `];

  constructor() {
    super();
    this.values = [];
    this.partners = null;
    this.chosen = '';
    this.text = '';
  }

  willUpdate(changed) {
    if ((changed.has('open') || changed.has('values')) && this.open) {
      this.#prepare();
    }
  }

  async #prepare() {
    this.error = null;
    try {
      const all = [...(await centres()).values()].filter((centre) => !isOwn(centre.name));
      const reported = (name) => this.values.filter((hit) => hit.met.some((met) => speaker(met) === name)).length;
      this.partners = all.map((centre) => ({ ...centre, reported: reported(centre.name) })).sort((a, b) => b.reported - a.reported || a.title.localeCompare(b.title));
      this.chosen = this.partners[0]?.name ?? '';
      this.text = t('lookup.ask.text', {
        centre: session()?.centre ?? '',
        count: this.values.length,
        values: this.values.map((hit) => `- ${t(`kit.kind.${hit.kind}`)}: ${defang(hit.value, hit.kind)}`).join('\n'),
      });
    } catch (failure) {
      this.error = failure;
    }
  }

  #close() {
    this.dispatchEvent(new CustomEvent('close'));
  }

  /** Opens the mail program of the computer with the text; a long one is pasted there by hand. */
  #mail() {
    const contact = this.partners?.find((one) => one.name === this.chosen)?.contacts.map((one) => one.replace(/^mailto:/, '')).find((one) => MAIL.test(one));
    const subject = t('lookup.ask.subject', { count: this.values.length });
    const whole = `mailto:${contact}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(this.text)}`;
    return contact && (whole.length <= MOST_MAIL ? whole : `mailto:${contact}?subject=${encodeURIComponent(subject)}`);
  }

  render() {
    const mail = this.#mail();
    return html`<k-dialog ?open=${this.open} heading=${t('lookup.ask.heading', { count: this.values.length })} @close=${this.#close}>
      <div class="body">${this.open ? this.#body() : nothing}</div>
      ${this.partners?.length ? html`
        <k-button slot="actions" @click=${this.#close}>${t('lookup.ask.close')}</k-button>
        <k-button slot="actions" variant=${mail ? 'secondary' : 'primary'} icon="copy" @click=${() => copy(this.text)}>${t('lookup.ask.copyText')}</k-button>
        ${mail ? html`<k-button slot="actions" variant="primary" icon="external" href=${mail}>${t('lookup.ask.mail')}</k-button>` : nothing}` : nothing}
    </k-dialog>`;
  }

  #body() {
    if (this.error) {
      return html`<k-problem .error=${this.error} @retry=${this.#prepare}></k-problem>`;
    }
    if (!this.partners) {
      return html`<k-skeleton rows="3"></k-skeleton>`;
    }
    if (this.partners.length === 0) {
      return html`<k-empty icon="partners" heading=${t('lookup.ask.nobodyHeading')} text=${t('lookup.ask.nobodyText')}></k-empty>`;
    }
    return html`
      <k-banner>${t('lookup.ask.honest')}</k-banner>
      <ul role="radiogroup" aria-label=${t('lookup.ask.whom')}>${this.partners.map((centre) => html`<li role="none">
        <label><input type="radio" name="partner" .checked=${centre.name === this.chosen} @change=${() => (this.chosen = centre.name)}>
          <span><span class="name">${centre.title}</span>${centre.reported ? html` · ${t('lookup.ask.reported', { count: centre.reported })}` : nothing}
            ${centre.contacts.length
              ? centre.contacts.map((contact) => html`<span class="row"><span class="contact">${contact}</span><k-copy .value=${contact} what=${t('lookup.ask.copyContact')}></k-copy></span>`)
              : html`<span class="row quiet">${t('lookup.ask.noContact')}</span>`}
          </span></label></li>`)}</ul>
      <k-field type="textarea" rows="9" label=${t('lookup.ask.prepared')} hint=${t('lookup.ask.preparedHint')} .value=${this.text} @input=${(event) => (this.text = event.detail.value)}></k-field>`;
  }
}
customElements.define('koprik-ask-partner', KoprikAskPartner);
