import { css, html, nothing } from 'lit';
import { get } from '../api.js';
import { base } from '../kit/base.js';
import { ReadingScreen } from '../kit/reading-screen.js';
import { centres } from '../stix/words.js';
import { t } from '../texts.js';
import './list.js';
import './page.js';
import '../kit/banner.js';
import '../kit/empty.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/time.js';

const REFRESH_MS = 10000;

/** Sharing groups: all of them, or the one of the address (`?tab=groups&group=<id>`). */
class KoprikGroups extends ReadingScreen {
  static properties = { groups: { state: true }, centres: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    k-banner k-time { color: inherit; }
  `];

  constructor() {
    super(REFRESH_MS);
  }

  async load() {
    const [answer, all] = await Promise.all([get('/api/groups'), centres()]);
    this.groups = answer.groups;
    this.centres = [...all.values()];
  }

  render() {
    if (!this.groups) {
      return this.failure ? html`<k-problem .error=${this.failure} @retry=${() => this.refresh()}></k-problem>` : html`<k-skeleton rows="4"></k-skeleton>`;
    }
    return html`<div class="stack">
      ${this.failure ? html`<k-banner state="warning" icon="clock">${t('groups.old')} <k-time inline .at=${this.read}></k-time></k-banner>` : nothing}
      ${this.#content(this.route.query.group)}</div>`;
  }

  #content(id) {
    if (!id) {
      return html`<koprik-group-list .groups=${this.groups} .centres=${this.centres} .route=${this.route} @changed=${() => this.refresh()}></koprik-group-list>`;
    }
    const group = this.groups.find((one) => one.id === id);
    return group
      ? html`<koprik-group-page .group=${group} .centres=${this.centres} .route=${this.route} @changed=${() => this.refresh()}></koprik-group-page>`
      : html`<k-empty icon="partners" heading=${t('groups.unknown')} text=${t('groups.unknown.text')}></k-empty>`;
  }
}
customElements.define('koprik-groups', KoprikGroups);
