/** The answer to a pasted text: what of it is known, and how the rows of the screen are chosen. */

/** @typedef {{kind: string, value: string, spelling: string, count: number, cases?: number, in_cases?: any[], met: any[], near?: any[], silenced?: {list: string, entry: string}, remark?: string, remark_codes?: any[], doubtful?: boolean}} Hit */

/** The states by which rows are filtered, in the order of the screen. */
export const FILTERS = ['all', 'known', 'cases', 'silenced', 'unknown'];

/** @param {Hit} hit a key that stays the same over filters */
export const keyOf = (hit) => `${hit.kind}:${hit.value}`;

/** Whether anything is known of it, by the same value or by one around it. @param {Hit} hit */
export const isKnown = (hit) => hit.count > 0 || (hit.near?.length ?? 0) > 0;

/** @param {Hit} hit */
export const inCases = (hit) => (hit.cases ?? 0) > 0;

/** Reports and other objects that are no case files. @param {Hit} hit */
export const reports = (hit) => Math.max(0, hit.count - (hit.cases ?? 0));

/** @param {Hit} hit @param {string} filter one of FILTERS */
export function shows(hit, filter) {
  switch (filter) {
    case 'known':
      return isKnown(hit) && !hit.silenced;
    case 'cases':
      return inCases(hit);
    case 'silenced':
      return hit.silenced !== undefined;
    case 'unknown':
      return !isKnown(hit) && !hit.silenced;
    default:
      return true;
  }
}

/** Case files first, then what is known, what is silenced, and what nobody knows; the order of the text within. */
const rank = (hit) => (inCases(hit) ? 0 : hit.silenced ? 2 : isKnown(hit) ? 1 : 3);

/**
 * All rows in their order.
 * @param {{values: Hit[], doubtful: Hit[]}} answer of `POST /api/search/values`
 * @returns {Hit[]}
 */
export function rowsOf(answer) {
  const all = [...answer.values, ...answer.doubtful.map((hit) => ({ ...hit, doubtful: true }))];
  return all.map((hit, at) => ({ hit, at })).sort((a, b) => rank(a.hit) - rank(b.hit) || a.at - b.at).map(({ hit }) => hit);
}

/** How many rows each filter has. @param {Hit[]} rows */
export function countsOf(rows) {
  return Object.fromEntries(FILTERS.map((filter) => [filter, rows.filter((hit) => shows(hit, filter)).length]));
}
