import { LitElement, css, html, nothing } from 'lit';
import { get } from '../api.js';
import { base } from '../kit/base.js';
import { dateTime } from '../format.js';
import { link } from '../router.js';
import { t } from '../texts.js';
import { apart, historyOf } from './model.js';
import { nameIn, ownerName } from './words.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/timeline.js';

/** How many versions are compared; the object has all of them. */
const VERSIONS = 40;
const STATES = { made: 'ok', joins: 'ok', stays: 'ok', leaves: 'warning', dissolved: 'danger' };

/** What each version of a group changed, the newest first. */
class KoprikGroupHistory extends LitElement {
  static properties = { group: { attribute: false }, changes: { state: true }, more: { state: true }, error: { state: true } };
  static styles = [base, css`:host { display: grid; gap: var(--space-3); }`];

  #shown = '';

  willUpdate(changed) {
    // The list is read anew every few seconds; versions only when the group differs.
    const now = JSON.stringify(this.group);
    if (changed.has('group') && now !== this.#shown) {
      if (this.#shown && !this.#shown.includes(this.group.id)) {
        this.changes = null;
      }
      this.#shown = now;
      this.#read();
    }
  }

  async #read() {
    const { id } = this.group;
    const path = `/api/objects/${encodeURIComponent(id)}`;
    try {
      const versions = (await get(`${path}/versions`)).versions.filter((one) => one.version !== undefined).sort((a, b) => Date.parse(a.version) - Date.parse(b.version));
      const some = versions.slice(-VERSIONS);
      const objects = await Promise.all(some.map((one) => get(path, { version: one.version })));
      if (id === this.group.id) {
        this.changes = historyOf(objects.map((one) => one.object));
        this.more = some.length < versions.length;
        this.error = null;
      }
    } catch (failure) {
      this.error = failure;
    }
  }

  #said({ what, at, identity, when }) {
    const centre = identity ? nameIn(this.group, identity) : ownerName(this.group);
    return t(`groups.changed.${what}${when && apart(when, at) ? '.later' : ''}`, { centre, when: when ? dateTime(when) : '' });
  }

  render() {
    if (!this.changes) {
      return this.error ? html`<k-problem compact .error=${this.error} @retry=${() => this.#read()}></k-problem>` : html`<k-skeleton lines="4"></k-skeleton>`;
    }
    return html`<k-timeline label=${t('groups.history')} .entries=${this.changes.map((one) => ({ at: one.at, title: this.#said(one), state: STATES[one.what] }))}></k-timeline>
      ${this.more ? html`<p><a href=${link(['objects', this.group.id], { tab: 'versions' })}>${t('groups.history.more')}</a></p>` : nothing}`;
  }
}
customElements.define('koprik-group-history', KoprikGroupHistory);
