import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { onKeys } from '../kit/keys.js';
import { go, link, merge } from '../router.js';
import { may } from '../session.js';
import { t } from '../texts.js';
import { present, sorted } from './model.js';
import { memberName, ownerName } from './words.js';
import './make.js';
import '../kit/badge.js';
import '../kit/button.js';
import '../kit/empty.js';
import '../kit/table.js';

/** The names of members that a row shows. */
const NAMES = 6;
/** The length of a description in a row; the page of the group has all of it. */
const WORDS = 160;

const brief = (text) => (text.length > WORDS ? `${text.slice(0, WORDS).replace(/\s+\S*$/, '')} …` : text);

/** All groups that are known here: whose they are, and who is a member now. Event `changed`. */
class KoprikGroupList extends LitElement {
  static properties = { groups: { attribute: false }, centres: { attribute: false }, route: { attribute: false } };
  static styles = [base, css`
    :host { display: block; }
    .about { flex: 1 1 280px; }
  `];

  constructor() {
    super();
    onKeys(this, { KeyA: () => may('operate') && merge({ make: 1 }) }, () => (may('operate') ? { KeyA: t('groups.make') } : {}));
  }

  render() {
    const make = may('operate') ? html`<k-button id="make-group" slot="action" variant="primary" icon="plus" key="KeyA" @click=${() => merge({ make: 1 })}>${t('groups.make')}</k-button>` : nothing;
    return html`${this.groups.length === 0
      ? html`<k-empty icon="partners" heading=${t('groups.empty')} text=${t('groups.about')}>${make}</k-empty>`
      : html`<div class="stack"><div class="spread"><p class="quiet about">${t('groups.about')}</p>${make}</div>
        <k-table label=${t('groups.heading')} .rows=${sorted(this.groups)} .columns=${this.#columns()} @open=${(e) => go('/agreements', { tab: 'groups', group: e.detail.id })}></k-table></div>`}
      ${this.route.query.make && may('operate') ? html`<koprik-group-make .groups=${this.groups} .centres=${this.centres} @close=${() => merge({ make: '' })} @changed=${() => this.dispatchEvent(new CustomEvent('changed'))}></koprik-group-make>` : nothing}`;
  }

  #columns() {
    return [
      { id: 'name', label: t('groups.name'), width: 'third', cell: (group) => html`<a href=${link('/agreements', { tab: 'groups', group: group.id })}><strong>${group.name}</strong></a>${group.description ? html`<p class="meta">${brief(group.description)}</p>` : nothing}` },
      { id: 'members', label: t('groups.members'), cell: (group) => (group.dissolved ? html`<k-badge>${t('groups.dissolved')}</k-badge>` : this.#members(present(group))) },
      { id: 'owner', label: t('groups.owner'), cell: (group) => (group.own ? t('groups.own') : ownerName(group)) },
      { id: 'past', label: t('groups.past.column'), cell: (group) => t(group.past ? 'groups.past.yes' : 'groups.past.no') },
    ];
  }

  #members(members) {
    const names = members.slice(0, NAMES).map(memberName).join(', ');
    return members.length > NAMES ? t('groups.more', { names, count: members.length - NAMES }) : names || t('groups.nobody');
  }
}
customElements.define('koprik-group-list', KoprikGroupList);
