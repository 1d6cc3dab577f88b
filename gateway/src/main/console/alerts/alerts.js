import { LitElement, css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { base } from '../kit/base.js';
import { onKeys } from '../kit/keys.js';
import { tell, toast } from '../kit/toast.js';
import { get, post } from '../api.js';
import { go, link, merge } from '../router.js';
import { count } from '../format.js';
import { may } from '../session.js';
import { centres } from '../stix/words.js';
import { t } from '../texts.js';
import { TYPES, options, ruleWord, typeWord } from '../cases/model.js';
import { isLive } from './watch.js';
import './alert.js';
import '../kit/badge.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/empty.js';
import '../kit/field.js';
import '../kit/pager.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/tabs.js';
import '../kit/time.js';

const FILTERS = ['case', 'crime_type', 'rule', 'min_score', 'producer'];
const RULES = ['same_value', 'subdomain', 'url_on_host', 'email_at_domain', 'in_network', 'same_cluster', 'same_ends', 'pattern'];
const SCORES = [90, 75, 50];
const GROUPS = 50;
const PAGE = 100;
/** Alerts that one request reads or acknowledges at most. */
const MOST = 1000;
const TYPING_MS = 300;
const SOON_MS = 300;

/** Whether an alert is in a group: of a case, of conflicts of ids, or of notices to operators. */
const isOf = (group, alert) => (group.case ? alert.case?.id === group.case.id : !alert.case && Boolean(alert.object_id) === (group.group === 'conflicts'));

/** Screen Alerts: live, by case, each once; the filters are in the address. */
class KoprikAlerts extends LitElement {
  static properties = {
    route: { attribute: false }, answer: { state: true }, error: { state: true }, whole: { state: true }, active: { state: true }, busy: { state: true }, groups: { state: true }, live: { state: true },
  };
  static styles = [base, css`
    .filters { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(180px, 100%), 1fr)); gap: var(--space-3); align-items: end; }
    .group { display: grid; gap: var(--space-2); grid-template-columns: minmax(0, 1fr); }
    .group .title { overflow-wrap: anywhere; }
    .items { display: grid; }
    h2 a { overflow-wrap: anywhere; }
  `];

  #asked = null;
  #timer;
  #typing;
  #turn = 0;

  constructor() {
    super();
    this.whole = {};
    this.busy = new Set();
    this.groups = GROUPS;
    onKeys(this, {
      KeyJ: () => this.#move(1), KeyK: () => this.#move(-1), KeyC: () => this.#acknowledge(this.#all().filter((one) => one.id === this.active)), Enter: () => this.#open(),
    }, () => ({ KeyJ: t('alerts.next'), KeyK: t('alerts.previous'), KeyC: t('alerts.acknowledge'), Enter: t('alerts.open') }));
  }

  #given = () => {
    this.live = isLive();
    this.#soon();
  };

  connectedCallback() {
    super.connectedCallback();
    this.live = isLive();
    window.addEventListener('koprik-alert', this.#given);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('koprik-alert', this.#given);
    this.#asked = null;
    clearTimeout(this.#timer);
  }

  get #query() {
    return this.route?.query ?? {};
  }

  get #state() {
    return this.#query.state === 'acknowledged' ? 'acknowledged' : 'open';
  }

  #filter() {
    return Object.fromEntries(FILTERS.map((name) => [name, this.#query[name]]));
  }

  willUpdate() {
    const asked = JSON.stringify([this.#state, this.#filter()]);
    if (this.isConnected && asked !== this.#asked) {
      this.#asked = asked;
      this.answer = null;
      this.whole = {};
      this.groups = GROUPS;
      this.#load();
    }
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#load(), SOON_MS);
  }

  async #load() {
    const turn = ++this.#turn;
    try {
      const asked = get('/api/alerts/groups', { ...this.#filter(), state: this.#state, limit: this.groups });
      const [answer] = await Promise.all([asked, may('analyse') ? centres().catch(() => null) : null]);
      if (turn === this.#turn) {
        this.answer = answer;
        this.error = null;
      }
    } catch (failure) {
      if (turn === this.#turn) {
        this.error = failure;
      }
    }
  }

  async #rest(group) {
    try {
      const found = await get('/api/alerts', { ...this.#filter(), case: group.case?.number, state: this.#state, limit: PAGE });
      this.whole = { ...this.whole, [this.#key(group)]: found.alerts.filter((one) => isOf(group, one)) };
    } catch (failure) {
      this.error = failure;
    }
  }

  /** All alerts of a group that were there when it was drawn: nobody acknowledges what came since. */
  async #every(group) {
    const newest = Math.max(...this.#alerts(group).map((one) => one.seq));
    const all = [];
    let cursor;
    do {
      const page = await get('/api/alerts', { ...this.#filter(), case: group.case?.number, state: this.#state, limit: MOST, cursor });
      all.push(...page.alerts.filter((one) => one.seq <= newest && isOf(group, one)));
      cursor = page.next;
    } while (cursor);
    return all;
  }

  #key(group) {
    return group.case?.id ?? group.group;
  }

  #alerts(group) {
    const whole = this.whole[this.#key(group)] ?? [];
    const newest = new Set(group.alerts.map((one) => one.id));
    return [...group.alerts, ...whole.filter((one) => !newest.has(one.id) && Boolean(one.acknowledged) === (this.#state === 'acknowledged'))];
  }

  #all() {
    return (this.answer?.groups ?? []).flatMap((group) => this.#alerts(group));
  }

  async #move(by) {
    const all = this.#all();
    const at = all.findIndex((one) => one.id === this.active);
    this.active = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))]?.id;
    await this.updateComplete;
    const element = [...this.renderRoot.querySelectorAll('koprik-alert')].find((one) => one.alert.id === this.active);
    element?.focus();
  }

  #open() {
    const alert = this.#all().find((one) => one.id === this.active);
    if (alert?.case) {
      go(`/cases/${encodeURIComponent(alert.case.id)}`);
    } else if (alert?.object_id) {
      go(`/objects/${encodeURIComponent(alert.object_id)}`);
    }
  }

  async #acknowledge(alerts) {
    const ids = alerts.map((one) => one.id).filter((id) => !this.busy.has(id));
    const acknowledged = this.#state === 'open';
    if (ids.length === 0) {
      return;
    }
    const all = this.#all();
    const next = all.slice(all.findIndex((one) => one.id === ids.at(-1)) + 1).find((one) => !ids.includes(one.id)) ?? all.findLast((one) => !ids.includes(one.id));
    if (!(await this.#send(ids, acknowledged, next?.id))) {
      return;
    }
    toast(t(acknowledged ? 'alerts.acknowledged' : 'alerts.back', { count: ids.length }), { state: 'ok', undo: () => this.#send(ids, !acknowledged, ids[0]) });
  }

  async #send(ids, acknowledged, next) {
    this.busy = new Set([...this.busy, ...ids]);
    try {
      for (let from = 0; from < ids.length; from += MOST) {
        await post('/api/alerts/acknowledge', { alerts: ids.slice(from, from + MOST), acknowledged });
      }
      const held = this.active && ids.includes(this.active);
      await this.#load();
      window.dispatchEvent(new CustomEvent('koprik-alerts'));
      if (held || !this.active) {
        this.active = next;
        await this.#move(0);
      }
      return true;
    } catch (failure) {
      this.error = failure;
      tell(failure); // what was pressed may be far below, or on a screen that has been left
      return false;
    } finally {
      this.busy = new Set([...this.busy].filter((id) => !ids.includes(id)));
    }
  }

  /** All alerts of a group, also those that are not shown. */
  async #group(group) {
    try {
      await this.#acknowledge(group.count > this.#alerts(group).length ? await this.#every(group) : this.#alerts(group));
    } catch (failure) {
      this.error = failure;
      tell(failure);
    }
  }

  render() {
    const filtered = FILTERS.some((name) => this.#query[name]);
    return html`<div class="stack">
      <div class="spread"><h1>${t('alerts.heading')}</h1><k-badge state=${this.live === false ? 'warning' : this.live ? 'ok' : 'neutral'} icon=${this.live === false ? 'offline' : 'alerts'}>${t(this.live === false ? 'alerts.lost' : 'alerts.live')}</k-badge></div>
      <k-tabs label=${t('alerts.heading')} .active=${this.#state} .tabs=${['open', 'acknowledged'].map((id) => ({ id, label: t(`alerts.state.${id}`), count: id === this.#state ? this.answer?.count : undefined }))} @change=${(e) => merge({ state: e.detail.id === 'open' ? '' : e.detail.id })}></k-tabs>
      ${this.#filters()}
      ${filtered ? html`<div><k-button small variant="quiet" icon="close" @click=${() => go('/alerts', { state: this.#query.state })}>${t('alerts.filter.clear')}</k-button></div>` : nothing}
      ${this.error ? html`<k-problem .error=${this.error} @retry=${() => { this.error = null; this.#load(); }}></k-problem>` : nothing}
      ${this.answer === null || this.answer === undefined ? (this.error ? nothing : html`<k-skeleton rows="6"></k-skeleton>`) : this.#found(filtered)}</div>`;
  }

  #filters() {
    const query = this.#query;
    const typed = (name) => (event) => {
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => merge({ [name]: event.detail.value.trim() }, { replace: true }), TYPING_MS);
    };
    const chosen = (name) => (event) => merge({ [name]: event.detail.value });
    return html`<div class="filters" role="search" aria-label=${t('alerts.filter')}>
      <k-field type="search" label=${t('alerts.filter.case')} .value=${query.case ?? ''} @input=${typed('case')}></k-field>
      <k-field type="search" label=${t('alerts.filter.producer')} .value=${query.producer ?? ''} @input=${typed('producer')}></k-field>
      <k-field type="select" label=${t('cases.type')} .value=${query.crime_type ?? ''} .options=${options(TYPES, typeWord, t('cases.any'))} @change=${chosen('crime_type')}></k-field>
      <k-field type="select" label=${t('cases.match.why')} .value=${query.rule ?? ''} .options=${options(RULES, ruleWord, t('cases.any'))} @change=${chosen('rule')}></k-field>
      <k-field type="select" label=${t('alerts.filter.score')} .value=${query.min_score ?? ''} .options=${options(SCORES, (score) => t('alerts.filter.from', { score }), t('cases.any'))} @change=${chosen('min_score')}></k-field>
    </div>`;
  }

  #found(filtered) {
    if (this.answer.groups.length === 0) {
      return filtered
        ? html`<k-empty icon="filter" heading=${t('alerts.none')} text=${t('alerts.none.text')}><k-button slot="action" @click=${() => go('/alerts', { state: this.#query.state })}>${t('alerts.filter.clear')}</k-button></k-empty>`
        : html`<k-empty icon=${this.#state === 'open' ? 'ok' : 'alerts'} heading=${t(`alerts.empty.${this.#state}`)} text=${t('alerts.empty.text')}><k-button slot="action" icon="cases" href=${link('/cases')}>${t('alerts.toCases')}</k-button></k-empty>`;
    }
    return html`${repeat(this.answer.groups, (group) => this.#key(group), (group) => this.#shown(group))}
      <k-pager ?more=${this.answer.more} @more=${() => { this.groups = Math.min(200, this.groups + GROUPS); this.#load(); }}></k-pager>`;
  }

  #shown(group) {
    const alerts = this.#alerts(group);
    return html`<section class="card group">
      <div class="spread"><h2>${group.case ? html`<a href=${link(['cases', group.case.id])}>${group.case.number}</a> <span class="title">${group.case.title}</span>` : t(`alerts.group.${group.group}`)}</h2>
        <div class="row"><span class="meta">${t('alerts.count', { count: count(group.count) })}</span>
          <k-button small icon=${this.#state === 'open' ? 'check' : 'undo'} @click=${() => this.#group(group)}>${t(this.#state === 'open' ? 'alerts.acknowledgeAll' : 'alerts.takeBackAll')}</k-button></div></div>
      <div class="items">${repeat(alerts, (alert) => alert.id, (alert) => html`<koprik-alert .alert=${alert} ?active=${alert.id === this.active} ?busy=${this.busy.has(alert.id)}
        @focusin=${() => (this.active = alert.id)} @acknowledge=${() => this.#acknowledge([alert])}></koprik-alert>`)}</div>
      ${group.count > alerts.length ? html`<div><k-button small variant="quiet" icon="down" @click=${() => this.#rest(group)}>${t('alerts.all', { count: count(group.count) })}</k-button></div>` : nothing}
    </section>`;
  }
}
customElements.define('koprik-alerts', KoprikAlerts);
