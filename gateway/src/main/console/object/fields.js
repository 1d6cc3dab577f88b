/** What an object of STIX says, in an order for people; and how two versions of it differ. */

/** Members that the head of the screen shows, or that people have no use for. */
const ELSEWHERE = new Set(['type', 'id', 'spec_version', 'created', 'modified', 'created_by_ref', 'name', 'object_marking_refs', 'granular_markings', 'extensions', 'signatures', 'revoked', 'lang', 'pattern_type', 'pattern_version']);
const FIRST = ['description', 'content', 'abstract', 'explanation', 'pattern', 'indicator_types', 'valid_from', 'valid_until', 'confidence', 'labels'];
const MOST_CHARACTERS = 2000;

/** @param {any} value @returns {string} */
export function shown(value) {
  const text = typeof value === 'string' ? value : Array.isArray(value) && value.every((one) => typeof one !== 'object') ? value.join(', ') : JSON.stringify(value, null, 2);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

/** The members to list. @param {Record<string, any>} object @returns {Array<[string, any]>} */
export function members(object) {
  const names = Object.keys(object).filter((name) => !ELSEWHERE.has(name));
  const place = (name) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  return names.sort((a, b) => place(a) - place(b)).map((name) => [name, object[name]]);
}

/**
 * The differences between two versions, member by member; signatures differ always and are left out.
 * @param {Record<string, any>} before @param {Record<string, any>} after
 * @returns {Array<{name: string, before?: any, after?: any}>}
 */
export function differences(before, after) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !['modified', 'extensions', 'signatures'].includes(name));
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).map((name) => ({ name, before: before[name], after: after[name] }));
}
