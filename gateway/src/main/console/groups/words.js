/** Names of the centres of a group; a centre that is on no list goes by its shortened identity. */
import { shortId } from '../kit/id.js';
import { centreName } from '../stix/words.js';

/** @param {import('./model.js').Member} member */
export const memberName = (member) => (member.centre ? centreName(member.centre) : shortId(member.identity));

/** @param {import('./model.js').Group} group */
export const ownerName = (group) => (group.owner ? centreName(group.owner) : shortId(group.owner_identity));

/** The member of an identity by name. @param {import('./model.js').Group} group @param {string} identity */
export function nameIn(group, identity) {
  const member = group.members.find((one) => one.identity === identity);
  return member ? memberName(member) : shortId(identity);
}
