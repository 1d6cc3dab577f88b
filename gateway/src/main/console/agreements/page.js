import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { articleName, refusal } from '../reasons/reasons.js';
import { sentence, sentenceOf, sentenceWithOwn } from '../sentences/sentences.js';
import { go, link, merge } from '../router.js';
import { may } from '../session.js';
import { dateTime } from '../format.js';
import { t } from '../texts.js';
import { differences, foremost, group, missing, predecessor, proposer, versionsWith } from './model.js';
import { holds } from './holds.js';
import { STATES } from './states.js';
import './act.js';
import './articles.js';
import './versions.js';
import '../kit/badge.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/empty.js';
import '../kit/field.js';
import '../kit/icon.js';
import '../kit/tlp.js';

/** The states in which a notice of termination says something, and how it is shown. */
const TERMINATED = { in_force: 'warning', agreed: 'warning', terminated: 'danger' };

/** All that there is with one partner: what holds, what waits, the text of a version, and what people can do. */
class KoprikAgreementPage extends LitElement {
  static properties = { answer: { attribute: false }, terms: { attribute: false }, own: { attribute: false }, route: { attribute: false }, act: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    .back { display: inline-flex; align-items: center; gap: 6px; min-height: 24px; }
    .columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(280px, 360px); gap: var(--space-4); align-items: start; }
    .paper { padding: var(--space-4) var(--space-5); }
    .paper header { display: grid; gap: var(--space-2); padding-bottom: var(--space-3); border-bottom: 2px solid var(--border-strong); }
    .paper h2 { font: var(--text-title); }
    aside { display: grid; gap: var(--space-4); }
    .doing { display: grid; gap: var(--space-3); }
    .summary { display: grid; gap: 2px; }
    k-field[name='with'] { min-width: 220px; }
    @media (max-width: 1080px) { .columns { grid-template-columns: minmax(0, 1fr); } }
    @media print { aside, .doing, .back { display: none; } .columns { display: block; } }
  `];

  render() {
    const { answer, terms } = this;
    const versions = versionsWith(answer, terms.partner);
    const now = holds(terms);
    return html`<div class="stack">
      <div><a class="back" href=${link('/agreements')}><k-icon name="back"></k-icon>${t('frame.screen.agreements')}</a>
        <div class="spread"><h1>${terms.title}</h1><div class="row"><k-badge state=${now.state}>${now.word}</k-badge><k-tlp marking=${terms.max_tlp ?? 'TLP:CLEAR'}></k-tlp></div></div>
        <p class="quiet">${now.text}</p></div>
      ${terms.delivery.trouble ? html`<k-banner state="warning" icon="clock">${t('agreements.delivery', { centre: terms.title })}<div>${sentenceWithOwn('trouble', sentenceOf(terms.delivery, 'trouble'))}</div></k-banner>` : nothing}
      ${terms.delivery.refused.map((piece) => html`<k-banner state="danger">${t('agreements.refused', { centre: terms.title })}<p>${sentence('piece', { ...piece, text: piece.reason })}${piece.pointer ? html` <code>${piece.pointer}</code>` : nothing}</p></k-banner>`)}
      ${versions.length === 0 ? this.#none() : this.#version(versions, versions.find((one) => one.sha256 === this.route.query.version) ?? foremost(versions))}
      ${this.act ? html`<koprik-agreement-act .act=${this.act.what} .version=${this.act.version} .before=${predecessor(versions, this.act.version)} .kinds=${answer.kinds} .terms=${terms} .own=${this.own}
        @close=${() => (this.act = null)} @changed=${() => this.dispatchEvent(new CustomEvent('changed'))}></koprik-agreement-act>` : nothing}</div>`;
  }

  #none() {
    const interim = this.terms.basis === 'interim';
    return html`<k-empty icon="agreements" heading=${t('agreements.nothing', { centre: this.terms.title })} text=${t(interim ? 'agreements.nothing.interim' : 'agreements.nothing.text')}>
      ${may('operate') ? html`${interim ? html`<k-button slot="action" id="settings" href=${this.#form('settings')}>${t('agreements.fromSettings')}</k-button>` : nothing}
        <k-button slot="action" id="propose" variant="primary" icon="plus" href=${this.#form('new')}>${t('agreements.propose')}</k-button>` : nothing}</k-empty>`;
  }

  #form(from, version) {
    return link(['agreements', this.terms.partner, 'propose'], { from, version: version?.sha256 });
  }

  #version(versions, version) {
    const choice = this.route.query.with;
    const before = choice === 'none' ? null : (versions.find((one) => one.sha256 === choice) ?? predecessor(versions, version));
    const { text } = version;
    return html`<div class="columns">
      <article class="card paper"><header>
        <h2>${group(text) ? t('agreements.heading.group', { centres: text.parties.map((party) => party.title).join(', ') }) : t('agreements.heading', { one: text.parties[0].title, other: text.parties[1].title })}</h2>
        <p class="row"><k-badge state=${STATES[version.state] ?? 'neutral'}>${t(`agreements.state.${version.state}`)}</k-badge>
          <span>${t('agreements.proposedBy', { centre: proposer(text)?.title ?? '' })} <span class="meta">${dateTime(text.modified)}</span></span></p>
        ${version.terminated && version.state in TERMINATED ? html`<k-banner state=${TERMINATED[version.state]}>${t(version.state === 'terminated' ? 'agreements.ended' : 'agreements.terminated', { at: dateTime(version.terminated) })}</k-banner>` : nothing}
        ${version.unproven ? html`<k-banner state="danger">${t('agreements.unproven')}<p>${refusal({ code: version.unproven_code, reason: '' }).what} <span class="meta" lang="en">${version.unproven}</span></p></k-banner>` : nothing}
        ${this.#compare(versions, version, before)}</header>
        <koprik-agreement-text .text=${text} .before=${before?.text ?? null} .kinds=${this.answer.kinds} .article=${this.route.query.article ?? ''}></koprik-agreement-text></article>
      <aside>${may('operate') ? this.#doing(versions, version) : nothing}
        <section class="card stack"><h2>${t('agreements.versions')}</h2><koprik-agreement-versions .versions=${versions} .chosen=${version.sha256} .terms=${this.terms} @choose=${(e) => merge({ version: e.detail, with: '', article: '' })}></koprik-agreement-versions></section></aside></div>`;
  }

  #compare(versions, version, before) {
    const others = versions.filter((one) => one.sha256 !== version.sha256);
    if (others.length === 0) {
      return nothing;
    }
    const found = before ? [...differences(before.text, version.text)] : [];
    const said = (effect) => found.filter(([, one]) => one === effect).map(([article]) => articleName(article));
    return html`<div class="spread"><k-field type="select" name="with" label=${t('agreements.compare')} .value=${before?.sha256 ?? 'none'}
        .options=${[{ value: 'none', label: t('agreements.compare.none') }, ...others.map((one) => ({ value: one.sha256, label: `${dateTime(one.text.modified)} · ${t(`agreements.state.${one.state}`)}` }))]}
        @change=${(e) => merge({ with: e.detail.value }, { replace: true })}></k-field>
      ${before ? html`<div class="summary" id="differences">${found.length === 0 ? html`<span>${t('agreements.same')}</span>`
        : ['widens', 'narrows', 'changes'].filter((effect) => said(effect).length).map((effect) => html`<span><strong>${t(`agreements.effect.${effect}`)}:</strong> ${said(effect).join(', ')}</span>`)}</div>` : nothing}</div>`;
  }

