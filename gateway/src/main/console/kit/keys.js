/**
 * Keys without modifiers, outside text fields: `onKeys(this, { KeyC: () => … }, () => ({ KeyC: t('…') }))`, in the
 * constructor of a component. They hold while it is on the page; labelled keys stand in the list of `?`.
 *
 * Names are those of `event.code`; a Latin letter goes by its letter, so that QWERTZ and Cyrillic keyboards both work.
 */
const TEXT_FIELDS = new Set(['INPUT', 'TEXTAREA', 'SELECT']);
const SEQUENCE_MS = 2000;
const owners = [];
let first = null;

/** @typedef {Record<string, (event: KeyboardEvent) => void>} Handlers by name: `KeyC`, `Slash`, `?`, `KeyG KeyL` */

/**
 * @param {import('lit').LitElement} element the keys hold while it is connected
 * @param {Handlers} handlers
 * @param {Record<string, string>|(() => Record<string, string>)} [labels] what a key does, for the list
 * @returns {() => void} ends it
 */
export function onKeys(element, handlers, labels = {}) {
  const owner = { element, handlers, labels };
  const remove = () => owners.includes(owner) && owners.splice(owners.indexOf(owner), 1);
  const same = owners.find((one) => one.element === element && Object.keys(one.handlers).join() === Object.keys(handlers).join());
  if (same) {
    owners.splice(owners.indexOf(same), 1);
  }
  const controller = { hostConnected: () => owners.includes(owner) || owners.push(owner), hostDisconnected: remove };
  element.addController(controller);
  return () => {
    remove();
    element.removeController(controller);
  };
}

/** What the keys do now: pairs of key and text. @returns {Array<[string, string]>} */
export function keysNow() {
  return owners.flatMap(({ labels }) => Object.entries(typeof labels === 'function' ? labels() : labels)).filter(([, text]) => text);
}

/** The name of a key press. @param {KeyboardEvent} event */
export function keyName(event) {
  if (event.key === '?' || event.key === '/') {
    return event.key === '?' ? '?' : 'Slash';
  }
  return /^[a-z]$/i.test(event.key) ? `Key${event.key.toUpperCase()}` : event.code;
}

/** How a key is written on screen: `KeyC` → C. @param {string} name */
export function keyLabel(name) {
  return name.split(' ').map((one) => ({ Slash: '/', Escape: 'Esc' })[one] ?? one.replace(/^(Key|Digit|Arrow)/, '')).join(' ');
}

/** Whether a key press goes into a text. @param {KeyboardEvent} event */
export function typing(event) {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement
    && (target.isContentEditable || (TEXT_FIELDS.has(target.tagName) && !['checkbox', 'radio', 'button'].includes(/** @type {any} */ (target).type)));
}

/** The dialog on top, in whatever shadow root: only keys of components within it hold. */
function topDialog() {
  let active = document.activeElement;
  let found = null;
  while (active) {
    found = active.closest?.('k-dialog[open], dialog[open]') ?? found;
    active = active.shadowRoot?.activeElement;
  }
  return found;
}

function within(element, container) {
  for (let node = element; node; node = node.parentNode ?? node.host) {
    if (node === container) {
      return true;
    }
  }
  return false;
}

/** Whether the focused element itself answers to Enter or the space bar. */
function answers(event) {
  return ['Enter', 'Space'].includes(event.code) && event.composedPath()[0].matches?.('a, button, summary, input, select, [role=tab]');
}

function pressed(event) {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(event) || answers(event)) {
    return;
  }
  const name = keyName(event);
  const sequence = first && event.timeStamp - first.at < SEQUENCE_MS ? `${first.name} ${name}` : null;
  first = null;
  const dialog = topDialog();
  const able = owners.filter(({ element }) => !dialog || within(element, dialog)).reverse();
  for (const wanted of [sequence, name]) {
    const owner = wanted && able.find(({ handlers }) => wanted in handlers);
    if (owner) {
      event.preventDefault();
      owner.handlers[wanted](event);
      return;
    }
  }
  if (able.some(({ handlers }) => Object.keys(handlers).some((one) => one.startsWith(`${name} `)))) {
    first = { name, at: event.timeStamp };
  }
}

document.addEventListener('keydown', pressed);
