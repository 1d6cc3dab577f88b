import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { t } from '../texts.js';
import { groups } from './model.js';
import { kindName } from './articles.js';
import '../kit/button.js';
import '../kit/field.js';

/**
 * Article 3 as a form: each kind yes or no, in groups. Personal kinds have no button for all of them, since each is
 * covered only by name. `all` kinds, `chosen` by code; event `choose` (detail: the choice).
 */
class KoprikAgreementKinds extends LitElement {
  static properties = { all: { attribute: false }, chosen: { attribute: false } };
  static styles = [base, css`
    :host { display: grid; gap: var(--space-3); }
    fieldset { padding: var(--space-3); border: 1px solid var(--border); border-radius: var(--radius); }
    fieldset.personal { border-color: var(--warning-border); }
    legend { padding: 0 var(--space-1); font-weight: 600; }
    .grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(200px, 100%), 1fr)); gap: 0 var(--space-4); }
    .row { margin-bottom: var(--space-1); }
  `];

  render() {
    return groups(this.all).map(({ id, kinds }) => html`<fieldset class=${id}><legend>${t(`agreements.group.${id}`)}</legend>
      ${id === 'personal' ? html`<p class="quiet">${t('agreements.personal')}</p>` : kinds.length > 1 ? html`<div class="row"><k-button small @click=${() => this.#set(kinds, true)}>${t('agreements.all')}</k-button><k-button small @click=${() => this.#set(kinds, false)}>${t('agreements.no')}</k-button></div>` : nothing}
      <div class="grid">${kinds.map((kind) => html`<k-field type="checkbox" data-kind=${kind} label=${kindName(kind)} .value=${this.chosen[kind] === true} @change=${(e) => this.#set([kind], e.detail.value)}></k-field>`)}</div></fieldset>`);
  }

  #set(kinds, yes) {
    this.chosen = { ...this.chosen, ...Object.fromEntries(kinds.map((kind) => [kind, yes])) };
    this.dispatchEvent(new CustomEvent('choose', { detail: this.chosen }));
  }
}
customElements.define('koprik-agreement-kinds', KoprikAgreementKinds);