  /** What an operator can do with the version that is shown; the first thing is the one that it waits for. */
  #doing(versions, version) {
    const act = (what, variant, icon) => html`<k-button id=${what} variant=${variant} icon=${icon} @click=${() => (this.act = { what, version })}>${t(`agreements.act.${what}`)}</k-button>`;
    const waits = versions.find((one) => one.waits_for !== 'nobody');
    const holdsOn = ['in_force', 'agreed'].includes(version.state) && !version.terminated;
    const open = versions.some((one) => ['in_force', 'agreed', 'proposed'].includes(one.state));
    return html`<section class="card doing"><h2>${t('agreements.todo')}</h2>
      ${version.waits_for === 'us' ? html`<p>${t('agreements.todo.us', { centre: proposer(version.text)?.title ?? '' })}</p>${act('accept', 'primary', 'check')}${act('decline', 'secondary', 'close')}
          <k-button id="other" icon="edit" href=${this.#form('change', version)}>${t('agreements.act.other')}</k-button>` : nothing}
      ${version.waits_for === 'partner' ? html`<p>${group(version.text) ? t('agreements.todo.group', { centres: missing(version) }) : t('agreements.todo.partner', { centre: this.terms.title })}</p>${version.proposed_here ? act('withdraw', 'secondary', 'undo') : nothing}` : nothing}
      ${waits && version.waits_for === 'nobody' ? html`<p>${t('agreements.todo.waits')}</p><k-button id="waiting" @click=${() => go(['agreements', this.terms.partner], { version: waits.sha256 })}>${t('agreements.todo.show')}</k-button>` : nothing}
      ${holdsOn ? html`${waits ? nothing : html`<p>${t(group(version.text) ? 'agreements.todo.change.group' : 'agreements.todo.change')}</p>`}<k-button id="change" variant=${waits ? 'secondary' : 'primary'} icon="edit" href=${this.#form('change', version)}>${t('agreements.act.change')}</k-button>${act('terminate', 'secondary', 'trash')}` : nothing}
      ${open ? nothing : html`<p>${t('agreements.todo.new')}</p><k-button id="change" variant="primary" icon="plus" href=${this.#form('change', version)}>${t('agreements.propose.again')}</k-button>
        <k-button id="propose" href=${this.#form('new')}>${t('agreements.propose')}</k-button>`}
      ${open && this.answer.partners.length > 1 ? html`<k-button id="group" icon="plus" href=${this.#form('group')}>${t('agreements.propose.group')}</k-button>` : nothing}</section>`;
  }
}
customElements.define('koprik-agreement-page', KoprikAgreementPage);
