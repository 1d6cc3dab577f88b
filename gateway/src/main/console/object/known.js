import { css, html, nothing } from 'lit';
import { get, post } from '../api.js';
import { ago, date, number } from '../format.js';
import { base } from '../kit/base.js';
import { onKeys } from '../kit/keys.js';
import { toast } from '../kit/toast.js';
import { link } from '../router.js';
import { may } from '../session.js';
import { centreName, isOwn, opinionName, proof, proofState, ruleName, speaker, whatItIs } from '../stix/words.js';
import { t } from '../texts.js';
import { Part } from './part.js';
import '../kit/badge.js';
import '../kit/button.js';
import '../kit/empty.js';
import '../kit/icon.js';
import '../kit/tlp.js';
import '../kit/value.js';

const SHOWN = 50;

/** What is known of an object besides it: matches to confirm or dismiss, sightings, opinions and notes. */
class KoprikKnown extends Part {
  static properties = { house: { type: Boolean }, active: { state: true }, busy: { state: true }, all: { state: true } };
  static styles = [base, css`
    :host { display: grid; gap: var(--space-5); }
    section { display: grid; gap: var(--space-2); }
    ul { background: var(--surface-raised); border: 1px solid var(--border); border-radius: var(--radius); }
    li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--space-2) var(--space-4); padding: var(--space-3); border-bottom: 1px solid var(--border); }
    li:last-child { border-bottom: 0; }
    li[aria-current] { box-shadow: inset 3px 0 0 var(--accent); background: var(--surface-hover); }
    .what { display: grid; gap: var(--space-1); min-width: 0; overflow-wrap: anywhere; }
    .rule { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-1) var(--space-2); color: var(--text-quiet); }
    .text { white-space: pre-wrap; }
    .decide { display: flex; flex-wrap: wrap; align-items: flex-start; justify-content: flex-end; gap: var(--space-1); }
    @media (max-width: 700px) { li { grid-template-columns: minmax(0, 1fr); } .decide { justify-content: flex-start; } }
  `];

  constructor() {
    super();
    onKeys(this, {
      KeyJ: () => this.#move(1),
      KeyK: () => this.#move(-1),
      KeyC: () => this.#judge(this.#current, 'confirmed'),
      KeyD: () => this.#judge(this.#current, 'dismissed'),
      Enter: () => this.#current && (location.hash = this.#linkOf(this.#current.met)),
    }, () => (this.#pairs.length ? { KeyJ: t('object.keyNext'), KeyK: t('object.keyPrevious'), KeyC: t('object.confirm'), KeyD: t('object.dismiss'), Enter: t('object.keyOpen') } : {}));
  }

  async fetched() {
    const [related, remarks] = await Promise.all([get(`${this.path}/related`), get(`${this.path}/remarks`)]);
    return { matches: related.matches, remarks };
  }

  /** One row for each object that matches by one rule. */
  get #pairs() {
    return (this.data?.matches ?? []).flatMap((match) => match.met.map((met) => ({ key: `${match.rule} ${match.other_kind}:${match.other_value} ${met.id}`, match, met })));
  }

  get #current() {
    return this.#pairs.find((pair) => pair.key === this.active);
  }

