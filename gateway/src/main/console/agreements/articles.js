import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { iconOf } from '../kit/icons.js';
import { date, dateTime, untilDate, wholeDay } from '../format.js';
import { articleName } from '../reasons/reasons.js';
import { has, t } from '../texts.js';
import { ARTICLES, covered, differences, groups, kindsOf } from './model.js';
import '../kit/badge.js';
import '../kit/icon.js';
import '../kit/tlp.js';

const EFFECTS = { widens: 'warning', narrows: 'notice', changes: 'neutral' };
const EFFECT_ICONS = { widens: 'plus', narrows: 'minus', changes: 'edit' };

export const kindName = (kind) => (has(`kit.kind.${kind}`) ? t(`kit.kind.${kind}`) : kind);

/**
 * The text of an agreement in articles: `text`; `kinds` that this centre knows; `before`, a text with which it is
 * compared; `article` that stands out.
 */
class KoprikAgreementText extends LitElement {
  static properties = { text: { attribute: false }, before: { attribute: false }, kinds: { attribute: false }, article: {} };
  static styles = [base, css`
    :host { display: block; }
    li.article { display: grid; grid-template-columns: 36px minmax(0, 1fr); gap: 0 var(--space-3); padding: var(--space-3) var(--space-2); border-bottom: 1px solid var(--border); scroll-margin-top: 80px; }
    li.article:last-child { border-bottom: 0; }
    li.found { background: var(--accent-surface); border-radius: var(--radius); }
    .no { font: var(--text-title); color: var(--text-quiet); text-align: end; font-variant-numeric: tabular-nums; }
    .body { display: grid; gap: var(--space-2); min-width: 0; align-content: start; }
    .body > div { min-width: 0; overflow-wrap: anywhere; }
    h3 { padding-top: 4px; }
    .lines > * { overflow-wrap: anywhere; white-space: pre-line; }
    .kinds { display: flex; flex-wrap: wrap; gap: 2px var(--space-3); }
    .kinds span { display: inline-flex; align-items: center; gap: 5px; overflow-wrap: anywhere; }
    .kinds k-icon { width: 14px; height: 14px; color: var(--text-quiet); }
    .group { display: grid; grid-template-columns: 168px minmax(0, 1fr); gap: 0 var(--space-3); }
    .group + .group { margin-top: var(--space-1); }
    .group > :first-child { color: var(--text-quiet); }
    .added { color: var(--ok-text); font-weight: 600; }
    .removed { color: var(--danger-text); text-decoration: line-through; }
    .added k-icon, .removed k-icon { color: inherit; }
    .before { padding: var(--space-2) var(--space-3); border-inline-start: 3px solid var(--border-strong); background: var(--surface-sunken); border-radius: 3px; }
    .before .meta { display: block; margin-bottom: 2px; }
    dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 2px var(--space-4); }
    dt { color: var(--text-quiet); }
    @media (max-width: 560px) { .group, li.article { grid-template-columns: minmax(0, 1fr); } .no { text-align: start; } }
  `];

  updated(changed) {
    if (changed.has('article') && this.article) {
      this.renderRoot.querySelector('.found')?.scrollIntoView({ block: 'center' });
    }
  }

