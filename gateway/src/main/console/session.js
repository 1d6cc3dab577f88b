/**
 * Who is signed in. The sign-in screen calls `renew()` after a successful sign-in; the frame then shows the screen at
 * which the person was.
 *
 * @typedef {{account: string, role: string, rights: Set<string>, units: string[]|null, centre: string, language: string|null, theme: string|null, signIn: string, raw: any}} Session
 */
import { del, get } from './api.js';

/** @type {Session|null} */
let present = null;

/** What a session must do before anything else, by the code of the refusal. */
const NEEDS = { 'own-password-needed': 'own_secret', 'second-factor-not-set-up': 'second_factor' };
let needed = '';

/** What the person must do before the session opens anything: `own_secret`, `second_factor`, or nothing. */
export const needs = () => needed;

/** The session, or null for somebody who is signed out. @returns {Session|null} */
export const session = () => present;

/** Whether the person has the right, such as `cases`; no right named: whether somebody is signed in. */
export const may = (right) => present !== null && (!right || present.rights.has(right));

/** Asks the centre who is signed in, and says so by event `koprik-session`. @returns {Promise<Session>} */
export async function renew() {
  const account = await get('/api/account').catch((failure) => {
    needed = NEEDS[failure.code] ?? '';
    throw failure;
  });
  needed = '';
  const centre = account.centre;
  present = Object.freeze({
    account: account.name,
    role: account.role ?? '',
    rights: new Set(account.rights),
    units: account.units ?? null,
    centre: (typeof centre === 'string' ? centre : centre?.name) ?? '',
    language: account.language ?? null,
    theme: account.theme ?? null,
    signIn: account.sign_in ?? 'password',
    raw: account,
  });
  window.dispatchEvent(new CustomEvent('koprik-session', { detail: present }));
  return present;
}

/** Ends the session at the centre and here. */
export async function signOut() {
  await del('/api/session');
  window.dispatchEvent(new CustomEvent('koprik-signed-out'));
}

window.addEventListener('koprik-signed-out', () => {
  needed = '';
  present = null;
});
