/** Tokens in words: `GET /api/account/tokens`, `GET /api/tokens`. */
import { html } from 'lit';
import { date } from '../format.js';
import { has, t } from '../texts.js';
import '../kit/badge.js';
import '../kit/time.js';

/** Rights as the table of roles has them, from the least. */
const ORDER = ['read', 'write', 'analyse', 'cases', 'operate', 'release', 'administer', 'audit'];

/** @param {string[]} rights */
export const inOrder = (rights) => rights.sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));

/** A right in a few words, such as `analyse`. */
export const rightName = (right) => (has(`roles.right.${right}`) ? t(`roles.right.${right}`) : right);

/** What a token gives: its scopes, or all of its account. @param {{scopes?: string[]}} token */
export const scopesOf = (token) => (token.scopes ? token.scopes.map(rightName).join(', ') : t('tokens.scopes.all'));

/** When a token ends. @param {{expires?: string}} token */
export const endOf = (token) => (token.expires ? t('tokens.until', { date: date(token.expires) }) : t('tokens.endless'));

/** The last use of a token. @param {{last_used?: string}} token */
export const lastUse = (token) => (token.last_used ? html`<k-time class="meta" inline .at=${token.last_used}></k-time>` : t('tokens.unused'));

/** Whether somebody should take a token back, as a badge. @param {{stale?: string}} token */
export const staleBadge = (token) => (token.stale ? html`<k-badge state="warning">${t(`tokens.stale.${token.stale}`)}</k-badge>` : html`<k-badge state="ok">${t('tokens.inUse')}</k-badge>`);
