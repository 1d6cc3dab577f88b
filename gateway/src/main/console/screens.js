/**
 * All screens, in the order of the rail. A row: `id`; `path` of the hash; `tag` and `module` of the element; the
 * `namespaces` of its texts; `icon`; the `right` that it needs (several: one of them is enough); `rail` whether the rail
 * shows it; `key` after G. The name on the rail is text `frame.screen.<id>`. `open` screens need no sign-in; `wide` ones
 * use the whole width; `bare` ones are shown without rail and bar.
 */
export const SCREENS = [
  { id: 'lookup', path: '/lookup', tag: 'koprik-lookup', module: './lookup/lookup.js', namespaces: ['lookup', 'stix', 'reasons'], icon: 'lookup', right: 'analyse', rail: true, key: 'KeyL' },
  { id: 'search', path: '/search', tag: 'koprik-search', module: './search/search.js', namespaces: ['search', 'stix', 'reasons', 'desk'], icon: 'search', right: 'analyse', rail: true, key: 'KeyS' },
  { id: 'report', path: '/report', tag: 'koprik-report', module: './report/report.js', namespaces: ['report', 'reasons', 'sentences'], icon: 'report', right: ['write', 'operate'], rail: true, key: 'KeyR' },
  { id: 'cases', path: '/cases', tag: 'koprik-cases', module: './cases/cases.js', namespaces: ['cases', 'reasons', 'desk', 'sentences'], icon: 'cases', right: 'cases', rail: true, key: 'KeyC' },
  { id: 'alerts', path: '/alerts', tag: 'koprik-alerts', module: './alerts/alerts.js', namespaces: ['alerts', 'cases'], icon: 'alerts', right: ['cases', 'operate', 'release'], rail: true, key: 'KeyA', watch: './alerts/watch.js' },
  { id: 'desk', path: '/desk', tag: 'koprik-desk', module: './desk/desk.js', namespaces: ['desk', 'reasons', 'stix'], icon: 'shield', right: ['release', 'write'], rail: true, key: 'KeyD', watch: './desk/watch.js' },
  { id: 'partners', path: '/partners', tag: 'koprik-partners', module: './partners/partners.js', namespaces: ['partners', 'reasons', 'recalls', 'sentences'], icon: 'partners', right: 'operate', rail: true, key: 'KeyP', watch: './partners/watch.js' },
  { id: 'agreements', path: '/agreements', tag: 'koprik-agreements', module: './agreements/agreements.js', namespaces: ['agreements', 'groups', 'reasons', 'sentences'], icon: 'agreements', right: 'analyse', rail: true, key: 'KeyT', watch: './agreements/watch.js' },
  { id: 'situation', path: '/situation', tag: 'koprik-situation', module: './situation/situation.js', namespaces: ['situation', 'help', 'cases'], icon: 'situation', right: 'analyse', rail: true, key: 'KeyI', wide: true },
  { id: 'operations', path: '/operations', tag: 'koprik-operations', module: './operations/operations.js', namespaces: ['operations', 'partners', 'tokens', 'roles', 'acts', 'sentences'], icon: 'operations', right: 'operate', rail: true, key: 'KeyO', watch: './acts/watch.js' },
  { id: 'retention', path: '/retention', tag: 'koprik-retention', module: './retention/retention.js', namespaces: ['retention', 'reasons', 'stix'], icon: 'trash', right: 'operate', rail: true, key: 'KeyE' },
  { id: 'access', path: '/access', tag: 'koprik-access', module: './access/access.js', namespaces: ['access'], icon: 'access', right: 'audit', rail: true, key: 'KeyV' },
  { id: 'help', path: '/help', tag: 'koprik-help', module: './help/help.js', namespaces: ['help', 'reasons'], icon: 'help', rail: true, key: 'KeyH' },
  { id: 'object', path: '/objects', tag: 'koprik-object', module: './object/object.js', namespaces: ['object', 'stix', 'reasons', 'recalls', 'redactions', 'sentences'], icon: 'object', right: 'analyse' },
  { id: 'graph', path: '/graph', tag: 'koprik-graph', module: './graph/graph.js', namespaces: ['graph', 'stix'], icon: 'graph', right: 'analyse' },
  { id: 'roles', path: '/roles', tag: 'koprik-roles', module: './roles/roles.js', namespaces: ['roles'], icon: 'shield' },
  { id: 'components', path: '/components', tag: 'koprik-components', module: './components/components.js', namespaces: ['components'], icon: 'grid', open: true },
  { id: 'account', path: '/account', tag: 'koprik-account', module: './account/account.js', namespaces: ['account', 'tokens', 'roles'], icon: 'account' },
  { id: 'signin', path: '/signin', tag: 'koprik-signin', module: './signin/signin.js', namespaces: ['signin', 'account'], icon: 'account', open: true, bare: true },
];

/** The screen at which a person starts who named none. */
export const START = '/lookup';

/** @param {string} path such as `/cases/17` @returns the row of the screen, or undefined */
export function screenOf(path) {
  return SCREENS.filter((screen) => path === screen.path || path.startsWith(`${screen.path}/`)).sort((a, b) => b.path.length - a.path.length)[0];
}

/** Whether rights open the screen. @param {{right?: string|string[]}} screen @param {(right: string) => boolean} may */
export function allowed(screen, may) {
  return !screen.right || [screen.right].flat().some(may);
}
