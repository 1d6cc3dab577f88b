/**
 * Marks on the rail: the count of open alerts, the state of the partners. A screen's row names a `watch` module; its
 * `watch(mark)` starts once after sign-in, calls `mark({ count, state, label })`, and returns a function that ends it.
 */
import { module } from '../api.js';
import { SCREENS, allowed } from '../screens.js';
import { may } from '../session.js';

let ends = [];
let turn = 0;

/** @typedef {{count?: number, state?: 'ok'|'notice'|'warning'|'danger', label?: string}} Mark `label` is read aloud */

/** Starts all watches that the person's rights allow. @param {(screen: string, mark: Mark) => void} mark */
export async function startWatching(mark) {
  stopWatching();
  const mine = turn;
  for (const screen of SCREENS.filter((one) => one.watch && allowed(one, may))) {
    // Without a connection the frame asks again, and then starts the watches anew.
    const found = await module(screen.watch).catch(() => null);
    if (found === null || mine !== turn) {
      return;
    }
    ends.push(found.watch((one) => mark(screen.id, one)));
  }
}

/** Ends them, when the session has ended. */
export function stopWatching() {
  turn++;
  ends.forEach((end) => end?.());
  ends = [];
}
