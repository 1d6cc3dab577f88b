import { LitElement, css, html, nothing } from 'lit';
import { get } from '../api.js';
import { base } from '../kit/base.js';
import { refusal } from '../reasons/reasons.js';
import { sentence } from '../sentences/sentences.js';
import { link, merge } from '../router.js';
import { t } from '../texts.js';
import '../reasons/decision.js';
import '../kit/badge.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/field.js';
import '../kit/id.js';
import '../kit/problem.js';
import '../kit/tlp.js';

/** "Why did they not get it?": the decision on one object for one partner. */
class KoprikPartnerExplain extends LitElement {
  static properties = { partner: {}, id: {}, typed: { state: true }, answer: { state: true }, failure: { state: true }, busy: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    form { display: flex; gap: var(--space-2); align-items: end; }
    form k-field { flex: 1; }
  `];

  willUpdate(changed) {
    if (changed.has('id') || changed.has('partner')) {
      this.typed = this.id;
      this.#ask();
    }
  }

  async #ask() {
    this.answer = null;
    this.failure = null;
    const { id } = this;
    if (!id) {
      return;
    }
    this.busy = true;
    try {
      const answer = await get('/api/explain', { id, to: this.partner });
      if (id === this.id) {
        this.answer = answer;
      }
    } catch (failure) {
      this.failure = failure;
    }
    this.busy = false;
  }

  render() {
    return html`<div class="stack"><p>${t('partners.explain.text')}</p>
      <form @submit=${(e) => e.preventDefault()}><k-field mono label=${t('partners.explain.id')} placeholder="indicator--…" .value=${this.typed} @input=${(e) => (this.typed = e.detail.value)} @enter=${() => this.#go()}></k-field>
        <k-button variant="primary" ?busy=${this.busy} @click=${() => this.#go()}>${t('partners.explain.ask')}</k-button></form>
      ${this.failure ? html`<k-problem .error=${this.failure} @retry=${() => this.#ask()}></k-problem>` : nothing}
      ${this.answer ? this.#shown(this.answer) : nothing}</div>`;
  }

  #go() {
    merge({ id: this.typed.trim() });
  }

  #shown(answer) {
    return html`<section class="card stack">
      <div class="row"><k-badge state=${answer.released ? 'ok' : 'danger'}>${t(answer.released ? 'partners.explain.yes' : 'partners.explain.no')}</k-badge><a href=${link(['objects', answer.id])}>${t('partners.object')}</a><k-id value=${answer.id}></k-id></div>
      <koprik-decision .decision=${answer}></koprik-decision>
      <p class="row">${t('partners.explain.counts')} <k-tlp marking=${answer.effective.tlp}></k-tlp>${answer.marked && answer.marked !== answer.effective.tlp ? html` ${t('partners.explain.marked')} <k-tlp marking=${answer.marked}></k-tlp>` : nothing}</p>
      ${answer.because.length ? html`<h3>${t('partners.explain.because')}</h3><ul>${answer.because.map((one) => html`<li class="row"><k-tlp marking=${one.effective.tlp}></k-tlp><a href=${link(['objects', one.id])}>${t('partners.object')}</a><k-id value=${one.id}></k-id></li>`)}</ul>` : nothing}
      ${answer.refused_by_partner ? html`<k-banner state="warning">${t(answer.refused_by_partner.pushed_again ? 'partners.explain.waits' : 'partners.explain.refused')} ${refusal({ code: answer.refused_by_partner.code, reason: '' }).what} <span class="meta" lang="en">${answer.refused_by_partner.reason}</span></k-banner>` : nothing}
      ${(answer.notes ?? []).map((note, at) => html`<p class="quiet">${sentence('import', { text: note, ...answer.note_codes?.[at] })}</p>`)}</section>`;
  }
}
customElements.define('koprik-partner-explain', KoprikPartnerExplain);
