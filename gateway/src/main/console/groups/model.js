/** What sharing groups are and were, as plain data: who is a member, and what each version changed. */

/**
 * @typedef {{identity: string, centre?: string, from: string, until?: string, now: boolean}} Member
 * @typedef {{id: string, name: string, description?: string, owner?: string, owner_identity: string, own: boolean, past: boolean, dissolved: boolean, members: Member[]}} Group
 * @typedef {{at: string, what: 'made'|'joins'|'leaves'|'stays'|'dissolved', identity?: string, when?: string}} Change
 */

/** Members of this moment. @param {Group} group */
export const present = (group) => group.members.filter((member) => member.now);

/** Whether a membership is there or comes: it can be ended. @param {Member} member */
export const lasts = (member, now = Date.now()) => !member.until || Date.parse(member.until) > now;

/** How a membership stands. @param {Group} group @param {Member} member @returns {'now'|'later'|'over'} */
export const standing = (group, member, now = Date.now()) => (member.now ? 'now' : !group.dissolved && Date.parse(member.from) > now && lasts(member, now) ? 'later' : 'over');

const ORDER = { now: 0, later: 1, over: 2 };

/** Members in the order in which people look for them. @param {Group} group */
export const ordered = (group) => group.members.map((member) => ({ ...member, standing: standing(group, member) })).sort((a, b) => ORDER[a.standing] - ORDER[b.standing] || Date.parse(a.from) - Date.parse(b.from));

/** Groups of this centre first, dissolved ones last. @param {Group[]} groups */
export const sorted = (groups) => groups.toSorted((a, b) => Number(a.dissolved) - Number(b.dissolved) || Number(b.own) - Number(a.own) || a.name.localeCompare(b.name));

const moment = (text) => (text ? Date.parse(text) : 0);

/** What a version changed. @param {any} after object of a version @param {any} [before] that of the version before it @returns {Change[]} */
function changes(after, before) {
  const at = after.modified;
  const old = new Map((before?.members ?? []).map((member) => [member.identity_ref, member]));
  const found = (after.members ?? []).flatMap((member) => {
    const was = old.get(member.identity_ref);
    const one = { at, identity: member.identity_ref };
    if (!was || moment(was.from) !== moment(member.from)) {
      return [{ ...one, what: 'joins', when: member.from }, ...(member.until ? [{ ...one, what: 'leaves', when: member.until }] : [])];
    }
    if (moment(was.until) !== moment(member.until)) {
      return [member.until ? { ...one, what: 'leaves', when: member.until } : { ...one, what: 'stays' }];
    }
    return [];
  });
  return [...(before ? [] : [{ at, what: 'made' }]), ...found, ...(after.revoked && !before?.revoked ? [{ at, what: 'dissolved' }] : [])];
}

/** What happened to a group, the newest first. @param {any[]} objects of its versions, the oldest first @returns {Change[]} */
export const historyOf = (objects) => objects.flatMap((object, at) => changes(object, objects[at - 1])).reverse();

/** Whether a moment differs from that of the change that named it by more than the time between two clocks. */
export const apart = (when, at) => Math.abs(moment(when) - moment(at)) > 1000;
