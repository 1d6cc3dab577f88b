/** Sentences of the centre in the reader's language, by the code and the details that stand beside them. */
import { html, nothing } from 'lit';
import { dateTime } from '../format.js';
import { centreName } from '../stix/words.js';
import { has, t } from '../texts.js';

/** Details that are names of centres. */
const CENTRES = ['partner', 'centre', 'relay', 'other'];
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*Z$/;

function value(name, found) {
  if (CENTRES.includes(name)) {
    return centreName(found);
  }
  if (name === 'kind' && has(`kit.kind.${found}`)) {
    return t(`kit.kind.${found}`);
  }
  return name === 'count' ? Number(found) : MOMENT.test(found) ? dateTime(found) : found;
}

/**
 * A sentence for a template; in English, marked as such, when its code has no text.
 * @param {string} key of its text, which ends in the code
 * @param {Record<string, string>|undefined} details what it names; `error` is technical and stays in English
 * @param {string} words in English
 */
export function said(key, details, words) {
  if (!has(key)) {
    return html`<span lang="en">${words}</span>`;
  }
  const { error, ...named } = details ?? {};
  const values = Object.fromEntries(Object.entries(named).map(([name, found]) => [name, value(name, found)]));
  // In some languages a date ends in a full stop.
  return html`${t(key, values).replace(/\.\.$/, '.')}${error ? html` <span class="meta" lang="en">${error}</span>` : nothing}`;
}
