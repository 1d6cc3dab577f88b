import { LitElement, css, html } from 'lit';
import { base } from '../kit/base.js';
import { t } from '../texts.js';
import '../kit/badge.js';
import '../reasons/decision.js';

/** Who would receive how many of some objects, and why not: `partners` of `/api/release-previews`, `all` how many they are. */
class KoprikForecast extends LitElement {
  static properties = { partners: { attribute: false }, all: { type: Number } };
  static styles = [base, css`
    :host { display: block; }
    li { display: grid; gap: var(--space-1); padding: var(--space-2) 0; border-top: 1px solid var(--border); }
    li:first-child { border-top: 0; }
    strong { overflow-wrap: anywhere; }
    k-badge { justify-self: start; }
  `];

  render() {
    return this.partners.length === 0
      ? html`<p class="quiet">${t('desk.who.none')}</p>`
      : html`<ul>${this.partners.map((one) => html`<li><div class="spread"><strong>${one.title ?? one.partner}</strong>
          <k-badge state=${one.released > 0 ? 'ok' : 'neutral'} icon=${one.released > 0 ? 'check' : 'close'}>${t('desk.who.some', { count: one.released, all: this.all })}</k-badge></div>
          ${one.decisions.map((made) => html`<p class="meta">${made.objects < this.all ? html`${t('desk.count', { count: made.objects })}: ` : ''}<koprik-decision .decision=${made}></koprik-decision></p>`)}</li>`)}</ul>`;
  }
}
customElements.define('koprik-forecast', KoprikForecast);
