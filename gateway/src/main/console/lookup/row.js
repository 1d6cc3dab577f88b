/** One value of an answer with everything that is known of it, in words. */
import { html, nothing } from 'lit';
import { ago, count } from '../format.js';
import { remark } from '../reasons/reasons.js';
import { link } from '../router.js';
import { centreName, isOwn, proof, proofState, ruleName, speaker, typeName } from '../stix/words.js';
import { t } from '../texts.js';
import { inCases, isKnown, reports } from './answer.js';

const LISTED = 3;

/** The link to an object; case files have their own screen. */
export const linkOf = (met) => (met.case_number ? link(['cases', met.case_number]) : link(['objects', met.id]));

/** The link that Enter opens. @param {import('./answer.js').Hit} hit */
export function firstLink(hit) {
  if (inCases(hit)) {
    return link(['cases', hit.in_cases[0].number]);
  }
  const met = hit.met[0] ?? hit.near?.[0]?.met[0];
  return met ? linkOf(met) : null;
}

/** @param {import('./answer.js').Hit} hit @param {{look: () => void, looked: boolean}} state */
export function details(hit, { look, looked }) {
  if (hit.silenced && !looked) {
    return html`<p class="silence">
      <span>${t('lookup.silencedBy', { list: hit.silenced.list, entry: hit.silenced.entry })}
        ${hit.count > 0 ? t('lookup.silencedCount', { count: hit.count }) : t('lookup.silencedNothing')}</span>
      ${hit.count > 0 ? html`<k-button small variant="quiet" icon="show" @click=${look}>${t('lookup.lookAnyway')}</k-button>` : nothing}
    </p>`;
  }
  const others = hit.met.filter((met) => !met.case_number);
  const shown = others.slice(0, LISTED);
  const more = hit.count - Math.min(hit.in_cases?.length ?? 0, hit.cases ?? 0) - shown.length;
  return html`
    ${hit.silenced ? html`<p class="silence">${t('lookup.silencedBy', { list: hit.silenced.list, entry: hit.silenced.entry })}</p>` : nothing}
    ${remark(hit) ? html`<p class="meta">${remark(hit)}</p>` : nothing}
    ${isKnown(hit) ? html`<ul class="met" aria-label=${t('lookup.whoKnows')}>
      ${(hit.in_cases ?? []).map(caseLine)}
      ${shown.map((met) => objectLine(met, null))}
      ${more > 0 ? html`<li class="more"><a href=${link('/search', { q: asQuestion(hit) })}>${t('lookup.moreObjects', { count: more })}</a></li>` : nothing}
      ${(hit.near ?? []).flatMap((match) => match.met.slice(0, LISTED).map((met) => objectLine(met, match)))}
    </ul>` : nothing}`;
}

/** What the search box takes for the value and nothing else. */
export const asQuestion = (hit) => hit.value;

function caseLine(file) {
  return html`<li>
    <k-icon name="cases"></k-icon>
    <span class="what"><a href=${link(['cases', file.number])}>${t('lookup.caseTitle', { number: file.number, title: file.title })}</a>
      <span class="by">${file.unit ? t('lookup.caseOfUnit', { unit: file.unit }) : t('lookup.caseOfNobody')}
        · ${file.status === 'closed' ? t('lookup.caseClosed') : t('lookup.caseOpen')}</span></span>
  </li>`;
}

function objectLine(met, match) {
  const by = speaker(met);
  return html`<li>
    <k-icon name=${met.case_number ? 'cases' : 'object'}></k-icon>
    <span class="what">
      ${match ? html`<span class="rule">${ruleName(match.rule)} <k-value kind=${match.other_kind ?? ''} .value=${match.other_value ?? match.pattern ?? ''}></k-value></span>` : nothing}
      <a href=${linkOf(met)}>${isOwn(by) ? t('lookup.ownTitle', { title: met.title }) : t('lookup.centreTitle', { centre: centreName(by), title: met.title })}</a>
      <span class="by">${typeName(met.type)} · ${proof(met)} · ${ago(met.received)}${met.revoked ? html` · <strong>${t('lookup.revoked')}</strong>` : nothing}</span>
    </span>
    ${proofState(met) === 'ok' ? nothing : html`<k-badge state=${proofState(met)}>${met.unproven ? t('lookup.notProven') : t('lookup.notSigned')}</k-badge>`}
    ${met.tlp ? html`<k-tlp marking=${met.tlp.replace('TLP:', '').toLowerCase()}></k-tlp>` : nothing}
  </li>`;
}

/** The answer to a value in a word or two, always with a state. @param {import('./answer.js').Hit} hit */
export function verdict(hit) {
  const badges = [];
  if (inCases(hit)) {
    badges.push(html`<k-badge state="danger" icon="cases">${t('lookup.inCases', { count: hit.cases })}</k-badge>`);
  }
  if (hit.silenced) {
    badges.push(html`<k-badge state="neutral" icon="hide">${t('lookup.silenced')}</k-badge>`);
  } else if (reports(hit) > 0) {
    badges.push(html`<k-badge state="warning" icon="object">${t('lookup.reports', { count: reports(hit), number: count(reports(hit)) })}</k-badge>`);
  } else if (!inCases(hit) && isKnown(hit)) {
    badges.push(html`<k-badge state="notice" icon="network">${t('lookup.nearOnly')}</k-badge>`);
  } else if (!isKnown(hit)) {
    badges.push(html`<k-badge state="neutral" icon="question">${t('lookup.unknown')}</k-badge>`);
  }
  if (hit.doubtful) {
    badges.push(html`<k-badge state="notice" icon="question">${t('lookup.doubtful')}</k-badge>`);
  }
  return badges;
}
