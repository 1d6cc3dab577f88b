let loaded = null;

/** d3, loaded when a screen needs it first. Its distribution is a script that sets a global. */
export function d3() {
  loaded ??= import('d3').then(() => globalThis.d3);
  return loaded;
}
