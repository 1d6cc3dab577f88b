/**
 * What the centre decides, in the reader's language, by the stable codes of its answers: decisions on release (`code`,
 * `details`, `reason`) and refusals of objects (`code`, `reason`). Screens that use it name the namespace `reasons`.
 */
import { date, dateTime } from '../format.js';
import { link } from '../router.js';
import { centreName } from '../stix/words.js';
import { has, t } from '../texts.js';

/**
 * Why a partner receives something or does not.
 * @param {{code: string, details?: Record<string, string>, reason: string}} decision
 */
export function decision({ code, details = {}, reason }) {
  const key = `reasons.release.${code}`;
  // In some languages a date ends in a full stop.
  return has(key)
    ? t(key, { partner: details.partner === undefined ? undefined : centreName(details.partner), account: details.account, tlp: details.tlp, most: details.max_tlp, purpose: details.purpose, ended: details.ended ? date(details.ended) : '', embargo: details.embargo ? dateTime(details.embargo) : '' }).replace(/\.\.$/, '.')
    : reason;
}

/** Decisions by an agreement; without an article, by terms that nobody signed. */
const BY_AGREEMENT = new Set(['agreement_ended', 'kind_not_agreed', 'no_purpose', 'above_agreement', 'within_agreement', 'within_purpose', 'named']);

/** What an article of an agreement is about. @param {number|string} number from 1 to 10 */
export const articleName = (number) => t(`reasons.article.${number}`);

/**
 * On what a decision rests, where that is an agreement: a sentence that names the article, and a link to it.
 * @param {{code: string, details?: Record<string, string>}} decision
 * @returns {{text: string, href: string}|null}
 */
export function ground({ code, details = {} }) {
  if (details.article) {
    return { text: t('reasons.decided', { number: details.article, name: articleName(details.article) }), href: link(['agreements', details.partner], { article: details.article }) };
  }
  return BY_AGREEMENT.has(code) ? { text: t('reasons.interim'), href: link(['agreements', details.partner]) } : null;
}

/**
 * What a refusal means and what to do: `{ what, advice }`; `what` is the centre's own sentence for codes without a text.
 * @param {{code: string, reason?: string}} refusal
 */
export function refusal({ code, reason }) {
  const key = `reasons.refusal.${code}`;
  return has(key) ? { what: t(key), advice: has(`reasons.advice.${code}`) ? t(`reasons.advice.${code}`) : '' } : { what: reason ?? code, advice: '' };
}

/** Why a value may be no indicator. @param {{doubt_code?: string, doubt?: string}} value */
export function doubt({ doubt_code: code, doubt: words }) {
  const key = `reasons.doubt.${code}`;
  return has(key) ? t(key) : (words ?? '');
}

/** Why a value is never blocked. @param {{protection_code?: string, protection?: string, list?: string}} value */
export function protection({ protection_code: code, protection: words, list }) {
  const key = `reasons.protection.${code}`;
  return has(key) ? t(key, { list: list ?? '' }) : (words ?? '');
}

/** Remarks that say a number of cards where the centre knows one. */
const OF_CARDS = new Set(['masked_card', 'same_ends']);

/** @param {{code: string, cards?: number}} one @returns the key of its text; a doubt says the same as a question */
function remarkKey({ code, cards }) {
  const key = OF_CARDS.has(code) && cards === undefined ? `reasons.remark.${code}_many` : `reasons.remark.${code}`;
  return has(key) ? key : `reasons.doubt.${code}`;
}

/**
 * What is to be said of a value besides; the centre's own sentence for codes without a text, empty for nothing.
 * @param {{remark_codes?: Array<{code: string, coins?: string[], cards?: number}>, remark?: string}} value
 */
export function remark({ remark_codes: codes = [], remark: words }) {
  return codes.length > 0 && codes.every((one) => has(remarkKey(one)))
    ? codes.map((one) => t(remarkKey(one), { coins: one.coins?.join(', '), cards: one.cards })).join(' ')
    : (words ?? '');
}

/**
 * By which rule of retention or order something is erased; the centre's own words for rules without a text.
 * @param {{rule: string, rule_code?: string, rule_details?: Record<string, string>}} erasure
 */
export function ruleWords({ rule, rule_code: code, rule_details: details = {} }) {
  const key = `reasons.rule.${code}`;
  return has(key)
    ? t(key, { tlp: details.tlp, partner: centreName(details.partner), version: date(details.version), reason: details.reason, time: t('kit.duration.day', { count: Number(details.days) }) })
    : rule;
}
