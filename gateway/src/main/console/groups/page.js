import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { onKeys } from '../kit/keys.js';
import { dateTime } from '../format.js';
import { link } from '../router.js';
import { may } from '../session.js';
import { t } from '../texts.js';
import { lasts, ordered } from './model.js';
import { memberName, ownerName } from './words.js';
import './act.js';
import './history.js';
import '../kit/badge.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/icon.js';
import '../kit/id.js';
import '../kit/table.js';

const STATES = { now: 'ok', later: 'notice', over: 'neutral' };

/** One group: what it is for, its members with their dates, what can be done, and its history. Event `changed`. */
class KoprikGroupPage extends LitElement {
  static properties = { group: { attribute: false }, centres: { attribute: false }, act: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    .back { display: inline-flex; align-items: center; gap: 6px; min-height: 24px; }
    .columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(280px, 380px); gap: var(--space-4); align-items: start; }
    .description { margin-top: var(--space-2); max-width: 90ch; white-space: pre-line; overflow-wrap: anywhere; }
    dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: var(--space-1) var(--space-3); }
    dt { color: var(--text-quiet); }
    dd { overflow-wrap: anywhere; }
    @media (max-width: 1080px) { .columns { grid-template-columns: minmax(0, 1fr); } }
    @media (max-width: 480px) { dl { grid-template-columns: minmax(0, 1fr); } dd { margin-bottom: var(--space-2); } }
  `];

  constructor() {
    super();
    onKeys(this, { KeyA: () => this.#mayChange && (this.act = { what: 'add' }) }, () => (this.#mayChange ? { KeyA: t('groups.add') } : {}));
  }

  get #mayChange() {
    return may('operate') && this.group.own && !this.group.dissolved;
  }

  render() {
    const { group } = this;
    return html`<div class="stack">
      <div><a class="back" href=${link('/agreements', { tab: 'groups' })}><k-icon name="back"></k-icon>${t('groups.heading')}</a>
        <div class="spread"><h1>${group.name}</h1>${this.#mayChange ? html`<div class="row">
          <k-button id="add-member" variant="primary" icon="plus" key="KeyA" @click=${() => (this.act = { what: 'add' })}>${t('groups.add')}</k-button>
          <k-button id="dissolve" icon="trash" @click=${() => (this.act = { what: 'dissolve' })}>${t('groups.dissolve')}</k-button></div>` : nothing}</div>
        ${group.description ? html`<p class="description">${group.description}</p>` : nothing}</div>
      ${group.dissolved ? html`<k-banner state="warning">${t('groups.isDissolved')}</k-banner>` : nothing}
      <dl>
        <dt>${t('groups.owner')}</dt><dd>${group.own ? t('groups.own') : t('groups.others', { centre: ownerName(group) })}</dd>
        <dt>${t('groups.past')}</dt><dd>${t(group.past ? 'groups.past.yes' : 'groups.past.no')}</dd>
        <dt>${t('groups.object')}</dt><dd><a href=${link(['objects', group.id], { tab: 'versions' })}>${t('groups.object.text')}</a> <k-id .value=${group.id}></k-id></dd></dl>
      <div class="columns">
        <section class="stack" aria-labelledby="members"><h2 id="members">${t('groups.members')}</h2>
          <k-table quiet-open label=${t('groups.members')} .rows=${ordered(group)} .rowId=${(row) => row.identity} .columns=${this.#columns()}></k-table>
          <p class="meta">${t('groups.agreementToo')}</p></section>
        <section class="card stack" aria-labelledby="history"><h2 id="history">${t('groups.history')}</h2><koprik-group-history .group=${group}></koprik-group-history></section></div>
      ${this.act ? html`<koprik-group-act .act=${this.act.what} .member=${this.act.member ?? null} .group=${group} .centres=${this.centres}
        @close=${() => (this.act = null)} @changed=${() => this.dispatchEvent(new CustomEvent('changed'))}></koprik-group-act>` : nothing}</div>`;
  }

  #columns() {
    const word = (row) => (this.group.dissolved ? 'over' : row.standing);
    return [
      { id: 'centre', label: t('groups.centre'), cell: (row) => html`<strong>${memberName(row)}</strong>` },
      { id: 'now', label: t('groups.now'), width: 'min', cell: (row) => html`<k-badge state=${STATES[word(row)]}>${t(`groups.is.${word(row)}`)}</k-badge>` },
      { id: 'from', label: t('groups.member.from'), cell: (row) => dateTime(row.from) },
      { id: 'until', label: t('groups.member.until'), cell: (row) => (row.until ? dateTime(row.until) : html`<span class="quiet">${t('groups.noEnd')}</span>`) },
      { id: 'end', label: '', width: 'min', hidden: !this.#mayChange, cell: (row) => (lasts(row) ? html`<k-button small @click=${() => (this.act = { what: 'remove', member: row })}>${t('groups.end')}</k-button>` : nothing) },
    ];
  }
}
customElements.define('koprik-group-page', KoprikGroupPage);
