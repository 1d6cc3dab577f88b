import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { count, date } from '../format.js';
import { link } from '../router.js';
import { t } from '../texts.js';
import { sentence, sentenceWithOwn } from '../sentences/sentences.js';
import { termsOf, topReason, wordsOf } from './health.js';
import '../kit/badge.js';
import '../kit/icon.js';
import '../kit/time.js';
import '../kit/tlp.js';

/** One partner: state in words, both lines, figures of today, agreement. */
class KoprikPartnerCard extends LitElement {
  static properties = { partner: { attribute: false }, health: { attribute: false } };
  static styles = [base, css`
    :host { display: block; }
    article { height: 100%; display: flex; flex-direction: column; gap: var(--space-3); }
    article.danger { border-color: var(--danger-border); }
    h2 a { color: var(--text); text-decoration: none; font: var(--text-title); }
    h2 a:hover { text-decoration: underline; }
    .trouble { padding: var(--space-2) var(--space-3); border-inline-start: 3px solid var(--warning-border); background: var(--warning-surface); color: var(--warning-text); border-radius: 3px; }
    .trouble.danger { border-color: var(--danger-border); background: var(--danger-surface); color: var(--danger-text); }
    .said { overflow-wrap: anywhere; }
    .lines { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: var(--space-3) var(--space-4); }
    .line { display: grid; gap: 2px; align-content: start; }
    .figures { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: var(--space-2); margin: 0; padding-top: var(--space-3); border-top: 1px solid var(--border); }
    .figures dd { font: 600 20px/28px var(--font); font-variant-numeric: tabular-nums; }
    .meta k-time, footer k-time { font: inherit; color: inherit; }
    .trouble k-time { color: inherit; }
    dt { font: var(--text-meta); color: var(--text-quiet); }
    footer { margin-top: auto; font: var(--text-meta); color: var(--text-quiet); display: flex; flex-wrap: wrap; gap: var(--space-1) var(--space-3); align-items: center; }
  `];

  render() {
    const { partner, health } = this;
    const refused = partner.today.refused_in + partner.today.refused_out;
    const top = topReason({ ...partner.pull.reasons, ...partner.received.reasons }) ?? topReason(partner.push.reasons);
    return html`<article class="card ${health.state}">
      <div class="spread"><h2><a href=${link(['partners', partner.name])}>${partner.title ?? partner.name}</a></h2><k-badge state=${health.state}>${t(`partners.state.${health.state}`)}</k-badge></div>
      ${health.troubles.slice(0, 2).map((one) => html`<div class="trouble ${one.state}"><strong>${one.text}</strong> ${one.since ? html`<k-time inline .at=${one.since}></k-time>` : nothing}${one.detail ? html`<div class="said">${sentenceWithOwn('trouble', one.detail)}</div>` : nothing}${one.card ? html`<div class="said">${sentence('newcard', one.card)}</div>` : nothing}</div>`)}
      <div class="lines">${this.#line('in', partner.pull_line, partner.pull)}${this.#line('out', partner.push_line, partner.push)}</div>
      <dl class="figures">
        <div><dt>${t('partners.today.in')}</dt><dd>${count(partner.today.in)}</dd></div>
        <div><dt>${t('partners.today.out')}</dt><dd>${count(partner.today.out)}</dd></div>
        <div><dt>${t('partners.today.refused')}</dt><dd>${count(refused)}</dd></div>
      </dl>
      ${refused > 0 && top ? html`<p class="meta">${t('partners.top')} ${wordsOf({ code: top[0] }).what}</p>` : nothing}
      <footer><k-tlp marking=${partner.agreement.max_tlp}></k-tlp>
        <a href=${link(['agreements', partner.name])}>${termsOf(partner.agreement)}</a>
        ${partner.keys?.length ? html`<span>${t('partners.keys.until', { date: date(lastEnd(partner.keys)) })}</span>` : nothing}</footer>
    </article>`;
  }

  #line(direction, line, state) {
    return html`<div class="line"><span class="meta">${t(`partners.line.${direction}`)}</span>
      <span><k-badge state=${{ ok: 'ok', failing: 'danger' }[line] ?? 'neutral'}>${t(`partners.line.${line}`)}</k-badge></span>
      ${state.last_success ? html`<span class="meta">${t('partners.success')} <k-time inline .at=${state.last_success}></k-time></span>` : nothing}
      ${state.lag_entries > 0 ? html`<span class="meta">${t('partners.lag', { count: state.lag_entries })}</span>` : nothing}</div>`;
  }
}
customElements.define('koprik-partner-card', KoprikPartnerCard);

/** The last moment at which one of the keys is valid. @param {Array<{valid_until: string, compromised_since?: string}>} keys */
function lastEnd(keys) {
  return keys.filter((key) => !key.compromised_since).map((key) => key.valid_until).sort().at(-1);
}
