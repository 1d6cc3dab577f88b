/** Words for objects of STIX, their centres and the rules of matching, in the reader's language (namespace `stix`). */
import { get } from '../api.js';
import { shortId } from '../kit/id.js';
import { has, t } from '../texts.js';

/** @typedef {{name: string, title: string, identity: string, own?: boolean, contacts: string[]}} Centre */

/** @type {Promise<Map<string, Centre>>|null} */
let asked = null;
/** @type {Map<string, Centre>} */
let known = new Map();

window.addEventListener('koprik-signed-out', () => {
  asked = null;
  known = new Map();
});

/** The centres of the trust list by name; asked for once. @returns {Promise<Map<string, Centre>>} */
export function centres() {
  asked ??= get('/api/centres').then(
    (answer) => (known = new Map(answer.centres.map((centre) => [centre.name, centre]))),
    (failure) => {
      asked = null;
      throw failure;
    },
  );
  return asked;
}

/** What people call a centre; its short name until the list is there. @param {string|undefined} name */
export function centreName(name) {
  return name === undefined ? t('stix.here') : (known.get(name)?.title ?? name);
}

/** Whether the name is that of this centre. */
export const isOwn = (name) => name === undefined || known.get(name)?.own === true;

/** `x509-certificate` → `x509Certificate`, as keys of texts are. */
const camel = (code) => code.replace(/[-_](.)/g, (_, letter) => letter.toUpperCase());

/** The text of a code; the code itself when there is none. */
function word(group, code) {
  const key = `stix.${group}.${camel(code)}`;
  return has(key) ? t(key) : code;
}

/** Name of a type, such as `threat-actor`. */
export const typeName = (type) => word('type', type);

/** What an object is: a case file, or its type. @param {{type: string, case_number?: string}} object */
export const whatItIs = (object) => (object.case_number ? t('stix.caseFile') : typeName(object.type));

/** What a rule of matching says, such as `subdomain`. */
export const ruleName = (rule) => word('rule', rule);

/** What happened, as the timeline names it, such as `received`. */
export const eventName = (what) => word('event', what);

/** Name of a relationship or reference, such as `indicates`. */
export const edgeName = (label) => word('edge', label.replace(/_refs?$/, ''));

/** From `strongly-disagree` to `strongly-agree`. */
export const opinionName = (opinion) => word('opinion', opinion);

/** What people call an object: a relationship by what it says, one without a name by its shortened id. */
export function objectTitle({ id, type, title }) {
  return title === id ? shortId(id) : title === type ? typeName(type) : type === 'relationship' ? edgeName(title) : title;
}

/** Whose word an object is: its creator, else the centre that vouches, else the partner that sent it. */
export function speaker(object) {
  return object.producer_centre ?? object.signed_by?.[0]?.centre ?? object.received_from;
}

/**
 * How an object came and who vouches for it, in one phrase: "signed by Budapest, through Moscow".
 * @param {{origin: string, signed_by?: {centre: string}[], received_from?: string, unproven?: object}} object
 */
export function proof(object) {
  if (object.unproven) {
    return t('stix.unproven', { centre: centreName(object.unproven.centre) });
  }
  const signer = object.signed_by?.[0]?.centre;
  const through = object.received_from !== undefined && object.received_from !== signer ? object.received_from : null;
  if (object.origin === 'unsigned') {
    return object.received_from ? t('stix.unsignedFrom', { partner: centreName(object.received_from) }) : t('stix.unsigned');
  }
  const vouched = object.origin === 'countersigned';
  if (through) {
    return t(vouched ? 'stix.countersignedThrough' : 'stix.signedThrough', { centre: centreName(signer), partner: centreName(through) });
  }
  return t(vouched ? 'stix.countersigned' : 'stix.signed', { centre: centreName(signer) });
}

/** The state of the proof, for a badge. */
export function proofState(object) {
  return object.unproven ? 'danger' : object.origin === 'unsigned' ? 'warning' : 'ok';
}
