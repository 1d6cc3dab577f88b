/** What agreements say, as plain data: kinds in groups, what differs between two texts, how versions stand. */

/** From the widest to the narrowest: an agreement allows all up to one of them. */
export const MARKINGS = ['TLP:CLEAR', 'TLP:GREEN', 'TLP:AMBER', 'TLP:AMBER+STRICT'];

/** Kinds that are not personal, by what they are about; others stand under `other`. */
const GROUPS = {
  network: ['ipv4', 'ipv6', 'cidr', 'asn', 'mac'],
  web: ['domain', 'url', 'url-path', 'user-agent'],
  files: ['md5', 'sha1', 'sha256', 'sha512', 'sha3-256', 'sha3-512', 'ssdeep', 'tlsh', 'file-name', 'file-path'],
  software: ['ja3', 'ja3s', 'ja4', 'jarm', 'hassh', 'mutex', 'registry-key', 'cve'],
  money: ['wallet'],
};
/** Personal kinds come last, for they are covered by name only. */
const ORDER = [...Object.keys(GROUPS), 'other', 'personal'];

const groupOf = ({ kind, personal }) => (personal ? 'personal' : (Object.keys(GROUPS).find((group) => GROUPS[group].includes(kind)) ?? 'other'));

/**
 * Kinds in groups. @param {{kind: string, personal: boolean}[]} kinds
 * @returns {{id: string, kinds: string[]}[]}
 */
export function groups(kinds) {
  return ORDER.map((id) => ({ id, kinds: kinds.filter((one) => groupOf(one) === id).map((one) => one.kind) })).filter((group) => group.kinds.length > 0);
}

/** Codes of the kinds that a text covers. */
export const covered = (text) => Object.keys(text.kinds ?? {}).filter((kind) => text.kinds[kind]).sort();

/** The kinds that a centre knows, and those of a later version that a text names. */
export const kindsOf = (kinds, text) => [...kinds, ...covered(text).filter((kind) => !kinds.some((one) => one.kind === kind)).map((kind) => ({ kind, personal: false }))];

/** What each article says, in a form that can be compared. */
const SAYS = {
  1: (text) => text.parties.map((party) => party.title).sort(),
  2: (text) => [text.purposes, text.purpose_on_use === true],
  3: covered,
  4: (text) => text.max_tlp,
  5: (text) => text.relay,
  6: (text) => text.retention_days,
  7: (text) => [text.valid_from ? Date.parse(text.valid_from) : 0, Date.parse(text.valid_until)],
  8: (text) => text.notice_days,
  9: (text) => [text.legal_basis, text.reference ?? ''],
  10: (text) => text.parties.map((party) => [party.name, party.contacts]).sort(),
};

export const ARTICLES = Object.keys(SAYS).map(Number);

const direction = (wider, narrower) => (wider && !narrower ? 'widens' : narrower && !wider ? 'narrows' : 'changes');

/** How a change of an article acts on what flows. */
function effect(article, before, after) {
  const [old, now] = [SAYS[article](before), SAYS[article](after)];
  switch (article) {
    case 3:
      return direction(now.some((kind) => !old.includes(kind)), old.some((kind) => !now.includes(kind)));
    case 4:
      return direction(MARKINGS.indexOf(now) > MARKINGS.indexOf(old), MARKINGS.indexOf(now) < MARKINGS.indexOf(old));
    case 5:
      return direction(now, old);
    case 6:
      return direction(now > old, now < old);
    case 7:
      return direction(now[1] > old[1], now[1] < old[1]);
    default:
      return 'changes';
  }
}

/**
 * The articles in which two texts differ.
 * @returns {Map<number, 'widens'|'narrows'|'changes'>}
 */
export function differences(before, after) {
  return new Map(
    ARTICLES.filter((article) => JSON.stringify(SAYS[article](before)) !== JSON.stringify(SAYS[article](after))).map((article) => [article, effect(article, before, after)]),
  );
}

/** All versions with a partner, the newest first, each with the `id` of its agreement. */
export function versionsWith(answer, partner) {
  return answer.agreements
    .filter((agreement) => agreement.partner === partner)
    .flatMap((agreement) => agreement.versions.map((version) => ({ ...version, id: agreement.id })))
    .sort((a, b) => Date.parse(b.text.modified) - Date.parse(a.text.modified));
}

const FIRST = ['proposed', 'in_force', 'agreed', 'unproven', 'terminated', 'ended'];

/** The version that a person wants to see first: what waits, what holds, what held last, else the newest. */
export const foremost = (versions) => FIRST.map((state) => versions.find((version) => version.state === state)).find(Boolean) ?? versions[0];

/** The agreement that the next proposal changes: one that holds, begins later or waits. A new one is made where there is none. */
export const changeable = (versions) => versions.find((version) => ['in_force', 'agreed', 'proposed'].includes(version.state));

/** With what a version is compared by itself: what holds for one that waits, else the version signed before it. */
export function predecessor(versions, version) {
  const signed = versions.filter((one) => one.sha256 !== version.sha256 && one.notices.some((notice) => notice.act === 'accept'));
  const holds = signed.find((one) => one.state === 'in_force');
  return version.state === 'proposed' ? (holds ?? null) : (signed.find((one) => Date.parse(one.text.modified) < Date.parse(version.text.modified)) ?? null);
}

/** The party that proposed a text. */
export const proposer = (text) => text.parties.find((party) => party.identity_ref === text.proposed_by_ref);

/** Whether more than two parties sign it. */
export const group = (text) => text.parties.length > 2;

/** The titles of all parties but one, in one line. @param {string} own short name of this centre */
export const others = (text, own) => text.parties.filter((party) => party.name !== own).map((party) => party.title).join(', ');

/** The titles of the parties of a group whose signature a version lacks, in one line. */
export const missing = (version) => (version.signatures ?? []).filter((one) => ['missing', 'unverified'].includes(one.state)).map((one) => one.title).join(', ');

/** The title of a party by its short name. */
export const partyTitle = (text, name) => text.parties.find((party) => party.name === name)?.title ?? name;

/** The first moment after a day. @param {string} day `2027-12-31` */
export const afterDay = (day) => new Date(Date.parse(`${day}T00:00:00Z`) + 86400000).toISOString().replace('.000', '');
