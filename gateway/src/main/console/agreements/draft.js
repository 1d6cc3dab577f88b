/** A proposal as a form holds it, from the text of a version or a draft, to what is sent; and what is wrong with it. */
import { lastDay, wholeDay } from '../format.js';
import { sentenceOf, textIn } from '../sentences/sentences.js';
import { t } from '../texts.js';
import { afterDay } from './model.js';

const MOST_PURPOSES = 10;
const LONGEST_PURPOSE = 500;
const MOST_DAYS = 36500;
const MOST_NOTICE = 3650;
const MOST_CONTACTS = 8;
const CONTACT = /^(mailto:|tel:|https:\/\/)[\x21-\x7e]{1,250}$/;

/** The field with the contacts of a further party. */
export const withField = (partner) => `with_${partner}`;

const lines = (text) => text.split('\n').map((line) => line.trim()).filter(Boolean);
const whole = (text) => (/^\d+$/.test(String(text).trim()) ? Number(text) : NaN);

/** A contact as people write it: an e-mail address and a telephone number need no scheme. */
function contact(line) {
  if (/^[^\s@:]+@[^\s@]+$/.test(line)) {
    return `mailto:${line}`;
  }
  return /^\+[\d\s()-]{5,}$/.test(line) ? `tel:${line.replace(/[^\d+]/g, '')}` : line;
}

/** The moments of a term: the day that a person chose, or the exact moment that the text had and nobody touched. */
const begin = ({ from, fromWas }) => (fromWas && from === fromWas.slice(0, 10) ? fromWas : from ? `${from}T00:00:00Z` : undefined);
const end = ({ until, untilWas }) => (untilWas && until === lastDay(untilWas) ? untilWas : until ? afterDay(until) : '');

/**
 * The form of a draft of `GET /api/agreement-drafts/…`.
 * @param {any} draft @param {{kind: string}[]} kinds that the centre knows
 */
export function formOf(draft, kinds) {
  return {
    purposes: (draft.purposes ?? []).join('\n'),
    purpose_on_use: draft.purpose_on_use === true,
    kinds: Object.fromEntries(kinds.map(({ kind }) => [kind, draft.kinds?.[kind] === true])),
    max_tlp: draft.max_tlp ?? 'TLP:GREEN',
    relay: draft.relay === true,
    retention_days: String(draft.retention_days ?? 365),
    from: draft.valid_from ? draft.valid_from.slice(0, 10) : '',
    fromWas: draft.valid_from ?? '',
    until: draft.valid_until ? lastDay(draft.valid_until) : '',
    untilWas: draft.valid_until && !wholeDay(draft.valid_until) ? draft.valid_until : '',
    notice_days: String(draft.notice_days ?? 30),
    legal_basis: draft.legal_basis ?? '',
    reference: draft.reference ?? '',
    own_contacts: (draft.own_contacts ?? []).join('\n'),
    partner_contacts: (draft.partner_contacts ?? []).join('\n'),
    with: {},
  };
}

/** A text of a version as a draft, for the form of its change. @param {any} text @param {string} own short name of this centre */
export function draftOf(text, own) {
  const contacts = (mine) => text.parties.find((party) => (party.name === own) === mine)?.contacts ?? [];
  return { ...text, own_contacts: contacts(true), partner_contacts: contacts(false) };
}

/** Nothing but contacts: no setting becomes a term unless somebody asks for it. */
export const fresh = (draft) => ({ own_contacts: draft.own_contacts, partner_contacts: draft.partner_contacts });

/** The members of `POST /api/agreements`. */
export function proposal(form) {
  return {
    purposes: lines(form.purposes),
    purpose_on_use: form.purpose_on_use,
    kinds: form.kinds,
    max_tlp: form.max_tlp,
    relay: form.relay,
    retention_days: whole(form.retention_days),
    ...(begin(form) ? { valid_from: begin(form) } : {}),
    valid_until: end(form),
    notice_days: whole(form.notice_days),
    legal_basis: form.legal_basis.trim(),
    reference: form.reference.trim(),
    own_contacts: lines(form.own_contacts).map(contact),
    partner_contacts: lines(form.partner_contacts).map(contact),
    ...(Object.keys(form.with).length ? { with: Object.entries(form.with).map(([partner, contacts]) => ({ partner, contacts: lines(contacts).map(contact) })) } : {}),
  };
}

