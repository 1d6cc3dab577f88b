/** The sign on the rail for administrators: how many acts of others wait for a second person. */
import { get } from '../api.js';
import { may, session } from '../session.js';
import { load, t } from '../texts.js';

const EVERY_MS = 60000;

/** @param {(mark: import('../frame/marks.js').Mark) => void} mark @returns {() => void} ends it */
export function watch(mark) {
  if (!may('administer')) {
    return () => {};
  }
  let ended = false;
  const look = async () => {
    try {
      const [answer] = await Promise.all([get('/api/acts'), load('acts')]);
      const count = answer.acts.filter((act) => !act.ended && act.by !== session()?.account).length;
      if (!ended) {
        mark(count > 0 ? { state: 'warning', label: t('acts.mark', { count }) } : {});
      }
    } catch {
      // The frame says that the centre does not answer; the mark stays as it was.
    }
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  window.addEventListener('koprik-acts', look);
  return () => {
    ended = true;
    clearInterval(timer);
    window.removeEventListener('koprik-acts', look);
  };
}
