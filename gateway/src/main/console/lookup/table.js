/** The list of a look-up as a table: exactly the values that the screen shows, with what it says of them. */
import { proof, centreName, speaker } from '../stix/words.js';
import { t } from '../texts.js';
import { isKnown } from './answer.js';
import { csv } from './csv.js';

/** @param {import('./answer.js').Hit[]} rows @returns {Blob} */
export function table(rows) {
  const heading = ['value', 'kind', 'spelling', 'state', 'objects', 'cases', 'list', 'title', 'centre', 'proof', 'received', 'tlp'].map((column) => t(`lookup.column.${column}`));
  return csv([heading, ...rows.map(line)]);
}

function line(hit) {
  const met = hit.met.find((one) => !one.case_number);
  return [
    hit.value,
    t(`kit.kind.${hit.kind}`),
    hit.spelling,
    t(hit.silenced ? 'lookup.silenced' : isKnown(hit) ? 'lookup.known' : 'lookup.unknown'),
    hit.count,
    (hit.in_cases ?? []).map((file) => file.number).join('; '),
    hit.silenced?.list,
    met?.title,
    met && centreName(speaker(met)),
    met && proof(met),
    met?.received,
    met?.tlp,
  ];
}
