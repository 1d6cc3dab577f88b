/**
 * What is wrong, in the reader's language, by the stable codes beside the centre's sentences for operators. Screens that
 * use it name the namespace `troubles`.
 */
import { html } from 'lit';
import { dateTime, duration } from '../format.js';
import { centreName } from '../stix/words.js';
import { has, t } from '../texts.js';

const MOMENT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const NUMBER = /^\d{1,15}$/;
const LENGTH = '_seconds';

/** A value as the sentence has it. @param {string} name @param {string} value @returns {[string, string|number]} */
function parameter(name, value) {
  if (name.endsWith(LENGTH)) {
    return [name.slice(0, -LENGTH.length), duration(Number(value))];
  }
  return [name, name === 'partner' ? centreName(value) : MOMENT.test(value) ? dateTime(value) : NUMBER.test(value) ? Number(value) : value];
}

/**
 * The sentence of a code; undefined for codes without a text.
 * @param {{code?: string, details?: Record<string, string>}} trouble
 */
export function troubleText({ code, details = {} }) {
  const key = `troubles.${code}`;
  return has(key) ? t(key, Object.fromEntries(Object.entries(details).map(([name, value]) => parameter(name, value)))) : undefined;
}

/** The trouble that an answer names so. @param {Record<string, any>} answer @param {string} name such as `last_error` */
export const troubleOf = (answer, name) => ({ sentence: answer[name], code: answer[`${name}_code`], details: answer[`${name}_details`] });

/**
 * What is wrong, as a template; the centre's own sentence for codes without a text.
 * @param {{sentence: string, code?: string, details?: Record<string, string>}} trouble
 */
export function troubleWords(trouble) {
  const text = troubleText(trouble);
  return text === undefined ? html`<span lang="en">${trouble.sentence}</span>` : text;
}

/** The centre's own sentence behind a word, for what is said otherwise already. @param {string} sentence */
export const sentenceBehind = (sentence) => html`<details><summary>${t('troubles.technical')}</summary><p lang="en">${sentence}</p></details>`;

/** What is wrong, with the centre's own sentence behind it, which has the technical words. */
export function troubleWithSentence(trouble) {
  return troubleText(trouble) === undefined
    ? troubleWords(trouble)
    : html`${troubleWords(trouble)}${sentenceBehind(trouble.sentence)}`;
}
