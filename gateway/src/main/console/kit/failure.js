import { has } from '../texts.js';

/** The code under which the texts `problems` tell an error. @param {any} error */
export const codeOf = (error) => (has(`problems.${error.code}.what`) ? error.code : error.status >= 500 || error.status === undefined ? 'internal-error' : 'refused');
