/**
 * The texts of the console in six languages: `t('lookup.known', { count: 3 })` reads key `known` of
 * `lookup/texts/<language>.json`. A text with a count is an object of plural forms.
 */
import { LitElement } from 'lit';
import { asset } from './api.js';

/** The languages, each in its own name. */
export const LANGUAGES = Object.freeze({
  'uz-Latn': 'Oʻzbekcha',
  'uz-Cyrl': 'Ўзбекча',
  ru: 'Русский',
  en: 'English',
  hu: 'Magyar',
  ko: '한국어',
});
const KEPT = 'koprik-language';
/** Browsers lack a part of Uzbek: plural rules are those of English, numbers and dates are written as in Russian. */
const PLURALS = { 'uz-Latn': 'en', 'uz-Cyrl': 'en' };
const FORMATS = { 'uz-Latn': 'ru', 'uz-Cyrl': 'ru', en: 'en-GB' };

const texts = new Map();
const loading = new Map();
const elements = new Set();
let chosen = initial();
let plurals = rules();

// All components render again in another language; a class of a component has nothing to do for that.
LitElement.addInitializer((element) =>
  element.addController({
    hostConnected: () => elements.add(element),
    hostDisconnected: () => elements.delete(element),
  }),
);

/** The present language, such as `uz-Latn`. */
export const language = () => chosen;

/** The locale for numbers and dates in the present language. */
export const formatLocale = () => FORMATS[chosen] ?? chosen;

/** @returns {string} the best language for a list of wishes of the browser, such as `uz-UZ` */
export function best(wishes) {
  for (const wish of wishes) {
    const locale = wish.toLowerCase();
    if (locale.startsWith('uz')) {
      return locale.includes('cyrl') ? 'uz-Cyrl' : 'uz-Latn';
    }
    const plain = locale.split('-')[0];
    if (plain in LANGUAGES) {
      return plain;
    }
  }
  return 'en';
}

function initial() {
  const kept = localStorage.getItem(KEPT);
  return kept in LANGUAGES ? kept : best(navigator.languages);
}

function rules() {
  return new Intl.PluralRules(PLURALS[chosen] ?? chosen);
}

/** Loads the texts of folders, once for each language. @param {...string} namespaces */
export async function load(...namespaces) {
  let wanted;
  do {
    wanted = chosen;
    await Promise.all(namespaces.map((namespace) => loadOne(namespace, wanted)));
  } while (wanted !== chosen);
}

function loadOne(namespace, language) {
  const key = `${language}/${namespace}`;
  if (!loading.has(key)) {
    const promise = asset(`${namespace}/texts/${language}.json`).then(
      (found) => texts.set(key, found),
      (failure) => {
        loading.delete(key);
        throw failure;
      },
    );
    loading.set(key, promise);
  }
  return loading.get(key);
}

/** Changes the language, for this browser too unless `keep` is false. */
export async function setLanguage(language, { keep = true } = {}) {
  if (!(language in LANGUAGES)) {
    return;
  }
  if (keep) {
    localStorage.setItem(KEPT, language);
  }
  // A screen that opens meanwhile asks for further texts.
  for (let missing = without(language); missing.length > 0; missing = without(language)) {
    await Promise.all(missing.map((namespace) => loadOne(namespace, language)));
  }
  chosen = language;
  plurals = rules();
  document.documentElement.lang = language;
  window.dispatchEvent(new CustomEvent('koprik-language', { detail: language }));
  elements.forEach((element) => element.requestUpdate());
}

/** The folders whose texts are used and not there in that language. */
function without(language) {
  return [...new Set([...loading.keys()].map((key) => key.split('/')[1]))].filter((namespace) => !texts.has(`${language}/${namespace}`));
}

/** Whether a text of the key is there; for texts by a code that the centre sends. */
export const has = (key) => form(key, {}) !== undefined;

/** The text of a key, with its parameters. A missing text shows its key. */
export function t(key, parameters = {}) {
  return pieces(key, parameters).join('');
}

/** Like `t`, for parameters that are templates: an array that a template can hold. */
export function rich(key, parameters = {}) {
  return pieces(key, parameters);
}

function pieces(key, parameters) {
  const text = form(key, parameters) ?? key;
  return text.split(/(\{[A-Za-z]+\})/).map((piece) => {
    const name = /^\{([A-Za-z]+)\}$/.exec(piece)?.[1];
    if (name === undefined) {
      return piece;
    }
    const value = parameters[name] ?? '';
    return typeof value === 'number' ? value.toLocaleString(formatLocale()) : value;
  });
}

/** @param {string} key @param {{count?: any}} parameters */
function form(key, { count }) {
  const dot = key.indexOf('.');
  const found = texts.get(`${chosen}/${key.slice(0, dot)}`)?.[key.slice(dot + 1)];
  if (found === undefined || typeof found === 'string') {
    return found;
  }
  const number = typeof count === 'number' ? count : Number(String(count ?? 0).replace(/[^\d.]/g, ''));
  return found[plurals.select(number)] ?? found.other;
}

document.documentElement.lang = chosen;
