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
const NUMBERS = new Set(['count', 'all', 'seconds', 'days', 'line', 'before', 'page', 'status', 'bytes', 'least', 'most', 'fields']);
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

/** A sentence as a plain text, and `en` for its language where it has none of its own. @param {string} group @param {Sentence} sentence @returns {{text: string, lang?: string}} */
export function textIn(group, sentence) {
  const text = translated(group, sentence);
  return text === undefined ? { text: sentence.text, lang: 'en' } : { text };
}

/** Whether a group has a text for it. @param {string} group @param {Sentence} sentence */
export const knows = (group, { code }) => has(`sentences.${group}.${code}`);

/**
 * Forms of places, as imports and documents name them, with the keys of their texts and the values that these name.
 * @type {[RegExp, string?, string?][]}
 */
const PLACES = [
  [/^sheet (.+)$/, 'sheet', 'name'], [/^layout (.+)$/, 'layout', 'name'], [/^page (\d+)$/, 'page', 'number'],
  [/^attached mail (\d+)$/, 'mail', 'number'], [/^attachment (.+)$/, 'attachment', 'name'], [/^header (.+)$/, 'headers', 'name'],
  [/^HTML text$/, 'html'], [/^(header|encoding|text|links|footnotes|endnotes|comments|footer)$/],
];
const LINE = /^line (\d+)( .*)?$/;
const INSIDE = /^(.+), ((?:line|page|attached mail|attachment|header) .+|header|encoding|HTML text|text|links|footnotes|endnotes|comments|footer)$/;

/** One place; undefined for words of no known form. @param {string} words @returns {string|undefined} */
function one(words) {
  const [, number, pointer] = LINE.exec(words) ?? [];
  if (number) {
    return `${t('sentences.place.line', { number })}${pointer ?? ''}`;
  }
  for (const [form, key, name] of PLACES) {
    const found = form.exec(words);
    if (found) {
      return t(`sentences.place.${key ?? found[1]}`, name ? { [name]: found[1] } : {});
    }
  }
  return undefined;
}

/**
 * A place in a file: `line 17`, `header`, `sheet July, line 3`, `attachment a.pdf, page 2`; pointers stay as they are.
 * @param {string} where @returns {string}
 */
export function place(where) {
  const [, outer, inner] = INSIDE.exec(where) ?? [];
  const around = outer ? place(outer) : outer;
  return around === outer ? one(where) ?? where : `${around}, ${one(inner)}`;
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
