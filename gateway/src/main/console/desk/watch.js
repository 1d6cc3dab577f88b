/** The count on the rail: how many items wait for a release that the person may give. */
import { get } from '../api.js';
import { may } from '../session.js';
import { load, t } from '../texts.js';

const EVERY_MS = 60000;

/** @param {(mark: import('../frame/marks.js').Mark) => void} mark @returns {() => void} ends it */
export function watch(mark) {
  let ended = false;
  const look = async () => {
    try {
      const [answer] = await Promise.all([get('/api/releases'), load('desk')]);
      const count = answer.releases.filter((one) => !one.mine).length;
      if (!ended) {
        mark(may('release') && count > 0 ? { count, label: t('desk.mark', { count }) } : {});
      }
    } catch {
      // The frame says that the centre does not answer; the mark stays as it was.
    }
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  return () => {
    ended = true;
    clearInterval(timer);
  };
}
