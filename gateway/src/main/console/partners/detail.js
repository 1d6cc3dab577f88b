import { LitElement, css, html, nothing } from 'lit';
import { get, post } from '../api.js';
import { base } from '../kit/base.js';
import { date, number } from '../format.js';
import { toast } from '../kit/toast.js';
import { link, merge } from '../router.js';
import { VisibleTimer } from '../kit/visible-timer.js';
import { t } from '../texts.js';
import { sentence, sentenceWithOwn } from '../sentences/sentences.js';
import { health, termsOf, wordsOf } from './health.js';
import './explain.js';
import './fingerprint.js';
import '../kit/badge.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/empty.js';
import '../kit/id.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/tabs.js';
import '../kit/time.js';
import '../kit/tlp.js';

const REFRESH_MS = 10000;

/** One partner in the panel: what is wrong, figures, refusals with their objects, keys, and why an object was given or not. */
class KoprikPartnerDetail extends LitElement {
  static properties = { name: {}, route: { attribute: false }, partner: { state: true }, failure: { state: true }, actionFailure: { state: true }, busy: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: var(--space-2) var(--space-4); margin: 0; }
    dt { color: var(--text-quiet); max-width: 180px; }
    dd, .said { overflow-wrap: anywhere; }
    li { padding: var(--space-3) 0; border-bottom: 1px solid var(--border); display: grid; gap: 4px; }
    li:last-child { border-bottom: 0; }
    k-time { font: inherit; color: inherit; }
    table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
    th, td { padding: 6px var(--space-2); text-align: end; border-bottom: 1px solid var(--border); }
    th:first-child, td:first-child { text-align: start; padding-inline-start: 0; }
    th { font: var(--text-meta); color: var(--text-quiet); vertical-align: bottom; }
  `];

  constructor() {
    super();
    new VisibleTimer(this, REFRESH_MS, () => this.#read());
  }

  willUpdate(changed) {
    if (changed.has('name')) {
      this.partner = null;
      this.failure = null;
      this.actionFailure = null;
      this.#read();
    }
  }

  async #read() {
    const name = this.name;
    try {
      const partner = await get(`/api/partners/${encodeURIComponent(name)}`);
      if (name === this.name) {
        this.partner = partner;
        this.failure = null;
      }
    } catch (failure) {
      this.failure = failure;
    }
  }

  render() {
    const { partner } = this;
    if (!partner) {
      return this.failure ? html`<k-problem .error=${this.failure} @retry=${() => this.#read()}></k-problem>` : html`<k-skeleton lines="8"></k-skeleton>`;
    }
    const found = health(partner);
    const tab = this.route.query.tab ?? 'state';
    return html`<div class="stack">
      ${this.failure ? html`<k-banner state="warning" icon="clock">${t('partners.old')}</k-banner>` : nothing}
      <div class="row"><k-badge state=${found.state}>${t(`partners.state.${found.state}`)}</k-badge><code>${partner.name}</code>
        ${partner.pull.on ? html`<k-button small icon="refresh" ?busy=${this.busy} @click=${this.#pull}>${t('partners.pull')}</k-button>` : nothing}</div>
      ${this.actionFailure ? html`<k-problem .noRetry=${true} .error=${this.actionFailure}></k-problem>` : nothing}
      ${found.troubles.map((one) => html`<k-banner state=${one.state}><strong>${one.text}</strong> ${one.since ? html`<k-time inline .at=${one.since}></k-time>` : nothing}${one.detail ? html`<div class="said">${sentenceWithOwn('trouble', one.detail)}</div>` : nothing}${one.card ? html`<div class="said">${sentence('newcard', one.card)}</div>` : nothing}</k-banner>`)}
      ${partner.new_card?.state === 'waits' ? this.#offer(partner.new_card) : nothing}
      <k-tabs label=${t('frame.screen.partners')} .active=${tab} .tabs=${['state', 'refusals', 'keys', 'explain'].map((id) => ({ id, label: t(`partners.tab.${id}`), count: id === 'refusals' ? partner.refusals?.length ?? 0 : undefined }))} @change=${(e) => merge({ tab: e.detail.id }, { replace: true })}></k-tabs>
      ${{ state: () => this.#state(partner), refusals: () => this.#refusals(partner), keys: () => this.#keys(partner),
        explain: () => html`<koprik-partner-explain .partner=${partner.name} .id=${this.route.query.id ?? ''}></koprik-partner-explain>` }[tab]?.() ?? nothing}
    </div>`;
  }

  #offer(card) {
    return html`<section class="card stack"><h3>${t('partners.offer', { number: String(card.sequence) })}</h3><p>${t('partners.offer.text')}</p>
      <koprik-fingerprint .value=${card.fingerprint}></koprik-fingerprint>
      <div><k-button id="accept" variant="primary" icon="check" ?busy=${this.busy} @click=${() => this.#accept(card)}>${t('partners.offer.accept')}</k-button></div></section>`;
  }

  #state(partner) {
    const paper = partner.agreement;
    const row = (label, direction, today, refused) => html`<tr><td>${label}</td><td>${number(today)}</td><td>${number(refused)}</td><td>${number(direction.accepted)}</td><td>${number(direction.refused)}</td></tr>`;
    return html`<table><caption class="hidden">${t('partners.tab.state')}</caption><thead><tr><th scope="col"><span class="hidden">${t('partners.direction')}</span></th><th scope="col">${t('partners.today.new')}</th><th scope="col">${t('partners.today.refused')}</th><th scope="col">${t('partners.all.new')}</th><th scope="col">${t('partners.all.refused')}</th></tr></thead><tbody>
        ${row(t('partners.line.in'), { accepted: partner.pull.accepted + partner.received.accepted, refused: partner.pull.refused + partner.received.refused }, partner.today.in, partner.today.refused_in)}
        ${row(t('partners.line.out'), partner.push, partner.today.out, partner.today.refused_out)}</tbody></table>
      <dl>
        <dt>${t('partners.contact')}</dt><dd><k-time inline .at=${partner.last_contact}></k-time></dd>
        <dt>${t('partners.lag.label')}</dt><dd>${partner.push.on ? t('partners.lag', { count: partner.push.lag_entries ?? 0 }) : t('partners.line.off')}</dd>
        <dt>${t('partners.given')}</dt><dd><k-tlp marking=${paper.max_tlp}></k-tlp></dd>
        <dt>${t('partners.basis')}</dt><dd>${termsOf(paper)} · <a href=${link(['agreements', partner.name])}>${t('partners.basis.show')}</a></dd>
        ${paper.basis === 'none' ? nothing : html`<dt>${t('partners.add.agreement')}</dt><dd>${paper.reference || '–'}</dd>`}
        <dt>${t('partners.add.purpose')}</dt><dd>${paper.personal_purpose || t('partners.purpose.none')}</dd>
        <dt>${t('partners.add.contacts')}</dt><dd>${partner.contacts?.join(', ') || '–'}</dd>
        <dt>${t('partners.add.endpoint')}</dt><dd><code>${partner.endpoint || '–'}</code></dd></dl>`;
  }

  #refusals(partner) {
    const all = partner.refusals ?? [];
    return all.length === 0
      ? html`<k-empty icon="ok" heading=${t('partners.refusals.none')} text=${t('partners.refusals.none.text')}></k-empty>`
      : html`<ul>${all.map((one) => {
        const words = wordsOf({ ...one, code: one.partner_code ?? one.code });
        return html`<li><div class="spread"><strong>${words.what}</strong><k-badge>${t(`partners.refused.${one.direction}`)}</k-badge></div>
          <div class="row"><a href=${link(['objects', one.id])}>${t('partners.object')}</a><k-id value=${one.id}></k-id>${one.direction === 'out' ? html`<a href=${link(['partners', partner.name], { tab: 'explain', id: one.id })}>${t('partners.tab.explain')}</a>` : nothing}</div>
          <details class="meta"><summary>${t('sentences.technical')}</summary><p lang="en">${one.reason}${one.pointer ? html` · <code>${one.pointer}</code>` : nothing}</p></details>
          ${words.advice ? html`<p>${words.advice}</p>` : nothing}<k-time class="meta" inline .at=${one.time}></k-time></li>`;
      })}</ul>`;
  }

