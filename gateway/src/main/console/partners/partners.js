import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { get } from '../api.js';
import { base } from '../kit/base.js';
import { onKeys } from '../kit/keys.js';
import { ReadingScreen } from '../kit/reading-screen.js';
import { go, link, merge } from '../router.js';
import { may } from '../session.js';
import { centres } from '../stix/words.js';
import { t } from '../texts.js';
import { worstFirst } from './health.js';
import './add.js';
import './card.js';
import './detail.js';
import './own.js';
import '../recalls/recall.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/empty.js';
import '../kit/panel.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/time.js';

const REFRESH_MS = 10000;

/** All partners, the one with a fault first; one of them in the side panel. */
class KoprikPartners extends ReadingScreen {
  static properties = { answer: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    .all { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(400px, 100%), 1fr)); gap: var(--space-4); align-items: start; }
    k-banner k-time { color: inherit; }
  `];

  constructor() {
    super(REFRESH_MS);
    onKeys(this, { KeyA: () => merge({ add: 1 }), KeyF: () => merge({ own: 1 }) }, () => ({ KeyA: t('partners.add'), KeyF: t('partners.own') }));
  }

  async load() {
    // Names are a help; without them the short names are shown.
    [this.answer] = await Promise.all([get('/api/partners'), centres().catch(() => null)]);
  }

  render() {
    const name = this.route.segments[1];
    return html`<div class="stack">
      <div class="spread"><h1>${t('frame.screen.partners')}</h1><div class="row">
        <k-button icon="fingerprint" key="KeyF" @click=${() => merge({ own: 1 })}>${t('partners.own')}</k-button>
        <k-button variant="primary" icon="plus" key="KeyA" @click=${() => merge({ add: 1 })}>${t('partners.add')}</k-button></div></div>
      ${this.#content()}
      ${may('analyse') ? html`<koprik-recalls></koprik-recalls>` : nothing}</div>
      ${name ? html`<k-panel heading=${this.#title(name)} @close=${() => go('/partners')}><koprik-partner-detail .name=${name} .route=${this.route} @changed=${() => this.refresh()}></koprik-partner-detail></k-panel>` : nothing}
      ${this.route.query.add ? html`<koprik-partner-add @close=${() => merge({ add: '' })} @added=${(e) => this.#added(e.detail.name)}></koprik-partner-add>` : nothing}
      ${this.route.query.own ? html`<koprik-own-card @close=${() => merge({ own: '' })}></koprik-own-card>` : nothing}`;
  }

  #title(name) {
    return this.answer?.partners.find((one) => one.name === name)?.title ?? name;
  }

  #added(name) {
    this.refresh();
    go(['partners', name]);
  }

  #content() {
    if (!this.answer) {
      return this.failure ? html`<k-problem .error=${this.failure} @retry=${() => this.refresh()}></k-problem>` : html`<k-skeleton rows="6"></k-skeleton>`;
    }
    return html`
      ${this.failure ? html`<k-banner state="warning" icon="clock">${t('partners.old')} <k-time inline .at=${this.read}></k-time></k-banner>` : nothing}
      ${this.answer.own_expiries.filter((end) => end.warning).map((end) => html`<k-banner state=${end.ended ? 'danger' : 'warning'}>${t(`partners.ownEnds.${end.what}`)} <k-time inline .at=${end.at}></k-time>
        <k-button slot="action" small href=${link('/operations', { tab: 'keys' })}>${t('partners.toOperations')}</k-button></k-banner>`)}
      ${this.answer.partners.length === 0
        ? html`<k-empty icon="partners" heading=${t('partners.empty')} text=${t('partners.empty.text')}><k-button slot="action" variant="primary" icon="plus" @click=${() => merge({ add: 1 })}>${t('partners.add')}</k-button></k-empty>`
        : html`<div class="all">${repeat(worstFirst(this.answer.partners), (one) => one.partner.name, (one) => html`<koprik-partner-card .partner=${one.partner} .health=${one.health}></koprik-partner-card>`)}</div>`}`;
  }
}
customElements.define('koprik-partners', KoprikPartners);
