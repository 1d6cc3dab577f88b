/** What holds with a partner, in words: `GET /api/agreements`, a row of `partners`. */
import { untilDate } from '../format.js';
import { t } from '../texts.js';
import { missing } from './model.js';

/** How an agreement that both signed holds no more, by the article that decided. */
const ENDS = { 1: 'unproven', 7: 'ended', 8: 'terminated' };

/**
 * @param {{basis: string, article?: number, until?: string}} terms
 * @returns {{state: string, word: string, text: string}} state and word of a badge, and a sentence
 */
export function holds({ basis, article, until }) {
  if (basis === 'none') {
    const why = ENDS[article] ?? 'none';
    return { state: article ? 'danger' : 'neutral', word: t(`agreements.holds.${why}`), text: t(`agreements.holds.${why}.text`) };
  }
  const text = until ? t(`agreements.holds.${basis}.until`, { date: untilDate(until) }) : t(`agreements.holds.${basis}.open`);
  return { state: basis === 'signed' ? 'ok' : 'warning', word: t(`agreements.holds.${basis}`), text };
}

/** For whose answer something waits: `us`, `partner`, or nothing. @param {any[]} versions */
export const waitsFor = (versions) => versions.find((version) => version.waits_for !== 'nobody')?.waits_for ?? '';

/** The parties of a group that have not signed what waits; empty when nothing of a group waits. @param {any[]} versions */
export const waitsForWhom = (versions) => missing(versions.find((version) => version.waits_for !== 'nobody') ?? {});
