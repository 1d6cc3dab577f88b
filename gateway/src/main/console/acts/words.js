/** Acts that wait for a second person, in words: `GET /api/acts`. */
import { has, t } from '../texts.js';

/** The body of an act, or an empty object when it is no JSON. */
export function bodyOf(act) {
  try {
    return JSON.parse(act.body) ?? {};
  } catch {
    return {};
  }
}

/** What an act would do, by method and path; another act by both. @param {{method: string, path: string}} act @param {string} [centre] of a card */
export function inWords(act, centre) {
  const request = `${act.method} ${act.path}`;
  switch (request) {
    case 'POST /api/partners':
      return t('acts.partner', { centre: centre ?? '…' });
    case 'POST /api/retention':
      return t('acts.retention');
    case 'POST /api/erasures':
      return t('acts.erasure', { count: bodyOf(act).ids?.length ?? 0 });
    default:
      return onAccount(act, request) ?? t('acts.other', { request });
  }
}

const roleName = (role) => (has(`frame.role.${role}`) ? t(`frame.role.${role}`) : (role ?? '…'));

/** What an act would do to an account; nothing for another act. */
function onAccount(act, request) {
  const body = bodyOf(act);
  if (request === 'POST /api/accounts') {
    return t('acts.account.new', { account: body.name ?? '…', role: roleName(body.role) });
  }
  const [, method, name, part] = /^(\w+) \/api\/accounts\/([^/]+)\/?(.*)$/.exec(request) ?? [];
  const account = decodeURIComponent(name ?? '');
  switch (`${method} ${part}`) {
    case 'PATCH ':
      return body.role ? t('acts.account.role', { account, role: roleName(body.role) }) : t(body.units || body.all_units ? 'acts.account.units' : 'acts.account.enable', { account });
    case 'POST secret':
      return t('acts.account.secret', { account });
    case 'POST tokens':
      return t('acts.account.token', { account, label: body.label ?? '…' });
    case 'DELETE second-factor':
      return t('acts.account.secondFactor', { account });
    default:
      return undefined;
  }
}

/** The body as people read it; a card is a long text of its own, which the summary shows. */
export function readable(act) {
  const body = bodyOf(act);
  return Object.keys(body).length ? JSON.stringify(body, null, 2) : act.body;
}
