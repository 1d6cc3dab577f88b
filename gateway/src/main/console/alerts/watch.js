/**
 * Follows the alerts in one stream for the whole page: counts the open ones for the rail, and tells the screen by event
 * `koprik-alert` on window, with detail `{ live }`.
 */
import { events, get } from '../api.js';
import { count } from '../format.js';
import { load, t } from '../texts.js';

const EVERY_MS = 60000;
const SOON_MS = 500;
let live;

/** Whether alerts come as they are given; undefined before the first answer. */
export const isLive = () => live;

function tell(now) {
  live = now;
  window.dispatchEvent(new CustomEvent('koprik-alert', { detail: { live } }));
}

/** @param {(mark: {count?: number, state?: string, label?: string}) => void} mark @returns {() => void} ends it */
export function watch(mark) {
  let timer;
  let ended = false;
  const ask = async () => {
    clearTimeout(timer);
    try {
      await load('alerts');
      const found = await get('/api/alerts/count', { state: 'open' });
      mark({ count: found.count, label: t('alerts.openCount', { count: count(found.count) + (found.more ? '+' : '') }) });
    } catch {
      // The frame says that the centre does not answer; the mark stays as it was.
    }
    if (!ended) {
      timer = setTimeout(ask, EVERY_MS);
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, SOON_MS);
  };
  const stream = events('/api/alerts/stream', {}, {
    event: () => {
      tell(true);
      soon();
    },
    open: () => {
      tell(true);
      soon();
    },
    lost: () => tell(false),
  });
  window.addEventListener('koprik-alerts', soon);
  ask();
  return () => {
    ended = true;
    live = undefined;
    clearTimeout(timer);
    stream.close();
    window.removeEventListener('koprik-alerts', soon);
  };
}