/**
 * A proposal as the text of an agreement has it, so that it can be read before it is signed.
 * @param {any} before the text that it changes, whose further parties it keeps; absent for a new agreement. `sent.with` has new contacts of theirs
 * @param {(name: string) => string} title of a partner
 */
export function textOf(sent, own, partner, before, title) {
  return {
    ...sent,
    parties: [
      { name: own.name, title: own.title, contacts: sent.own_contacts },
      { name: partner.partner, title: partner.title, contacts: sent.partner_contacts },
      ...(before?.parties ?? []).filter((party) => ![own.name, partner.partner, ...(sent.with ?? []).map((one) => one.partner)].includes(party.name)),
      ...(sent.with ?? []).map((party) => ({ name: party.partner, title: title(party.partner), contacts: party.contacts })),
    ],
  };
}

/**
 * What is wrong with a form, by article.
 * @returns {{article: number, field: string, text: string}[]}
 */
export function faults(form) {
  const sent = proposal(form);
  const found = [];
  const demand = (holds, article, field, key, parameters) => holds || found.push({ article, field, text: t(`agreements.fault.${key}`, parameters) });
  demand(sent.purposes.length > 0 && sent.purposes.length <= MOST_PURPOSES, 2, 'purposes', 'purposes', { most: MOST_PURPOSES });
  demand(sent.purposes.every((one) => one.length <= LONGEST_PURPOSE), 2, 'purposes', 'long', { most: LONGEST_PURPOSE });
  demand(Object.values(sent.kinds).includes(true), 3, 'kinds', 'kinds');
  demand(sent.retention_days >= 1 && sent.retention_days <= MOST_DAYS, 6, 'retention_days', 'days', { least: 1, most: MOST_DAYS });
  demand(sent.valid_until !== '', 7, 'until', 'until');
  demand(sent.valid_until === '' || Date.parse(sent.valid_until) > (sent.valid_from ? Date.parse(sent.valid_from) : Date.now()), 7, 'until', 'order');
  demand(sent.notice_days >= 0 && sent.notice_days <= MOST_NOTICE, 8, 'notice_days', 'days', { least: 0, most: MOST_NOTICE });
  demand(sent.legal_basis !== '', 9, 'legal_basis', 'basis');
  for (const [side, contacts] of [['own_contacts', sent.own_contacts], ['partner_contacts', sent.partner_contacts], ...(sent.with ?? []).map((one) => [withField(one.partner), one.contacts])]) {
    demand(contacts.length > 0 && contacts.length <= MOST_CONTACTS, 10, side, 'contacts', { most: MOST_CONTACTS });
    demand(contacts.every((one) => CONTACT.test(one)), 10, side, 'contact');
  }
  return found;
}

/** The fields of the form by the place that the centre names. */
const FIELDS = { valid_from: 'from', valid_until: 'until' };

/**
 * What the centre found wrong, by article.
 * @param {any} error an ApiError @param {any[]} further parties that were sent
 */
export function found(error, further = []) {
  return (error.body?.errors ?? [])
    .filter((one) => /^article_\d+$/.test(one.code))
    .map((one) => {
      const [, member, party, part] = one.pointer.split('/');
      const field = member === 'parties' && part === 'contacts' ? (party === '0' ? 'own_contacts' : party === '1' || !further[party - 2] ? 'partner_contacts' : withField(further[party - 2].partner)) : (FIELDS[member] ?? member);
      return { article: Number(one.code.slice('article_'.length)), field, ...textIn('rule', sentenceOf(one, 'reason')) };
    });
}
