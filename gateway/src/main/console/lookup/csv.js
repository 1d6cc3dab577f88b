/** Tables as text/csv (RFC 4180). */

/** Programs for tables run a cell that begins so as a formula (OWASP, CSV injection): an apostrophe makes it a text. */
const FORMULA = /^[=+\-@\t\r]/;

/** @param {unknown} cell */
function cellOf(cell) {
  const text = cell === undefined || cell === null ? '' : String(cell);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** @param {unknown[][]} rows with the heading first @returns {Blob} with the mark of UTF-8, which Excel needs */
export function csv(rows) {
  const text = rows.map((row) => row.map(cellOf).join(',')).join('\r\n');
  return new Blob(['\ufeff', text, '\r\n'], { type: 'text/csv; charset=utf-8' });
}
