import { css, html, nothing } from 'lit';
import { get } from '../api.js';
import { base } from '../kit/base.js';
import { ReadingScreen } from '../kit/reading-screen.js';
import { centres } from '../stix/words.js';
import { go } from '../router.js';
import { t } from '../texts.js';
import './form.js';
import './list.js';
import './page.js';
import '../groups/groups.js';
import '../kit/banner.js';
import '../kit/empty.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/tabs.js';
import '../kit/time.js';

const REFRESH_MS = 10000;

/**
 * Agreements: `#/agreements` with all partners, `…/<partner>` with the texts, `…/<partner>/propose` with the form, and
 * `#/agreements?tab=groups` with the sharing groups.
 */
class KoprikAgreements extends ReadingScreen {
  static properties = { answer: { state: true }, own: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    k-banner k-time { color: inherit; }
  `];

  constructor() {
    super(REFRESH_MS);
  }

  /** After an act, so that the mark on the rail follows at once. */
  #changed() {
    window.dispatchEvent(new CustomEvent('koprik-agreements'));
    return this.refresh();
  }

  async load() {
    const [answer, all] = await Promise.all([get('/api/agreements'), centres()]);
    this.own = [...all.values()].find((centre) => centre.own);
    this.answer = answer;
  }

  render() {
    const [, partner, form] = this.route.segments;
    if (!partner && this.route.query.tab === 'groups') {
      const groups = html`<koprik-groups .route=${this.route}></koprik-groups>`;
      return this.route.query.group ? groups : this.#page('groups', groups);
    }
    if (!this.answer) {
      return this.#page('agreements', this.failure ? html`<k-problem .error=${this.failure} @retry=${() => this.refresh()}></k-problem>` : html`<k-skeleton rows="6"></k-skeleton>`);
    }
    const old = this.failure ? html`<k-banner state="warning" icon="clock">${t('agreements.old')} <k-time inline .at=${this.read}></k-time></k-banner>` : nothing;
    if (!partner) {
      return this.#page('agreements', html`${old}<koprik-agreement-list .answer=${this.answer}></koprik-agreement-list>`);
    }
    const terms = this.answer.partners.find((one) => one.partner === partner);
    if (!terms) {
      return html`<k-empty icon="agreements" heading=${t('agreements.unknown')} text=${t('agreements.unknown.text')}></k-empty>`;
    }
    return html`<div class="stack">${old}${form === 'propose'
      ? html`<koprik-agreement-form .answer=${this.answer} .terms=${terms} .own=${this.own} .route=${this.route} @changed=${() => this.#changed()}></koprik-agreement-form>`
      : html`<koprik-agreement-page .answer=${this.answer} .terms=${terms} .own=${this.own} .route=${this.route} @changed=${() => this.#changed()}></koprik-agreement-page>`}</div>`;
  }

  #page(tab, content) {
    return html`<div class="stack"><h1>${t('frame.screen.agreements')}</h1>
      <k-tabs label=${t('frame.screen.agreements')} .active=${tab} .tabs=${[{ id: 'agreements', label: t('frame.screen.agreements') }, { id: 'groups', label: t('groups.tab') }]}
        @change=${(e) => go('/agreements', e.detail.id === 'groups' ? { tab: 'groups' } : {})}></k-tabs>${content}</div>`;
  }
}
customElements.define('koprik-agreements', KoprikAgreements);
