/** Numbers, times and dangerous values as people read them, in the present language. Texts are those of `kit`. */
import { formatLocale, language, t } from './texts.js';

const EXACT = 10000;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30 * DAY;
const YEAR = 365 * DAY;
/** Languages in which "ago" changes the ending of the unit, which the browser knows. */
const ENDINGS = new Set(['hu']);
const formats = new Map();

function format(kind, options) {
  const key = formatLocale() + kind + JSON.stringify(options);
  if (!formats.has(key)) {
    formats.set(key, new Intl[kind](formatLocale(), options));
  }
  return formats.get(key);
}

const isUzbek = () => language().startsWith('uz');

/** An exact number. */
export function number(n) {
  return format('NumberFormat', { maximumFractionDigits: 2 }).format(n);
}

/** A count: exact below 10,000, above it rounded in words. */
export function count(n) {
  if (Math.abs(n) < EXACT) {
    return number(n);
  }
  if (isUzbek()) {
    const [unit, size] = n < 1e6 ? ['kit.count.thousand', 1e3] : ['kit.count.million', 1e6];
    return t(unit, { number: format('NumberFormat', { maximumSignificantDigits: 3 }).format(n / size) });
  }
  return format('NumberFormat', { notation: 'compact', compactDisplay: 'long', maximumSignificantDigits: 3 }).format(n);
}

function dateOf(instant) {
  const date = instant instanceof Date ? instant : new Date(instant);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** Date and time with the name of the zone. @param {string|number|Date} instant RFC 3339 or milliseconds */
export function dateTime(instant) {
  const date = dateOf(instant);
  if (date === null) {
    return String(instant ?? '');
  }
  const day = isUzbek() ? { year: 'numeric', month: '2-digit', day: '2-digit' } : { year: 'numeric', month: 'short', day: 'numeric' };
  return format('DateTimeFormat', { ...day, hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' }).format(date);
}

/** Date alone. @param {string|number|Date} instant @param {string} [zone] such as `UTC`; that of the browser without it */
export function date(instant, zone) {
  const found = dateOf(instant);
  if (found === null) {
    return String(instant ?? '');
  }
  const day = isUzbek() ? { year: 'numeric', month: '2-digit', day: '2-digit' } : { dateStyle: 'medium' };
  return format('DateTimeFormat', zone ? { ...day, timeZone: zone } : day).format(found);
}

/** Whether a moment is the beginning of a day in UTC. @param {string} moment RFC 3339 */
export const wholeDay = (moment) => /T00:00:00(\.0+)?Z$/.test(moment);

/** The last day of a term, of the first moment after it: `2027-12-31`. @param {string} until RFC 3339 */
export const lastDay = (until) => new Date(Date.parse(until) - 1).toISOString().slice(0, 10);

/** Until when a term holds: its last day, where it ends with a day of UTC. @param {string} until the first moment after it */
export const untilDate = (until) => (wholeDay(until) ? date(lastDay(until), 'UTC') : date(until));

/**
 * Hour and minute in a zone; of a moment on another day there, the date.
 * @param {string|number|Date} instant @param {string} zone such as `Asia/Tashkent` @param {number} [now] for tests
 */
export function timeIn(instant, zone, now = Date.now()) {
  const found = dateOf(instant);
  if (found === null) {
    return '';
  }
  const day = format('DateTimeFormat', { timeZone: zone, dateStyle: 'short' });
  return day.format(found) === day.format(now)
    ? format('DateTimeFormat', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(found)
    : format('DateTimeFormat', { timeZone: zone, day: '2-digit', month: '2-digit' }).format(found);
}

/** How long ago, or in how long. @param {number} [now] milliseconds, for tests */
export function ago(instant, now = Date.now()) {
  const found = dateOf(instant);
  if (found === null) {
    return String(instant ?? '');
  }
  const seconds = Math.round((now - found.getTime()) / 1000);
  if (Math.abs(seconds) < MINUTE) {
    return t('kit.time.now');
  }
  if (seconds > 0 && ENDINGS.has(language())) {
    const [unit, size] = unitOf(seconds);
    return format('RelativeTimeFormat', { numeric: 'always' }).format(-Math.floor(seconds / size), unit);
  }
  return t(seconds > 0 ? 'kit.time.ago' : 'kit.time.ahead', { duration: duration(Math.abs(seconds)) });
}

/** A length of time, rounded down to its largest unit. @param {number} seconds */
export function duration(seconds) {
  const [unit, size] = unitOf(seconds);
  return t(`kit.duration.${unit}`, { count: Math.floor(seconds / size) });
}

/** @param {number} seconds @returns {[Intl.RelativeTimeFormatUnit, number]} the largest unit that fits, and its seconds */
function unitOf(seconds) {
  if (seconds < HOUR) {
    return seconds < MINUTE ? ['second', 1] : ['minute', MINUTE];
  }
  if (seconds < 2 * MONTH) {
    return seconds < DAY ? ['hour', HOUR] : ['day', DAY];
  }
  return seconds < 2 * YEAR ? ['month', MONTH] : ['year', YEAR];
}

/** A size in bytes, by powers of 1000. */
export function bytes(n) {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  let at = 0;
  while (n >= 1000 && at < units.length - 1) {
    n /= 1000;
    at++;
  }
  return format('NumberFormat', { style: 'unit', unit: units[at], unitDisplay: at ? 'short' : 'long', maximumSignificantDigits: 3 }).format(n);
}

/** An amount with its currency's code. @param {number|string} amount @param {string} currency ISO 4217 */
export function money(amount, currency) {
  const text = format('NumberFormat', { minimumFractionDigits: Number.isInteger(Number(amount)) ? 0 : 2, maximumFractionDigits: 8 });
  return `${text.format(amount)}\u00a0${currency ?? ''}`.trim();
}

const WITH_DOTS = new Set(['domain', 'ipv4', 'cidr', 'ipv6', 'email', 'url']);

/**
 * A value that cannot be clicked by mistake: `hxxp://login[.]example[.]com`.
 * @param {string} value @param {string} kind such as `url`; other kinds stay as they are
 */
export function defang(value, kind) {
  const text = String(value ?? '');
  if (!WITH_DOTS.has(kind)) {
    return text;
  }
  if (kind === 'url') {
    const parts = /^([a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)(.*)$/is.exec(text);
    const scheme = (parts[1] ?? '').replace(/^h(tt)p/i, 'hxxp').replace(/^ftp/i, 'fxp');
    return scheme + dots(parts[2]) + parts[3];
  }
  if (kind === 'email') {
    return dots(text).replace('@', '[@]');
  }
  return kind === 'ipv6' || text.includes(':') ? text.replace(':', '[:]') : dots(text);
}

const dots = (text) => text.replaceAll('.', '[.]');
