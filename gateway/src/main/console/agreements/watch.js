/** The sign on the rail for who may answer: how many proposals of partners wait. */
import { get } from '../api.js';
import { may } from '../session.js';
import { load, t } from '../texts.js';

const EVERY_MS = 60000;

/** @param {(mark: import('../frame/marks.js').Mark) => void} mark @returns {() => void} ends it */
export function watch(mark) {
  if (!may('operate')) {
    return () => {};
  }
  let ended = false;
  const look = async () => {
    try {
      const [answer] = await Promise.all([get('/api/agreements'), load('agreements')]);
      const count = answer.partners.reduce((sum, one) => sum + one.waiting, 0);
      if (!ended) {
        mark(count > 0 ? { state: 'warning', label: t('agreements.mark', { count }) } : {});
      }
    } catch {
      // The frame says that the centre does not answer; the mark stays as it was.
    }
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  window.addEventListener('koprik-agreements', look);
  return () => {
    ended = true;
    clearInterval(timer);
    window.removeEventListener('koprik-agreements', look);
  };
}
