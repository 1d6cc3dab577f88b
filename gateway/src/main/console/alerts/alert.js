import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { link } from '../router.js';
import { t } from '../texts.js';
import { originWords, ruleWord } from '../cases/model.js';
import { may } from '../session.js';
import { centreName, isOwn } from '../stix/words.js';
import { conflictAction, noticeAction, noticeWords } from './notice.js';
import '../kit/badge.js';
import '../kit/button.js';
import '../kit/id.js';
import '../kit/time.js';
import '../kit/value.js';

/** One alert in a line: what matches, who says so, when. Event `acknowledge`. */
class KoprikAlert extends LitElement {
  static properties = { alert: { attribute: false }, active: { type: Boolean, reflect: true }, busy: { type: Boolean } };
  static styles = [base, css`
    :host { display: block; border-top: 1px solid var(--border); }
    :host(:first-child) { border-top: 0; }
    .line { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr) 140px auto; gap: var(--space-1) var(--space-4); align-items: center; padding: var(--space-2) var(--space-3); }
    :host([active]) .line { background: var(--accent-surface); box-shadow: inset 3px 0 0 var(--accent); }
    .what, .who { display: grid; gap: 2px; justify-items: start; min-width: 0; overflow-wrap: anywhere; }
    .act { display: flex; flex-wrap: wrap; gap: var(--space-2); justify-content: flex-end; align-items: center; }
    @media (max-width: 800px) { .line { grid-template-columns: minmax(0, 1fr); } .act { justify-content: flex-start; } }
  `];

  focus() {
    this.renderRoot.querySelector('.line')?.focus({ preventScroll: true });
    this.scrollIntoView({ block: 'nearest' });
  }

  render() {
    const { alert } = this;
    return html`<div class="line" tabindex="-1">
      ${alert.kind === 'case_match' ? this.#match(alert) : alert.object_id ? this.#conflict(alert) : this.#notice(alert)}
      <k-time inline .at=${alert.time}></k-time>
      <div class="act">${alert.acknowledged
        ? html`<span class="meta">${t('alerts.by', { who: alert.acknowledged.by })} <k-time inline .at=${alert.acknowledged.at}></k-time></span><k-button small variant="quiet" icon="undo" label=${t('alerts.takeBack')} ?busy=${this.busy} @click=${this.#tell}></k-button>`
        : html`<k-button small icon="check" key="KeyC" label=${t('alerts.acknowledge')} ?busy=${this.busy} @click=${this.#tell}></k-button>`}</div>
    </div>`;
  }

  #tell() {
    this.dispatchEvent(new CustomEvent('acknowledge'));
  }

  #match({ case_value: here, object_value: there, rule, object, certainty, purpose_needed: partner }) {
    if (partner) {
      return html`<div class="what"><k-value .kind=${here.kind} .value=${here.value}></k-value><span class="meta">${ruleWord(rule)}</span></div>
        <div class="who"><span>${t('alerts.purpose', { partner })}</span></div>`;
    }
    const other = here.value !== there.value || here.kind !== there.kind;
    return html`
      <div class="what"><k-value .kind=${there.kind} .value=${there.value}></k-value><span class="meta">${ruleWord(rule)}${certainty ? ` · ${t('cases.match.score', { score: certainty.score })}` : ''}</span>${other ? html`<span class="meta">${t('alerts.inCase')}</span><k-value .kind=${here.kind} .value=${here.value}></k-value>` : nothing}</div>
      <div class="who"><a href=${object.case_number ? link(['cases', object.id]) : link(['objects', object.id])}>${object.title}</a>
        <span class="meta">${originWords(object)}</span></div>`;
  }

  #conflict(conflict) {
    const { kind, object_id: id, owner, submitter, count, action } = conflict;
    const todo = conflictAction(conflict);
    return html`<div class="what"><k-badge state="warning">${t(`alerts.kind.${kind}`)}</k-badge><span class="row"><a href=${link(['objects', id])}>${id.split('--')[0]}</a><k-id .value=${id}></k-id></span></div>
      <div class="who"><span>${t('alerts.conflict', { owner: owner?.centre ? centreName(owner.centre) : '', submitter: submitter?.name ?? '', count: count ?? 1 })}</span>${todo ? html`<span class="meta">${todo}</span>` : action ? html`<span class="meta" lang="en">${action}</span>` : nothing}</div>`;
  }

  /** The centre that a notice is about, with the way to where something can be done. */
  #centre(kind, centre) {
    return !centre ? nothing : may('operate') && !isOwn(centre) ? html`<a href=${link([kind.startsWith('agreement') ? 'agreements' : 'partners', centre])}>${centreName(centre)}</a>` : html`<span>${centreName(centre)}</span>`;
  }

  #notice(notice) {
    const { kind, centre } = notice;
    const { todo, english } = noticeAction(notice);
    return html`<div class="what"><k-badge state="warning">${t(`alerts.kind.${kind}`)}</k-badge>${this.#centre(kind, centre)}</div>
      <div class="who"><span>${noticeWords(notice)}</span>${todo ? html`<span class="meta">${todo}</span>` : nothing}${english ? html`<span class="meta" lang="en">${english}</span>` : nothing}</div>`;
  }
}
customElements.define('koprik-alert', KoprikAlert);
