import { LitElement, css, html, nothing } from 'lit';
import { get } from '../api.js';
import { base } from '../kit/base.js';
import { merge } from '../router.js';
import { session } from '../session.js';
import { has, t } from '../texts.js';
import '../kit/badge.js';
import '../kit/field.js';
import '../kit/icon.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/table.js';
import '../kit/tabs.js';

const TABS = ['rights', 'routes', 'commands'];

/** A right in a few words; the centre's own words for one that has no text. @param {{right: string, words: string}} row */
const rightName = ({ right, words }) => (has(`roles.right.${right}`) ? t(`roles.right.${right}`) : words);
const roleName = (role) => (has(`frame.role.${role}`) ? t(`frame.role.${role}`) : role);

/** The table of roles and rights, and what each route and command asks for: `?tab=`, `?role=` what is open to one, `?q=` words. */
class KoprikRoles extends LitElement {
  static properties = { route: { attribute: false }, table: { state: true }, failure: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    .frame { overflow-x: auto; border: 1px solid var(--border); border-radius: var(--radius); background: var(--surface-raised); }
    table { width: 100%; border-collapse: collapse; }
    th, td { padding: var(--space-2) var(--space-3); border-bottom: 1px solid var(--border); text-align: center; vertical-align: middle; }
    thead th { background: var(--surface); font: var(--text-meta); font-weight: 600; color: var(--text-quiet); vertical-align: bottom; }
    tbody th, thead th:first-child { text-align: start; min-width: 220px; }
    tbody tr:last-child > * { border-bottom: 0; }
    tbody th span { display: block; font: var(--text-meta); color: var(--text-quiet); }
    tr.own { background: var(--accent-surface); }
    .yes { color: var(--ok-text); }
    .no { color: var(--text-quiet); }
    .filters { display: grid; grid-template-columns: minmax(160px, 240px) minmax(0, 1fr); gap: var(--space-3); }
  `];

  connectedCallback() {
    super.connectedCallback();
    this.#read();
  }

  async #read() {
    this.failure = null;
    try {
      this.table = await get('/api/roles');
    } catch (failure) {
      this.failure = failure;
    }
  }

  render() {
    const tab = TABS.includes(this.route.query.tab) ? this.route.query.tab : TABS[0];
    return html`<div class="stack"><div><h1>${t('frame.screen.roles')}</h1><p class="quiet">${t('roles.text')}</p></div>
      ${this.table ? html`<k-tabs label=${t('frame.screen.roles')} .active=${tab} .tabs=${TABS.map((id) => ({ id, label: t(`roles.tab.${id}`) }))} @change=${(e) => merge({ tab: e.detail.id }, { replace: true })}></k-tabs>
          ${{ rights: () => this.#rights(), routes: () => this.#filtered(this.#routes()), commands: () => this.#filtered(this.#commands()) }[tab]()}`
        : this.failure ? html`<k-problem .error=${this.failure} @retry=${() => this.#read()}></k-problem>` : html`<k-skeleton rows="8"></k-skeleton>`}</div>`;
  }

  #rights() {
    const { roles, rights } = this.table;
    const own = session()?.role;
    return html`<div class="frame"><table><caption class="hidden">${t('roles.tab.rights')}</caption>
      <thead><tr><th scope="col">${t('roles.role')}</th>${rights.map((right) => html`<th scope="col">${rightName(right)}</th>`)}</tr></thead>
      <tbody>${roles.map((role) => html`<tr class=${role.role === own ? 'own' : ''}><th scope="row">${roleName(role.role)} ${role.role === own ? html`<k-badge state="ok">${t('roles.own')}</k-badge>` : nothing}
        <span>${has(`roles.is.${role.role}`) ? t(`roles.is.${role.role}`) : role.words}</span></th>
        ${rights.map(({ right }) => html`<td>${role.rights.includes(right) ? html`<span class="yes"><k-icon name="check" label=${t('roles.yes')}></k-icon></span>` : html`<span class="no"><k-icon name="minus" label=${t('roles.no')}></k-icon></span>`}</td>`)}</tr>`)}</tbody></table></div>
      <p class="quiet">${t('roles.partners')}</p>`;
  }

  /** What a rule asks for, in words. @param {any} route a row of `routes` */
  #asks({ who, needs }) {
    if (needs.length === 0) {
      return t(`roles.asks.${who}`);
    }
    const name = (right) => rightName(this.table.rights.find((row) => row.right === right) ?? { right, words: right });
    return needs.map((all) => all.map(name).join(' + ')).join(t('roles.or'));
  }

  #open(route, role) {
    const rights = this.table.roles.find((one) => one.role === role)?.rights ?? [];
    return route.needs.length === 0 || route.needs.some((all) => all.every((right) => rights.includes(right)));
  }

  #routes() {
    return this.table.routes.map((route) => ({ ...route, id: `${route.method} ${route.path}`, route }));
  }

  #commands() {
    const routes = new Map(this.table.routes.map((route) => [`${route.method} ${route.path}`, route]));
    return this.table.commands.map(({ command, asks }) => ({ id: `koprik ${command}`, asks, route: routes.get(asks) }));
  }

  #filtered(rows) {
    const { role = '', q = '' } = this.route.query;
    const words = q.trim().toLowerCase();
    const shown = rows
      .filter((row) => role === '' || (row.route && this.#open(row.route, role)))
      .filter((row) => words === '' || `${row.id} ${this.#said(row)}`.toLowerCase().includes(words));
    return html`<div class="filters"><k-field type="select" name="role" label=${t('roles.openTo')} .value=${role} .options=${[{ value: '', label: t('roles.all') }, ...this.table.roles.map((one) => ({ value: one.role, label: roleName(one.role) }))]} @change=${(e) => merge({ role: e.detail.value }, { replace: true })}></k-field>
        <k-field type="search" name="q" label=${t('roles.search')} .value=${q} @input=${(e) => merge({ q: e.detail.value }, { replace: true })}></k-field></div>
      ${shown.length === 0 ? html`<p class="quiet">${t('roles.nothing')}</p>` : html`<k-table dense local quiet-open label=${t('roles.tab.routes')} .rows=${shown} .columns=${[
        { id: 'id', label: t(rows[0].asks === undefined ? 'roles.route' : 'roles.command'), width: 'half', cell: (row) => html`<code translate="no">${row.id}</code>` },
        { id: 'needs', label: t('roles.needs'), cell: (row) => this.#said(row) },
        { id: 'more', label: t('roles.more'), cell: (row) => html`${row.route?.who === 'hidden' ? html`<k-badge>${t('roles.hidden')}</k-badge> ` : nothing}${row.route?.confirmed ? html`<k-badge state="notice" icon="account">${t('roles.second')}</k-badge>` : nothing}` }]}></k-table>`}`;
  }

  #said(row) {
    return row.route ? this.#asks(row.route) : t(`roles.asks.${row.asks}`);
  }
}
customElements.define('koprik-roles', KoprikRoles);
