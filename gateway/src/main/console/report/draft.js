/** A report that is being written survives a reload, and ends with the session. A file does not: only its name is kept. */
const KEPT = 'koprik-report-draft';
/** What a browser keeps in any case is a few million characters for all screens together. */
const LONGEST = 1_000_000;

/**
 * @typedef {{text: string, file: string, terms: object, decisions: Record<string, object>}} Draft
 */

/** @returns {Draft|null} */
export function readDraft() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT));
  } catch {
    return null;
  }
}

/** Keeps a draft. @param {Draft} draft @returns {boolean} whether it is kept */
export function keepDraft(draft) {
  const text = JSON.stringify(draft);
  if (text.length > LONGEST) {
    clearDraft();
    return false;
  }
  try {
    sessionStorage.setItem(KEPT, text);
    return true;
  } catch {
    return false;
  }
}

export function clearDraft() {
  sessionStorage.removeItem(KEPT);
}

window.addEventListener('koprik-signed-out', clearDraft);
