import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { dateTime } from '../format.js';
import { t } from '../texts.js';
import { partyTitle, proposer } from './model.js';
import { STATES } from './states.js';
import '../kit/badge.js';
import '../kit/id.js';

/** All versions with who signed what and when: `versions`, `chosen` its SHA-256, `terms` of the partner; event `choose` (detail: SHA-256). */
class KoprikAgreementVersions extends LitElement {
  static properties = { versions: { attribute: false }, chosen: {}, terms: { attribute: false } };
  static styles = [base, css`
    :host { display: block; }
    li.version { padding: var(--space-3); border: 1px solid var(--border); border-radius: var(--radius); display: grid; gap: var(--space-2); }
    li.version + li.version { margin-top: var(--space-2); }
    li.chosen { border-color: var(--accent-border); box-shadow: inset 3px 0 0 var(--accent); }
    button { min-height: 24px; padding: 0; border: 0; background: none; color: var(--accent-text); font-weight: 600; text-align: start; text-decoration: underline; text-underline-offset: 2px; cursor: pointer; }
    .signed { display: grid; gap: var(--space-1); }
    .signed li { overflow-wrap: anywhere; }
    .reason { padding-inline-start: var(--space-3); border-inline-start: 2px solid var(--border-strong); color: var(--text-quiet); }
  `];

  render() {
    return html`<ul>${this.versions.map((version) => this.#one(version))}</ul>`;
  }

  #one(version) {
    const { text } = version;
    const chosen = version.sha256 === this.chosen;
    return html`<li class="version ${chosen ? 'chosen' : ''}" aria-current=${chosen ? 'true' : nothing}>
      <div class="spread"><button type="button" data-version=${version.sha256} @click=${() => this.dispatchEvent(new CustomEvent('choose', { detail: version.sha256 }))}>${dateTime(text.modified)}</button>
        <k-badge state=${STATES[version.state] ?? 'neutral'}>${t(`agreements.state.${version.state}`)}</k-badge></div>
      <ul class="signed"><li>${t('agreements.signed.propose', { centre: proposer(text)?.title ?? '' })}</li>
        ${version.notices.map((notice) => html`<li>${t(`agreements.signed.${notice.act}`, { centre: partyTitle(text, notice.by) })} <span class="meta">${dateTime(notice.at)}</span>
          ${notice.effective ? html`<div>${t('agreements.effective', { at: dateTime(notice.effective) })}</div>` : nothing}
          ${notice.reason ? html`<div class="reason">${notice.reason}</div>` : nothing}</li>`)}
        ${version.waits_for === 'us' ? html`<li class="quiet">${t('agreements.waits.us')}</li>` : version.waits_for === 'partner' && !version.signatures ? html`<li class="quiet">${t('agreements.waits.partner', { centre: this.terms.title })}</li>` : nothing}
        ${(version.signatures ?? []).map((one) => this.#party(one))}</ul>
      <div class="meta">SHA-256 <k-id value=${version.sha256}></k-id></div></li>`;
  }

  /** What the notices do not say of a party of a group: that it has not signed, and when it leaves. */
  #party({ party, title, state, leaves }) {
    const said = { missing: 'agreements.party.missing', unverified: 'agreements.party.unverified' }[state];
    return html`${said ? html`<li data-party=${party} class=${state === 'unverified' ? 'reason' : 'quiet'}>${t(said, { centre: title })}</li>` : nothing}
      ${leaves ? html`<li data-party=${party}>${t('agreements.party.leaves', { centre: title, at: dateTime(leaves) })}</li>` : nothing}`;
  }
}
customElements.define('koprik-agreement-versions', KoprikAgreementVersions);
