/** What is wrong with a partner, the worst first. Plain data; texts are those of `partners`. */
import { untilDate } from '../format.js';
import { refusal } from '../reasons/reasons.js';
import { t } from '../texts.js';
import { sentenceOf } from '../sentences/sentences.js';

const ORDER = ['danger', 'warning', 'notice', 'ok', 'neutral'];

/**
 * @param {any} partner as of `GET /api/partners`
 * @returns {{state: string, troubles: Array<{state: string, text: string, detail?: import('../sentences/sentences.js').Sentence, card?: import('../sentences/sentences.js').Sentence, since?: string}>}}
 */
export function health(partner) {
  const troubles = [];
  const failing = (line, direction, text) => line === 'failing' && troubles.push({ state: 'danger', text, detail: sentenceOf(direction, 'last_error'), since: direction.failing_since });
  if (partner.pull_line === 'failing' && partner.push_line === 'failing' && partner.pull.last_error === partner.push.last_error) {
    failing('failing', partner.pull, t('partners.trouble.both'));
  } else {
    failing(partner.pull_line, partner.pull, t('partners.trouble.pull'));
    failing(partner.push_line, partner.push, t('partners.trouble.push'));
  }
  if (partner.agreement.ended) {
    troubles.push({ state: 'danger', text: t('partners.trouble.agreement'), since: partner.agreement.valid_until });
  }
  if (partner.agreement.basis === 'none') {
    troubles.push({ state: 'warning', text: t('partners.trouble.noAgreement') });
  }
  if (partner.new_card) {
    const waits = partner.new_card.state === 'waits';
    troubles.push({ state: waits ? 'warning' : 'danger', text: t(waits ? 'partners.trouble.cardWaits' : 'partners.trouble.cardRefused'), card: waits ? undefined : sentenceOf(partner.new_card, 'note') });
  }
  for (const end of partner.expiries.filter((one) => one.warning && !(one.what === 'agreement' && one.ended))) {
    troubles.push({ state: end.ended ? 'danger' : 'warning', text: t(`partners.ends.${end.what}`), since: end.at });
  }
  const off = partner.pull_line === 'off' && partner.push_line === 'off';
  const idle = [partner.pull_line, partner.push_line].every((line) => line === 'off' || line === 'new');
  troubles.sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  return { state: troubles[0]?.state ?? (off || idle ? 'neutral' : 'ok'), troubles };
}

/** On what the terms with a partner rest, and until when, in a few words. @param {{basis?: string, valid_until?: string}} agreement */
export function termsOf({ basis, valid_until: until }) {
  if (basis === 'none') {
    return t('partners.agreement.none');
  }
  return basis === 'signed' ? t('partners.agreement.signed', { date: untilDate(until) }) : until ? t('partners.agreement.interimUntil', { date: untilDate(until) }) : t('partners.agreement.interim');
}

/** Partners in the order of their trouble, then by name. @param {any[]} partners */
export function worstFirst(partners) {
  return partners
    .map((partner) => ({ partner, health: health(partner) }))
    .sort((a, b) => ORDER.indexOf(a.health.state) - ORDER.indexOf(b.health.state) || a.partner.name.localeCompare(b.partner.name));
}

/** What a refusal means and what to do; a partner's own reason has no code here. @param {{code: string, reason?: string}} one */
export function wordsOf(one) {
  return one.code === 'partner' ? { what: t('partners.reason.partner'), advice: '' } : refusal(one);
}

/** The reason of most refusals of a direction: `[code, count]`, or undefined. @param {Record<string, number>} reasons */
export function topReason(reasons) {
  return Object.entries(reasons ?? {}).sort((a, b) => b[1] - a[1])[0];
}
