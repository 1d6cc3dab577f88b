/**
 * What was looked up. A short text is part of the address, so that a link repeats it. A long one is kept in the memory
 * of this page alone, never on disk; its address names its place there.
 */
const IN_ADDRESS = 1500;
const MOST_KEPT = 20;

const kept = new Map();
let last = 0;

window.addEventListener('koprik-signed-out', () => kept.clear());

/** @param {string} text @returns {{q: string}|{paste: string}} the part of the query that stands for it */
export function keep(text) {
  if (text.length <= IN_ADDRESS) {
    return { q: text };
  }
  const same = [...kept].find(([, one]) => one === text);
  if (same) {
    return { paste: same[0] };
  }
  const name = String(++last);
  kept.set(name, text);
  if (kept.size > MOST_KEPT) {
    kept.delete(kept.keys().next().value);
  }
  return { paste: name };
}

/**
 * The text that a query stands for; null when it was kept by a page that is gone.
 * @param {Record<string, string>} query @returns {string|null}
 */
export function textOf(query) {
  return query.paste === undefined ? (query.q ?? '') : (kept.get(query.paste) ?? null);
}
