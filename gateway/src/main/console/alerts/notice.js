import { date } from '../format.js';
import { isOwn } from '../stix/words.js';
import { has, t } from '../texts.js';

/** Kinds of notices that differ by what they are about. */
const BY_WHAT = ['agreement', 'stalled_feed'];
/** Kinds whose sentence says a technical cause besides. */
const TECHNICAL = ['backup', 'access_record', 'retention'];
/** Things that are renewed in another way when they are those of a partner. */
const OF_PARTNERS = ['card', 'signing_key', 'certificate'];

/**
 * What a notice for operators says, in the language of the reader.
 *
 * @param {{kind: string, what: string, at: string, days?: number}} notice
 */
export function noticeWords({ kind, what, at, days }) {
  const when = date(at);
  if (kind === 'expiry') {
    return t(days === 0 ? 'alerts.notice.expired' : 'alerts.notice.expiry', { thing: t(`alerts.thing.${what}`), date: when });
  }
  return t(`alerts.notice.${kind}${BY_WHAT.includes(kind) ? `.${what}` : ''}`, { date: when });
}

/**
 * What to do about a notice, and what else is to be read in English: a technical cause, or all of an unknown notice.
 *
 * @param {{kind: string, what: string, centre?: string, message?: string, action?: string}} notice
 * @returns {{todo: string, english: string}}
 */
export function noticeAction({ kind, what, centre, message, action }) {
  const thing = kind === 'expiry' ? `.${what}${OF_PARTNERS.includes(what) && !isOwn(centre) ? '.partner' : ''}` : '';
  const key = `alerts.action.${kind}${thing}`;
  return has(key) ? { todo: t(key), english: TECHNICAL.includes(kind) ? (message ?? '') : '' } : { todo: '', english: [message, action].filter(Boolean).join(': ') };
}

/** What to do about two objects of one id; empty for an outcome without a text. @param {{kind: string, outcome: string}} conflict */
export function conflictAction({ kind, outcome }) {
  const key = `alerts.conflict.${outcome}${outcome === 'refused' ? `.${kind}` : ''}`;
  return has(key) ? t(key) : '';
}
