/** The text of the search box: what may be completed in it, and filters put in or taken out (docs/search.md). */

/** @typedef {{name: string, takes: 'choice'|'text'|'time', values: string[]}} Field */
/** @typedef {{text: string, from: number, to: number, field?: string, done: boolean}} Completion */

const MOST = 12;
const WORD = /\S*$/;

/** A value of a filter as it is written: in quotation marks when it has blanks. */
export const quoted = (value) => (/[\s"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value);

/**
 * What may be completed before the caret.
 * @param {string} text @param {number} caret @param {Field[]} fields @returns {Completion[]}
 */
export function completions(text, caret, fields) {
  const word = WORD.exec(text.slice(0, caret))[0];
  const from = caret - word.length;
  const colon = word.indexOf(':');
  if (colon < 0) {
    return word === ''
      ? []
      : fields.filter((field) => field.name.startsWith(word.toLowerCase()) && field.name !== 'source').map((field) => ({ text: `${field.name}:`, from, to: caret, field: field.name, done: false }));
  }
  const field = fields.find((one) => one.name === word.slice(0, colon));
  if (!field) {
    return [];
  }
  const begun = word.slice(colon + 1).replace(/^"/, '').toLowerCase();
  return field.values
    .filter((value) => value.toLowerCase().includes(begun) && value.toLowerCase() !== begun)
    .sort((a, b) => Number(b.toLowerCase().startsWith(begun)) - Number(a.toLowerCase().startsWith(begun)))
    .slice(0, MOST)
    .map((value) => ({ text: `${field.name}:${quoted(value)}`, from, to: caret, field: field.name, done: true }));
}

/** All filters by which a person can begin, for an empty box. @param {Field[]} fields @param {number} caret @returns {Completion[]} */
export const beginnings = (fields, caret) => fields.filter((field) => field.name !== 'source').map((field) => ({ text: `${field.name}:`, from: caret, to: caret, field: field.name, done: false }));

/** The text with a completion put in, and where the caret is then. @param {string} text @param {Completion} completion */
export function completed(text, completion) {
  const put = completion.text + (completion.done ? ' ' : '');
  return { text: text.slice(0, completion.from) + put + text.slice(completion.to).replace(/^\s+/, ''), caret: completion.from + put.length };
}

const FILTER = (name) => new RegExp(`(?<!\\S)${name}:(?:"([^"]*)"|(\\S+))\\s*`, 'g');

/** The values of a filter in a text. @param {string} text @param {string} name */
export const valuesOf = (text, name) => [...text.matchAll(FILTER(name))].map((match) => match[1] ?? match[2]);

/** Whether a text has the filter. */
export const hasFilter = (text, name, value) => valuesOf(text, name).some((one) => one.toLowerCase() === value.toLowerCase());

/** The text with the filter put in, or taken out when it is there. */
export function toggleFilter(text, name, value) {
  if (hasFilter(text, name, value)) {
    return text.replace(FILTER(name), (whole, inQuotes, plain) => ((inQuotes ?? plain).toLowerCase() === value.toLowerCase() ? '' : whole)).trim();
  }
  return `${text.trim()} ${name}:${quoted(value)}`.trim();
}

/** The text with one filter of that name, in the place of all others; an empty value takes them out. */
export function setFilter(text, name, value) {
  const rest = text.replace(FILTER(name), '').trim();
  return value ? `${rest} ${name}:${quoted(value)}`.trim() : rest;
}
