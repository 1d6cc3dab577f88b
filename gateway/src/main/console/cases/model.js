/** What the screens of cases share: words for codes, the API of one case, and how conflicts are told. */
import { get, patch, post } from '../api.js';
import { centreName } from '../stix/words.js';
import { has, t } from '../texts.js';

export const ROLES = ['money-trail', 'infrastructure', 'suspect', 'victim'];
export const TYPES = ['fraud', 'phishing', 'account-takeover', 'money-mule', 'ransomware', 'botnet', 'online-drug-trade', 'terrorism-financing', 'child-protection', 'bank-transfer-fraud', 'card-fraud',
  'data-theft', 'extortion', 'identity-theft', 'investment-fraud', 'malware', 'marketplace-fraud', 'money-laundering', 'romance-fraud', 'sextortion', 'telephone-fraud', 'other'];
export const TLPS = ['amber+strict', 'amber', 'green', 'clear'];

/** Kinds of values that money goes through: accounts and cards, wallets. */
export const ACCOUNTS = ['iban', 'bank-account', 'payment-card'];
export const WALLETS = ['wallet'];

/** A code in the reader's language; words of open vocabularies that have no text stay as they are. */
function word(prefix, code) {
  const key = `cases.${prefix}.${code}`;
  return has(key) ? t(key) : code;
}

export const roleWord = (role) => (role ? word('role', role) : t('cases.role.none'));
export const typeWord = (type) => word('type', type);
export const ruleWord = (rule) => word('rule', rule);
export const statusWord = (file) => (file.merged_into ? t('cases.status.merged') : t(`cases.status.${file.status}`));
export const statusState = (file) => (file.merged_into ? 'neutral' : file.status === 'open' ? 'ok' : 'neutral');

/** The path of a case in the API. @param {string} number its number or id */
export const api = (number, rest = '') => `/api/cases/${encodeURIComponent(number)}${rest}`;

/** Options of a select, with an entry for any. */
export const options = (codes, name, any) => [...(any ? [{ value: '', label: any }] : []), ...codes.map((value) => ({ value, label: name(value) }))];

/** Changes a case only if nobody changed it since it was shown. */
export const change = (file, form) => patch(api(file.id), form, { ifMatch: `"${file.version}"` });
export const sendTo = (file, rest, form) => post(api(file.id, rest), form, { ifMatch: `"${file.version}"` });
export const load = (number) => get(api(number));

/** Whether somebody else changed the case meanwhile. */
export const isConflict = (error) => error?.status === 412;

/** Numbers of losses by currency: `[{currency, amount}]`, added exactly. */
export function totals(losses) {
  const all = new Map();
  for (const { amount, currency } of losses ?? []) {
    const [whole, part = ''] = amount.split('.');
    all.set(currency, (all.get(currency) ?? 0n) + BigInt(whole + part.padEnd(4, '0')));
  }
  return [...all].map(([currency, units]) => {
    const text = String(units).padStart(5, '0');
    return { currency, amount: `${text.slice(0, -4)}.${text.slice(-4)}`.replace(/\.?0+$/, '') };
  });
}

/** Who signed an object, and through whom it came. @param {{signed_by?: {centre: string}[], received_from?: string}} object */
export function originWords(object) {
  const signers = (object.signed_by ?? []).map((one) => one.centre);
  const signed = signers.length > 0 ? t('cases.match.signed', { who: signers.map(centreName).join(', ') }) : t('cases.match.unsigned');
  return object.received_from && !signers.includes(object.received_from) ? `${signed} · ${t('cases.match.through', { who: centreName(object.received_from) })}` : signed;
}
