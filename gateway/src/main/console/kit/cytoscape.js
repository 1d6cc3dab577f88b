let loaded = null;

/** Cytoscape, loaded when a screen needs it first. Its style element is in the page already, for the sake of the CSP. */
export function cytoscape() {
  loaded ??= import('cytoscape').then((/** @type {any} */ module) => module.default);
  return loaded;
}
