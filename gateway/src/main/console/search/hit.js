/** One object that a search found. */
import { html, nothing } from 'lit';
import { link } from '../router.js';
import { centreName, objectTitle, proof, proofState, speaker, whatItIs } from '../stix/words.js';
import { t } from '../texts.js';

const VALUES = 6;
const EXCERPTS = 3;

/** Where an object found leads. */
export const linkOf = (hit) => (hit.case_number ? link(['cases', hit.case_number]) : link(['objects', hit.id]));

/** @param {any} hit of the schema `Hit` */
export function found(hit) {
  const more = hit.values.length - VALUES;
  return html`
    <div class="title"><k-icon name=${hit.case_number ? 'cases' : 'object'}></k-icon>
      <a href=${linkOf(hit)}>${hit.case_number ? t('search.caseTitle', { number: hit.case_number, title: hit.title }) : objectTitle(hit)}</a>
      ${hit.revoked ? html`<k-badge state="warning">${t('search.revoked')}</k-badge>` : nothing}
      ${proofState(hit) === 'ok' ? nothing : html`<k-badge state=${proofState(hit)}>${hit.unproven ? t('search.notProven') : t('search.notSigned')}</k-badge>`}
      <k-tlp marking=${hit.tlp}></k-tlp></div>
    <p class="by">${whatItIs(hit)} · ${centreName(speaker(hit))} · ${proof(hit)}</p>
    ${(hit.highlights ?? []).slice(0, EXCERPTS).map((one) => one.fragments.slice(0, 2).map((pieces) => html`<p class="excerpt">${pieces.map((piece) => (piece.match ? html`<mark>${piece.text}</mark>` : piece.text))}</p>`))}
    ${hit.values.length ? html`<p class="values">${hit.values.slice(0, VALUES).map((one) => html`<k-value kind=${one.kind} .value=${one.value}></k-value>`)}${more > 0 ? html`<span class="quiet">${t('search.moreValues', { count: more })}</span>` : nothing}</p>` : nothing}`;
}
