/** The phases of an import, with the state in which each is shown. */
export const PHASES = Object.freeze({ waiting: 'neutral', running: 'notice', done: 'ok', failed: 'danger', cancelled: 'neutral', interrupted: 'warning' });

/** Whether an import has not ended. @param {{phase: string}} job */
export const isOpen = ({ phase }) => phase === 'waiting' || phase === 'running';
