/** Words of the release desk, by the stable words of its answers. */
import { has, t } from '../texts.js';

/** Why objects wait. @param {Array<{why: string, value?: string}>} why */
export function reasons(why) {
  return why.map((one) => ({ personal: () => t('desk.why.personal'), redaction: () => t('desk.why.redaction'), kind: () => (has(`kit.kind.${one.value}`) ? t(`kit.kind.${one.value}`) : one.value) })[one.why]?.() ?? one.value).join(', ');
}

/** The colour of what was decided. @param {{outcome: string}} outcome */
export const outcomeState = ({ outcome }) => ({ released: 'ok', refused: 'danger' })[outcome] ?? 'neutral';