  #keys(partner) {
    return html`<div class="stack">
      <h3>${t('partners.card')}</h3>
      ${partner.card?.fingerprint ? html`<koprik-fingerprint .value=${partner.card.fingerprint}></koprik-fingerprint>` : html`<p class="quiet">${t('partners.card.unseen')}</p>`}
      ${partner.card?.issued ? html`<p class="quiet">${t('partners.card.term', { number: String(partner.card.sequence), from: date(partner.card.issued), until: date(partner.card.expires) })}</p>` : nothing}
      <h3>${t('partners.tab.keys')}</h3>
      <ul>${(partner.keys ?? []).map((key) => html`<li><div class="spread"><strong>${key.name}</strong>${this.#keyState(key)}</div><span>${key.alg} · ${date(key.valid_from)} – ${date(key.valid_until)}</span><k-id value=${key.kid}></k-id></li>`)}</ul>
      ${partner.expiries.filter((end) => end.what === 'certificate').map((end) => html`<p>${t('partners.certificate', { date: date(end.at) })}</p>`)}</div>`;
  }

  #keyState(key) {
    const now = Date.now();
    const state = key.compromised_since ? 'compromised' : Date.parse(key.valid_until) < now ? 'ended' : Date.parse(key.valid_from) > now ? 'next' : 'valid';
    return html`<k-badge state=${{ compromised: 'danger', ended: 'neutral', next: 'notice', valid: 'ok' }[state]}>${t(`partners.key.${state}`)}</k-badge>`;
  }

  async #act(action, done) {
    this.busy = true;
    this.actionFailure = null;
    try {
      await action();
      toast(done, { state: 'ok' });
      await this.#read();
      this.dispatchEvent(new CustomEvent('changed'));
    } catch (failure) {
      this.actionFailure = failure;
    }
    this.busy = false;
  }

  #pull() {
    return this.#act(() => post(`/api/partners/${encodeURIComponent(this.name)}/pull`), t('partners.pulled'));
  }

  #accept(card) {
    return this.#act(() => post(`/api/partners/${encodeURIComponent(this.name)}/card`, { fingerprint: card.fingerprint }), t('partners.offer.done'));
  }
}
customElements.define('koprik-partner-detail', KoprikPartnerDetail);
