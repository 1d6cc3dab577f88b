/** What the forms of accounts have in common. */
import { html, nothing } from 'lit';
import { has, t } from '../texts.js';
import '../kit/field.js';

export const ROLES = ['analyst', 'caseworker', 'releaser', 'operator', 'auditor', 'admin', 'reader', 'writer'];

export const roleName = (role) => (has(`frame.role.${role}`) ? t(`frame.role.${role}`) : role);

/** Whether an account can be limited to the case files of some units; a case worker always is. */
export const hasUnits = (role) => role === 'analyst' || role === 'caseworker';

/** Whether the form names units. @param {{role: string, all: boolean}} form */
export const namesUnits = ({ role, all }) => role === 'caseworker' || (role === 'analyst' && !all);

/** Units as they are typed, one a line. @param {string} text @returns {string[]} */
export const unitsOf = (text) => [...new Set(text.split('\n').map((unit) => unit.trim()).filter(Boolean))];

/** All units, or certain ones: no limit is taken away by an empty field. @param {{role: string, all: boolean, units: string}} form @param {(part: object) => void} set */
export function unitFields(form, set) {
  return html`${form.role === 'caseworker' ? nothing : html`<k-field type="checkbox" name="all" label=${t('operations.units.every')} .value=${form.all} @change=${(e) => set({ all: e.detail.value })}></k-field>`}
    ${!namesUnits(form) ? nothing : html`<k-field type="textarea" rows="2" label=${t('operations.units')} hint=${t('operations.units.hint')} name="units" .value=${form.units} @input=${(e) => set({ units: e.detail.value })}></k-field>`}`;
}
