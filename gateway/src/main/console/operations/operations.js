import { css, html, nothing } from 'lit';
import { get } from '../api.js';
import { base } from '../kit/base.js';
import { ReadingScreen } from '../kit/reading-screen.js';
import { merge } from '../router.js';
import { may } from '../session.js';
import { t } from '../texts.js';
import '../acts/acts.js';
import '../tokens/all.js';
import './accounts.js';
import './backups.js';
import './ends.js';
import './overview.js';
import './sources.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/tabs.js';
import '../kit/time.js';

const REFRESH_MS = 15000;
const TABS = ['overview', 'accounts', 'tokens', 'acts', 'sources', 'backups', 'keys'];
/** The right that a tab needs beside that of the screen. */
const NEEDS = { tokens: 'administer' };

/** How the centre is run, by tabs; reads itself again. */
class KoprikOperations extends ReadingScreen {
  static properties = { state: { state: true }, feeds: { state: true }, feedsFailure: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    .meta k-time, p k-time { font: inherit; color: inherit; }
  `];

  constructor() {
    super(REFRESH_MS);
  }

  /** The two parts fail each for itself. */
  async load() {
    await Promise.all([
      get('/api/operations').then((state) => (this.state = state)),
      get('/api/feeds').then(({ feeds }) => {
        this.feeds = feeds;
        this.feedsFailure = null;
      }, (failure) => (this.feedsFailure = failure)),
    ]);
  }

  render() {
    const { state } = this;
    const tabs = TABS.filter((id) => may(NEEDS[id]));
    const tab = tabs.includes(this.route.query.tab) ? this.route.query.tab : tabs[0];
    return html`<div class="stack">
      <div class="spread"><h1>${t('frame.screen.operations')}</h1><div class="row">${state ? html`<span class="meta">${t('operations.version', { version: state.version })} <k-time inline .at=${state.started}></k-time></span>` : nothing}
        <k-button icon="refresh" @click=${() => this.refresh()}>${t('operations.refresh')}</k-button></div></div>
      ${state
        ? html`${this.failure ? html`<k-banner state="warning" icon="clock">${t('operations.old')} <k-time inline .at=${this.read}></k-time></k-banner>` : nothing}
          ${state.missing.map((part) => html`<k-banner state="warning">${t(`operations.missing.${part}`)}</k-banner>`)}
          <k-tabs label=${t('frame.screen.operations')} .active=${tab} .tabs=${tabs.map((id) => ({ id, label: t(`operations.tab.${id}`), count: this.#faults(id) || undefined }))} @change=${(e) => merge({ tab: e.detail.id, account: '', stale: '' })}></k-tabs>
          ${this.#tab(tab, state)}`
        : this.failure ? html`<k-problem .error=${this.failure} @retry=${() => this.refresh()}></k-problem>` : html`<k-skeleton rows="8"></k-skeleton>`}</div>`;
  }

  /** How many things of a tab need somebody. */
  #faults(tab) {
    const { state } = this;
    switch (tab) {
      case 'sources':
        return state.watched.filter((one) => one.trouble).length + (this.feeds ?? []).filter((one) => one.last_error).length;
      case 'backups':
        return state.backups?.trouble ? 1 : 0;
      case 'keys':
        return state.expiries.filter((one) => one.warning).length;
      default:
        return 0;
    }
  }

  #tab(tab, state) {
    switch (tab) {
      case 'accounts':
        return html`<koprik-operations-accounts .accounts=${state.accounts} .chosen=${this.route.query.account ?? ''} @changed=${() => this.refresh()}></koprik-operations-accounts>`;
      case 'tokens':
        return html`<koprik-all-tokens .accounts=${state.accounts} .stale=${Boolean(this.route.query.stale)}></koprik-all-tokens>`;
      case 'acts':
        return html`<koprik-acts></koprik-acts>`;
      case 'sources':
        return html`<koprik-operations-sources .state=${state} .feeds=${this.feeds} .failure=${this.feedsFailure} @changed=${() => this.refresh()}></koprik-operations-sources>`;
      case 'backups':
        return html`<koprik-operations-backups .backups=${state.backups} @changed=${() => this.refresh()}></koprik-operations-backups>`;
      case 'keys':
        return html`<koprik-operations-ends .ends=${state.expiries} .centre=${state.centre}></koprik-operations-ends>`;
      default:
        return html`<koprik-operations-overview .state=${state}></koprik-operations-overview>`;
    }
  }
}
customElements.define('koprik-operations', KoprikOperations);
