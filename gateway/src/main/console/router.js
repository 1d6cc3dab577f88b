/**
 * The address of a screen is in the hash: `#/cases/17?tab=notes`. It holds all that is shown, so that a link repeats it
 * and Back works.
 *
 * @typedef {{path: string, segments: string[], query: Record<string, string>, all: (name: string) => string[]}} Route
 */

const listeners = new Set();
let shown = null;

/** @returns {Route} the present route */
export function current() {
  return parse(location.hash);
}

/** @param {string} hash such as `#/cases/17?tab=notes` @returns {Route} */
export function parse(hash) {
  const [path, search = ''] = split(hash.replace(/^#/, ''));
  const parameters = new URLSearchParams(search);
  const clean = '/' + path.split('/').filter(Boolean).join('/');
  return {
    path: clean,
    segments: clean.split('/').filter(Boolean).map(decoded),
    query: Object.fromEntries(parameters),
    all: (name) => parameters.getAll(name),
  };
}

function split(text) {
  const at = text.indexOf('?');
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function decoded(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/**
 * The link to a path, for `href`.
 * @param {string|string[]} path `/cases/17`, or segments that are escaped here: `['objects', id]`
 * @param {Record<string, any>} [query] empty values are left out; arrays become repeated parameters
 */
export function link(path, query) {
  const where = Array.isArray(path) ? '/' + path.map(encodeURIComponent).join('/') : path;
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '' && one !== false) {
        parameters.append(name, String(one));
      }
    }
  }
  const search = parameters.toString();
  return `#${where}${search ? `?${search}` : ''}`;
}

/** Goes to a path; `replace` leaves no entry for Back, for filters that change with each key. */
export function go(path, query, { replace = false } = {}) {
  const hash = link(path, query);
  if (hash === location.hash) {
    return;
  }
  if (replace) {
    history.replaceState(null, '', hash);
  } else {
    history.pushState(null, '', hash);
  }
  changed();
}

/** Changes a part of the query and keeps the rest: `merge({ tab: 'notes' })`. */
export function merge(query, options) {
  const now = current();
  const all = Object.fromEntries(Object.keys(now.query).map((name) => [name, now.all(name)]));
  go(now.path, { ...all, ...query }, options);
}

/** Calls the listener with each new route. @param {(route: Route) => void} listener @returns {() => void} ends it */
export function onRoute(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function changed() {
  if (shown === location.hash) {
    return;
  }
  shown = location.hash;
  const route = current();
  listeners.forEach((listener) => listener(route));
}

window.addEventListener('popstate', changed);
window.addEventListener('hashchange', changed);
shown = location.hash;
