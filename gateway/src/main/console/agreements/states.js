/** How a badge shows the state of a version. */
export const STATES = { in_force: 'ok', agreed: 'ok', proposed: 'warning', declined: 'danger', terminated: 'danger', unproven: 'danger' };