  #linkOf(met) {
    return met.case_number ? link(['cases', met.case_number]) : link(['objects', met.id]);
  }

  async #move(step) {
    const pairs = this.#pairs;
    if (pairs.length === 0) {
      return;
    }
    const at = pairs.findIndex((pair) => pair.key === this.active);
    const to = Math.min(pairs.length - 1, Math.max(0, at < 0 ? 0 : at + step));
    this.all = this.all || to >= SHOWN;
    this.active = pairs[to].key;
    await this.updateComplete;
    const row = this.renderRoot.querySelector('[aria-current]');
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }

  /** Case files claim nothing of their values, and a pattern names no one value. */
  #decidable({ match, met }) {
    return may('write') && !met.case_number && match.other_value !== undefined;
  }

  async #judge(pair, verdict) {
    if (!pair || !this.#decidable(pair) || this.busy) {
      return;
    }
    const before = pair.met.verdict?.verdict ?? 'none';
    const send = (word) => post(`/api/objects/${encodeURIComponent(pair.met.id)}/verdicts`, { value: pair.match.other_value, kind: pair.match.other_kind, verdict: word });
    this.busy = true;
    try {
      await send(verdict);
      await this.load();
      toast(t(verdict === 'none' ? 'object.takenBack' : verdict === 'confirmed' ? 'object.confirmed' : 'object.dismissed', { title: pair.met.title }), {
        state: 'ok',
        undo: async () => {
          await send(before);
          await this.load();
        },
      });
    } catch (failure) {
      this.error = failure;
    } finally {
      this.busy = false;
    }
  }

  content({ remarks }) {
    const pairs = this.#pairs;
    const shown = this.all ? pairs : pairs.slice(0, SHOWN);
    return html`
      <section aria-labelledby="m"><h2 id="m">${t('object.matches', { count: pairs.length })}</h2>
        ${pairs.length === 0
          ? html`<k-empty icon="link" heading=${t('object.noMatches')} text=${t('object.noMatchesText')}></k-empty>`
          : html`<ul>${shown.map((pair) => this.#pair(pair))}</ul>
            ${pairs.length > shown.length ? html`<div><k-button small variant="quiet" @click=${() => (this.all = true)}>${t('object.allMatches', { count: pairs.length })}</k-button></div>` : nothing}`}</section>
      <section aria-labelledby="r"><h2 id="r">${t('object.remarks', { count: remarks.remarks.length })}</h2>
        ${remarks.remarks.length === 0
          ? html`<k-empty icon="message" heading=${t('object.noRemarks')} text=${t('object.noRemarksText')}></k-empty>`
          : html`<ul>${remarks.remarks.map((remark) => this.#remark(remark))}</ul>${remarks.more ? html`<p class="meta">${t('object.moreRemarks')}</p>` : nothing}`}</section>`;
  }

  #pair(pair) {
    const { match, met, key } = pair;
    const by = speaker(met);
    return html`<li tabindex="-1" aria-current=${key === this.active ? 'true' : nothing} @click=${() => (this.active = key)}>
      <div class="what">
        <span class="rule">${ruleName(match.rule)} <k-value kind=${match.other_kind ?? ''} .value=${match.other_value ?? match.pattern ?? ''}></k-value></span>
        <a href=${this.#linkOf(met)}>${met.case_number ? t('object.caseTitle', { title: met.title }) : isOwn(by) ? t('object.ownTitle', { title: met.title }) : t('object.centreTitle', { centre: centreName(by), title: met.title })}</a>
        <span class="quiet">${whatItIs(met)} · ${proof(met)} · ${ago(met.received)} · ${t('object.certainty', { number: number(match.certainty.score) })}${met.sightings ? html` · ${t('object.seen', { count: met.sightings.count })}` : nothing}</span>
        ${met.verdict ? html`<span class="row"><k-badge state=${met.verdict.verdict === 'confirmed' ? 'ok' : 'neutral'} icon=${met.verdict.verdict === 'confirmed' ? 'check' : 'close'}>${t(met.verdict.verdict === 'confirmed' ? 'object.confirmedBy' : 'object.dismissedBy', { account: met.verdict.by, when: ago(met.verdict.at) })}</k-badge>${met.verdict.note ?? nothing}</span>` : nothing}
      </div>
      ${this.#decidable(pair) ? html`<div class="decide">
        ${met.verdict
          ? html`<k-button small icon="undo" ?disabled=${this.busy} @click=${() => this.#judge(pair, 'none')}>${t('object.takeBack')}</k-button>`
          : html`<k-button small icon="check" key="KeyC" ?disabled=${this.busy} @click=${() => this.#judge(pair, 'confirmed')}>${t('object.confirm')}</k-button>
            <k-button small icon="close" key="KeyD" ?disabled=${this.busy} @click=${() => this.#judge(pair, 'dismissed')}>${t('object.dismiss')}</k-button>`}</div>` : nothing}
    </li>`;
  }

  #remark(remark) {
    const centre = centreName(remark.producer_centre ?? remark.received_from);
    const said =
      remark.type === 'sighting' ? t('object.sighting', { centre, count: remark.count })
      : remark.type === 'opinion' ? t('object.opinion', { centre, opinion: opinionName(remark.opinion ?? 'neutral') })
      : t('object.note', { centre });
    return html`<li><div class="what">
        <span class="row"><k-icon name=${remark.type === 'sighting' ? 'show' : remark.type === 'opinion' ? 'message' : 'note'}></k-icon><a href=${link(['objects', remark.id])}>${said}</a>
          ${proofState(remark) === 'ok' ? nothing : html`<k-badge state=${proofState(remark)}>${proof({ ...remark, signed_by: [] })}</k-badge>`}</span>
        ${remark.text ? html`<p class="text">${remark.text}</p>` : nothing}
        ${remark.first_seen || remark.last_seen ? html`<span class="quiet">${t('object.seenBetween', { from: date(remark.first_seen ?? remark.last_seen), to: date(remark.last_seen ?? remark.first_seen) })}</span>` : nothing}
      </div><div class="decide"><k-tlp marking=${remark.tlp}></k-tlp><span class="quiet">${ago(remark.at)}</span></div></li>`;
  }
}
customElements.define('koprik-known', KoprikKnown);
