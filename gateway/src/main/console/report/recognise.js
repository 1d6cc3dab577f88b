/** What the centre recognises in a text or a file, in one form for both. Nothing is stored. */
import { send } from '../api.js';
import { knows } from '../sentences/sentences.js';

/** How many rows of a table are shown, the most that a preview has. */
export const ROWS = 2000;
/** Values that an import of rows leaves out at most; they are named in its address. */
export const MOST_LEFT_OUT = 100;
const DOCUMENTS = /\.(txt|text|md|markdown|html?|xhtml|pdf|docx|eml|msg)$/i;
const HEADER = /(^|[;,\t"])\s*(value|indicator|ioc|type|kind|domain|hostname|host|ip|url|hash|md5|sha256|iban|account|wallet|phone|email)\s*("|[;,\t]|$)/i;

/**
 * @typedef {{id: string, kind: string, value: string, spelling: string, port?: number, doubt?: string, doubt_code?: string, other_kinds?: string[],
 *   protection?: string, protection_code?: string, list?: string, known: number, sentence: string, where: string, remark?: string, remark_codes?: any[]}} Item
 * @typedef {{where?: string, reason: string, code: string, details: Record<string, string>}} Place
 * @typedef {{how: 'text'|'table', format: string, items: Item[], total: number, sha256: string, title: string, columns: Array<{column: string, use: string}>,
 *   objects: object[], objectCount: number, refused: number, refusedRows: Place[], notes: Place[]}} Recognised
 */

/** @typedef {{text: string, file: File|null, how: 'auto'|'text'|'table', columns: Record<string, string>}} Source */

/** How a source is read when nobody says: running text, or rows and objects. @returns {'text'|'table'} */
export function guess(text, file) {
  if (file) {
    return DOCUMENTS.test(file.name) ? 'text' : 'table';
  }
  const start = text.trimStart();
  if (start.startsWith('{') || start.startsWith('[{') || start.startsWith('[\n')) {
    return 'table';
  }
  const lines = start.split('\n', 3).map((line) => line.trimEnd());
  const columns = (line) => Math.max(...[',', ';', '\t'].map((mark) => line.split(mark).length));
  return lines.length > 1 && HEADER.test(lines[0]) && columns(lines[0]) > 1 && columns(lines[0]) === columns(lines[1]) ? 'table' : 'text';
}

/**
 * Reads a source.
 * @param {Source} source
 * @param {{signal?: AbortSignal, onProgress?: (share: number) => void}} options
 * @returns {Promise<Recognised>}
 */
export async function recognise(source, options) {
  const first = source.how === 'auto' ? guess(source.text, source.file) : source.how;
  try {
    return await read(first, source, options);
  } catch (failure) {
    // The name of a file may deceive: its content decides which of the two takes it.
    if (source.how !== 'auto' || !source.file || failure.status !== 400 || Object.keys(source.columns).length > 0) {
      throw failure;
    }
    return read(first === 'text' ? 'table' : 'text', source, options).catch(() => {
      throw failure;
    });
  }
}

/** @param {'text'|'table'} how @param {Source} source @param {{signal?: AbortSignal, onProgress?: (share: number) => void}} options @returns {Promise<Recognised>} */
async function read(how, { text, file, columns }, { signal, onProgress }) {
  const contentType = 'application/octet-stream';
  const body = file ?? new Blob([text]);
  if (how === 'text') {
    return ofDocument(await send('/api/documents', body, { query: { file: file?.name }, contentType, signal, onProgress, reads: true }));
  }
  const query = { preview: true, rows: ROWS, file: file?.name, column: roles(columns) };
  return ofTable(await send('/api/import', body, { query, contentType, signal, onProgress, reads: true }));
}

/** The roles of columns as an import takes them: `value=Wert`. @param {Record<string, string>} columns */
export const roles = (columns) => Object.entries(columns ?? {}).map(([name, role]) => `${role}=${name}`);

/** @returns {Recognised} */
function ofDocument(answer) {
  const items = answer.values.map((one) => ({ ...one, id: `${one.kind}:${one.value}:${one.port ?? ''}`, where: one.places.join(', ') }));
  return {
    how: 'text', format: answer.format, items, total: items.length, sha256: answer.sha256, title: answer.title ?? '', columns: [], objects: [], objectCount: 0, refused: 0, refusedRows: [],
    notes: answer.warning_codes.map((warning, at) => noteOf(warning, answer.warnings[at])),
  };
}

/** A warning as a note; why an attachment is not read is said as of a file. */
const noteOf = (warning, text) => ({ ...warning, where: warning.place, group: knows('file', warning) ? 'file' : 'import', reason: text.slice(warning.place ? warning.place.length + 2 : 0) });

/** @returns {Recognised} */
function ofTable(answer) {
  const seen = new Set();
  const items = [];
  for (const row of [...answer.rows, ...answer.doubtful_rows]) {
    const id = `${row.kind}:${row.value}:${row.port ?? ''}`;
    if (!seen.has(id)) {
      seen.add(id);
      items.push({ ...row, id, spelling: row.value, known: row.known ?? 0, sentence: '' });
    }
  }
  return {
    how: 'table', format: answer.format, items, total: Object.values(answer.kinds).reduce((sum, n) => sum + n, 0), sha256: '', title: '', columns: answer.columns, objects: answer.object_rows,
    objectCount: answer.objects, refused: answer.refused, refusedRows: answer.refused_rows, notes: answer.notes,
  };
}

/** What a person decided about a value, or what holds before: `{ take, kind, anyway }`; a doubt is no yes. */
export function decided(item, decisions) {
  const made = decisions[item.id];
  const sure = !item.doubt_code && !item.protection_code;
  return { take: made?.take ?? sure, asked: made === undefined && !sure, kind: made?.kind ?? item.kind, anyway: made?.anyway ?? false };
}

/** The values of rows that would be imported and that a person leaves out. @param {Recognised} recognised @returns {string[]} */
export function leftOut({ how, items }, decisions) {
  return how === 'text' ? [] : items.filter((item) => !item.doubt_code && !item.protection_code && !decided(item, decisions).take).map((item) => item.value);
}
