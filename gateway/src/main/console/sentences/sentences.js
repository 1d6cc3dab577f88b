/**
 * Sentences of the centre in the reader's language, by the code and the details that stand beside them. Screens that use
 * it name the namespace `sentences`.
 * @typedef {{text: string, code?: string, details?: Record<string, string>}} Sentence in English, with what programs know
 */
import { html, nothing } from 'lit';
import { dateTime, duration } from '../format.js';
import { centreName } from '../stix/words.js';
import { has, t } from '../texts.js';

/** Details that are names of centres. */
const CENTRES = new Set(['partner', 'centre', 'relay', 'other']);
/** Details that are numbers. */
const NUMBERS = new Set(['count', 'all', 'seconds', 'days', 'line', 'before', 'page', 'status', 'bytes', 'most', 'fields']);
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*Z$/;
const LENGTH = '_seconds';

/** A value as texts name it. @param {string} name @param {string} found @returns {[string, string|number]} */
function value(name, found) {
  if (name.endsWith(LENGTH)) {
    return [name.slice(0, -LENGTH.length), duration(Number(found))];
  }
  if (CENTRES.has(name)) {
    return [name, centreName(found)];
  }
  if (name === 'place') {
    return [name, place(found)];
  }
  if (NUMBERS.has(name)) {
    return [name, Number(found)];
  }
  const kind = `kit.kind.${found}`;
  return [name, name === 'kind' && has(kind) ? t(kind) : MOMENT.test(found) ? dateTime(found) : found];
}

/**
 * The text of a sentence; undefined for codes without one.
 * @param {string} group the beginning of its key, such as `trouble` @param {Sentence} sentence
 */
function translated(group, { code, details = {} }) {
  const key = `sentences.${group}.${code}`;
  // In some languages a date ends in a full stop.
  return has(key) ? t(key, Object.fromEntries(Object.entries(details).map(([name, found]) => value(name, found)))).replace(/\.\.$/, '.') : undefined;
}

/** The sentence that an answer names so. @param {Record<string, any>} answer @param {string} name such as `last_error` @returns {Sentence} */
export const sentenceOf = (answer, name) => ({ text: answer[name], code: answer[`${name}_code`], details: answer[`${name}_details`] });

/** Whether a group has a text for it. @param {string} group @param {Sentence} sentence */
export const knows = (group, { code }) => has(`sentences.${group}.${code}`);

/** A place in a file, as imports name it: `line 17`, `header`, `sheet July, line 3`; pointers stay as they are. @param {string} where @returns {string} */
export function place(where) {
  const [, sheet, inside] = /^sheet (.*), (line \d+|header|encoding)$/.exec(where) ?? [];
  if (inside) {
    return `${t('sentences.place.sheet', { name: sheet })}, ${place(inside)}`;
  }
  const [, number, pointer] = /^line (\d+)( .*)?$/.exec(where) ?? [];
  if (number) {
    return `${t('sentences.place.line', { number })}${pointer ?? ''}`;
  }
  const [, word, name] = /^(sheet|layout|header|encoding)(?: (.+))?$/.exec(where) ?? [];
  return word ? t(`sentences.place.${word}`, { name }) : where;
}

const english = (text) => html`<span lang="en">${text}</span>`;

/**
 * A sentence as a template, with what is technical after it; in English, marked as such, without a text.
 * @param {string} group @param {Sentence} sentence
 */
export function sentence(group, sentence) {
  const text = translated(group, sentence);
  const technical = sentence.details?.said;
  return text === undefined ? english(sentence.text) : html`${text}${technical ? html` <span class="meta" lang="en">${technical}</span>` : nothing}`;
}

/** A sentence with the centre's own behind it, which has the technical words. @param {string} group @param {Sentence} sentence */
export function sentenceWithOwn(group, sentence) {
  const text = translated(group, sentence);
  return text === undefined ? english(sentence.text) : html`${text}<details><summary>${t('sentences.technical')}</summary><p lang="en">${sentence.text}</p></details>`;
}
