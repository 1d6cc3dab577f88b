/** How other screens hand values over: `report([{ kind: 'domain', value: 'login.example.com' }])`. */
import { go } from '../router.js';

const KEPT = 'koprik-report-handover';

/**
 * Opens the report screen with these values; their kinds are taken for confirmed.
 * @param {Array<{kind?: string, value: string}|string>} values
 */
export function report(values) {
  const list = values.map((one) => (typeof one === 'string' ? { value: one } : { kind: one.kind, value: one.value }));
  sessionStorage.setItem(KEPT, JSON.stringify(list));
  go('/report');
  window.dispatchEvent(new CustomEvent('koprik-report-handover'));
}

/** What was handed over and not taken yet; empty for nothing. @returns {Array<{kind?: string, value: string}>} */
export function takeHandover() {
  const text = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  try {
    return JSON.parse(text) ?? [];
  } catch {
    return [];
  }
}

window.addEventListener('koprik-signed-out', () => sessionStorage.removeItem(KEPT));
