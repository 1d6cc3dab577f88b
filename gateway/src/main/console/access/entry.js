/** What entries of the access record say, for its screen. */

import { t } from '../texts.js';

/** The filters of the address and of the API. */
export const FILTERS = ['value', 'account', 'from', 'to', 'route', 'id'];

/** @param {string} key `kind:value` @returns {[string, string]} */
export function kindAndValue(key) {
  const colon = key.indexOf(':');
  return [key.slice(0, colon), key.slice(colon + 1)];
}

/** The query parameters of an entry, each as `name=value`. @returns {string[]} */
export const askedOf = (entry) => Object.entries(entry.asked ?? {}).map(([name, value]) => `${name}=${value}`);

const BY = { account: 'access.by.account', partner: 'access.by.partner', 'local user': 'access.by.local', 'this centre': 'access.by.centre' };

/** Who it was, in words. */
export function byOf(entry) {
  const kind = Object.keys(BY).find((one) => entry.by === one || entry.by.startsWith(`${one} `));
  return kind ? t(BY[kind], { name: entry.by.slice(kind.length + 1) }) : entry.by;
}

/** How many answers there were, or null. */
export const answersOf = (entry) => entry.answers ?? null;
