/** The dot on the rail: how many partners have a fault. */
import { get } from '../api.js';
import { load, t } from '../texts.js';
import { health } from './health.js';

const EVERY_MS = 60000;

/** @param {(mark: import('../frame/marks.js').Mark) => void} mark @returns {() => void} ends it */
export function watch(mark) {
  let ended = false;
  const look = async () => {
    try {
      const [answer] = await Promise.all([get('/api/partners'), load('partners', 'reasons', 'sentences')]);
      const failing = answer.partners.filter((one) => health(one).state === 'danger').length;
      if (!ended) {
        mark(failing > 0 ? { state: 'danger', label: t('partners.mark', { count: failing }) } : {});
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