  render() {
    const changes = this.before ? differences(this.before, this.text) : new Map();
    return html`<ol aria-label=${t('agreements.text')}>${ARTICLES.map((number) => html`
      <li class="article ${String(number) === String(this.article) ? 'found' : ''}" data-article=${number}>
        <span class="no" aria-hidden="true">${number}</span>
        <div class="body"><div class="spread"><h3><span class="hidden">${t('agreements.article', { number: String(number) })}</span>${articleName(number)}</h3>
          ${changes.has(number) ? html`<k-badge state=${EFFECTS[changes.get(number)]} icon=${EFFECT_ICONS[changes.get(number)]}>${t(`agreements.effect.${changes.get(number)}`)}</k-badge>` : nothing}</div>
          <div>${this.#says(number, this.text, changes.has(number))}</div>
          ${changes.has(number) && number !== 3 ? html`<div class="before"><span class="meta">${t('agreements.before')}</span>${this.#says(number, this.before, false)}</div>` : nothing}</div>
      </li>`)}</ol>`;
  }

  #says(number, text, compared) {
    switch (number) {
      case 1:
        return html`<p>${text.parties.map((party) => party.title).join(' · ')}</p>`;
      case 2:
        return html`<ul class="lines">${text.purposes.map((purpose) => html`<li>${purpose}</li>`)}</ul><p class="quiet">${t(text.purpose_on_use ? 'agreements.purposeOnUse.yes' : 'agreements.purposeOnUse.no')}</p>`;
      case 3:
        return this.#kinds(text, compared);
      case 4:
        return html`<p class="row">${t('agreements.marking')} <k-tlp marking=${text.max_tlp}></k-tlp></p><p class="quiet">${t('agreements.marking.red')}</p>`;
      case 5:
        return html`<p>${t(text.relay ? 'agreements.relay.yes' : 'agreements.relay.no')}</p>`;
      case 6:
        return html`<p>${t('agreements.retention', { count: text.retention_days })}</p>`;
      case 7:
        return this.#term(text);
      case 8:
        return html`<p>${text.notice_days > 0 ? t('agreements.notice', { count: text.notice_days }) : t('agreements.notice.none')}</p>`;
      case 9:
        return html`<div class="lines"><p>${text.legal_basis}</p>${text.reference ? html`<p class="quiet">${text.reference}</p>` : nothing}</div>`;
      default:
        return html`<dl>${text.parties.map((party) => html`<dt>${party.title}</dt><dd>${party.contacts.map((one) => html`<div>${one.replace(/^(mailto|tel):/, '')}</div>`)}</dd>`)}</dl>`;
    }
  }

  /** What is covered, by groups; compared with another text, what comes and what goes. */
  #kinds(text, compared) {
    const now = covered(text);
    const old = compared ? covered(this.before) : now;
    const all = groups(kindsOf(this.kinds, { kinds: { ...(compared ? this.before.kinds : {}), ...text.kinds } }));
    const shown = all.map((group) => ({ id: group.id, kinds: group.kinds.filter((kind) => now.includes(kind) || old.includes(kind)) })).filter((group) => group.kinds.length > 0);
    const look = (kind) => (!old.includes(kind) ? 'added' : !now.includes(kind) ? 'removed' : '');
    const missing = all.flatMap((group) => group.kinds).filter((kind) => !now.includes(kind) && !old.includes(kind));
    return html`${shown.length ? shown.map((group) => html`<div class="group"><span>${t(`agreements.group.${group.id}`)}</span><div class="kinds">${group.kinds.map((kind) => html`<span class=${look(kind)}>
        <k-icon name=${{ added: 'plus', removed: 'minus' }[look(kind)] ?? iconOf(kind)} label=${look(kind) ? t(`agreements.kind.${look(kind)}`) : ''}></k-icon>${kindName(kind)}</span>`)}</div></div>`) : html`<p>${t('agreements.kinds.none')}</p>`}
      ${missing.length ? html`<div class="group"><span>${t('agreements.kinds.not')}</span><span class="quiet">${missing.map(kindName).join(', ')}</span></div>` : nothing}`;
  }

  #term(text) {
    const [from, until] = [text.valid_from, text.valid_until];
    return html`<dl>
      <dt>${t(from && wholeDay(from) ? 'agreements.term.first' : 'agreements.term.begins')}</dt><dd>${!from ? t('agreements.term.now') : wholeDay(from) ? `${date(from, 'UTC')} (UTC)` : dateTime(from)}</dd>
      <dt>${t(wholeDay(until) ? 'agreements.term.last' : 'agreements.term.ends')}</dt><dd>${wholeDay(until) ? `${untilDate(until)} (UTC)` : dateTime(until)}</dd></dl>`;
  }
}
customElements.define('koprik-agreement-text', KoprikAgreementText);
