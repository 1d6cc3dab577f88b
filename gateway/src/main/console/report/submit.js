/** Sends a report: chosen values as indicators, files as imports that go on by themselves. */
import { post, send } from '../api.js';
import { decided, roles } from './recognise.js';

/** Values in one request; each is signed and stored before the answer. */
const AT_ONCE = 500;

/**
 * The chosen values.
 * @param {Array<{item: object, kind: string, anyway: boolean}>} chosen
 * @param {object} terms `name`, `description`, `tlp`, `labels`, `validUntil`, `sentences`
 * @param {(done: number) => void} onProgress
 * @returns {Promise<Array<{item: object, kind: string, outcome: object}>>} in their order
 */
export async function sendValues(chosen, terms, onProgress) {
  const results = [];
  for (let from = 0; from < chosen.length; from += AT_ONCE) {
    const part = chosen.slice(from, from + AT_ONCE);
    const answer = await post('/api/documents/values', {
      as: 'indicators',
      values: part.map(({ item, kind, anyway }) => ({
        value: kind === item.kind ? item.value : item.spelling,
        kind,
        ...(item.port && kind === item.kind ? { port: item.port } : {}),
        ...(terms.sentences && item.sentence ? { context: item.sentence } : {}),
        ...(anyway ? { anyway: true } : {}),
      })),
      tlp: terms.tlp,
      ...(terms.name ? { name: terms.name } : {}),
      ...(terms.description ? { description: terms.description } : {}),
      ...(terms.labels.length ? { labels: terms.labels } : {}),
      ...(terms.validUntil ? { valid_until: terms.validUntil } : {}),
      ...wishOf(terms),
    });
    const outcomes = new Map(answer.objects.map((one) => [one.where, one]));
    part.forEach((one, i) => results.push({ ...one, outcome: outcomes.get(`values/${i}`) ?? { status: 'unchanged', where: `values/${i}` } }));
    onProgress(results.length);
  }
  return results;
}

/** To whom and when what is reported is released, as the routes take it; nothing when the terms limit nothing. */
export function wishOf({ to = [], group = '', embargo = '' }) {
  return { ...(to.length ? { to } : {}), ...(group ? { group } : {}), ...(embargo ? { embargo: new Date(embargo).toISOString() } : {}) };
}

/**
 * Starts the import of a file; the answer is the import.
 * @param {import('./recognise.js').Source} source @param {string[]} without values whose rows are left out
 */
export function sendFile({ text, file, columns }, without, terms, onProgress) {
  const wish = wishOf(terms);
  return send('/api/imports', file ?? new Blob([text]), {
    contentType: 'application/octet-stream',
    onProgress,
    query: { file: file?.name, column: roles(columns), without, name: terms.name, description: terms.description, tlp: terms.tlp, labels: terms.labels.join(','), valid_until: terms.validUntil, anyway: terms.anyway || undefined, ...wish, to: wish.to?.join(',') },
  });
}

/** The values that are sent one by one: of a text all that are taken, of a table those that it would refuse. */
export function chosenOf(recognised, decisions) {
  return recognised.items
    .map((item) => ({ item, ...decided(item, decisions) }))
    .filter(({ item, take }) => take && (recognised.how === 'text' || item.doubt_code || item.protection_code))
    .map(({ item, kind, anyway }) => ({ item, kind, anyway }));
}
