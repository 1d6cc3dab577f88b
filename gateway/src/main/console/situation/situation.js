import { LitElement, css, html, nothing, svg } from 'lit';
import { get } from '../api.js';
import { typeWord } from '../cases/model.js';
import { base } from '../kit/base.js';
import { count, number, timeIn } from '../format.js';
import { onKeys } from '../kit/keys.js';
import { merge } from '../router.js';
import { formatLocale, has, t } from '../texts.js';
import './clock.js';
import './lines.js';
import '../kit/badge.js';
import '../kit/button.js';
import '../kit/icon.js';
import '../kit/problem.js';
import '../kit/skeleton.js';

const EVERY_MS = 5000;
const OLD_MS = 20000;

/** The wall of a control room: readable from five metres, without scrolling, by itself for weeks. */
class KoprikSituation extends LitElement {
  static properties = { route: { attribute: false }, answer: { state: true }, failure: { state: true }, read: { state: true }, tall: { state: true } };
  static styles = [base, css`
    :host { display: grid !important; grid-template-rows: auto auto minmax(0, 1fr); gap: 16px; height: calc(100vh - var(--bar) - 2 * var(--space-5)); min-height: 600px; font: 24px/30px var(--font); }
    :host([wall]) { position: fixed; inset: 0; z-index: 30; height: 100vh; max-width: none; min-height: 0; padding: 16px 24px; background: var(--surface); }
    header { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0 24px; }
    h1 { font: 600 32px/40px var(--font); }
    h2 { font: 600 24px/30px var(--font); color: var(--text-quiet); }
    .row { font: 24px/30px var(--font); }
    .figures { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); gap: 16px; margin: 0; }
    .figures div { display: grid; padding: 8px 18px; border: 1px solid var(--border); border-radius: var(--radius); background: var(--surface-raised); align-content: space-between; }
    .figures dd { font: 600 clamp(72px, 10vh, 112px) / 1.05 var(--font); font-variant-numeric: tabular-nums; white-space: nowrap; }
    .figures dt { color: var(--text-quiet); line-height: 28px; overflow-wrap: anywhere; }
    .figures .danger { border-color: var(--danger-border); background: var(--danger-surface); }
    .figures .danger dt, .figures .danger dd { color: var(--danger-text); }
    .body { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 16px; min-height: 0; }
    .right { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); grid-template-rows: minmax(0, 1fr) minmax(0, 1fr); gap: 16px; min-height: 0; }
    .tall .right { grid-template-rows: minmax(0, 1fr) minmax(0, 1fr) 200px; font: 26px/34px var(--font); }
    .hours { grid-column: 1 / 3; }
    .hours svg { width: 100%; height: 100%; }
    .hours rect { fill: var(--chart-1); }
    .hours .axis { display: flex; justify-content: space-between; color: var(--text-quiet); line-height: 30px; }
    .hours .plot { display: grid; grid-template-rows: minmax(0, 1fr) auto; gap: 4px; min-height: 0; }
    section { display: grid; grid-template-rows: auto minmax(0, 1fr); gap: 6px; padding: 10px 16px; border: 1px solid var(--border); border-radius: var(--radius); background: var(--surface-raised); min-height: 0; overflow: hidden; }
    section ul { display: grid; grid-template-columns: minmax(0, 1fr); grid-auto-rows: max-content; align-content: start; gap: 4px; min-height: 0; overflow: hidden; }
    section li { position: relative; display: flex; justify-content: space-between; align-items: center; gap: 16px; min-height: 34px; padding: 0 8px; }
    .tall section li { min-height: 48px; }
    .bar { position: absolute; inset: 0 auto 0 0; border-radius: 4px; background: var(--accent-surface); }
    section li span:not(.bar) { position: relative; }
    section li .name { min-width: 0; overflow: hidden; overflow-wrap: anywhere; hyphens: auto; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; }
    section li .value { font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; }
    .state { display: inline-flex; align-items: center; gap: 10px; padding: 2px 12px; border: 2px solid; border-radius: var(--radius); }
    .state k-icon { width: 28px; height: 28px; }
    .state.danger { color: var(--danger-text); background: var(--danger-surface); }
    .state.warning { color: var(--warning-text); background: var(--warning-surface); }
    .nothing { color: var(--text-quiet); }
    k-button { align-self: center; }
    /* On a telephone it is a page that scrolls. */
    @media (max-width: 900px) {
      :host(:not([wall])) { grid-template-rows: auto; height: auto; min-height: 0; font: 16px/22px var(--font); }
      h1 { font: var(--text-title); }
      h2 { font: var(--text-heading); }
      .figures { grid-auto-flow: row; grid-template-columns: repeat(auto-fill, minmax(130px, 1fr)); gap: 8px; }
      .figures dd { font-size: 36px; }
      .figures dt { line-height: 20px; }
      .body, .right, .tall .right { grid-template-columns: minmax(0, 1fr); grid-template-rows: none; font: inherit; }
      .hours { grid-column: auto; }
      .hours svg { height: 100px; }
    }
  `];
  #timer;
  #abort;
  #resized = () => {
    this.tall = innerHeight >= 900;
    this.requestUpdate();
  };

  constructor() {
    super();
    onKeys(this, { KeyF: () => this.#wall() }, () => ({ KeyF: t('situation.full') }));
    this.#resized();
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('resize', this.#resized);
    this.#loop();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('resize', this.#resized);
    clearTimeout(this.#timer);
    this.#abort?.abort();
  }

  /** A list shows as many whole rows as there is room for. */
  updated() {
    for (const list of this.renderRoot.querySelectorAll('section > ul')) {
      const rows = [...list.children];
      rows.forEach((row) => (row.hidden = false));
      const end = list.getBoundingClientRect().bottom + 1;
      rows.map((row) => row.getBoundingClientRect().bottom > end).forEach((cut, at) => (rows[at].hidden = cut));
    }
  }

  /** One request at a time, the next only after the answer: a slow centre is not asked more and more. */
  async #loop() {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    try {
      this.answer = await get('/api/situation', {}, { signal });
      this.read = Date.now();
      this.failure = null;
    } catch (failure) {
      if (!signal.aborted) {
        this.failure = failure;
      }
    }
    if (!signal.aborted) {
      this.#timer = setTimeout(() => this.#loop(), EVERY_MS);
    }
  }

  #wall() {
    const on = !this.route.query.wall;
    merge({ wall: on ? 1 : '' }, { replace: true });
    if (on) {
      document.documentElement.requestFullscreen?.().catch(() => {});
    } else if (document.fullscreenElement) {
      document.exitFullscreen();
    }
  }

  render() {
    this.toggleAttribute('wall', Boolean(this.route.query.wall));
    const { answer } = this;
    if (!answer) {
      return this.failure ? html`<k-problem .error=${this.failure} @retry=${() => this.#loop()}></k-problem>` : html`<k-skeleton rows="10"></k-skeleton>`;
    }
    return html`<header><h1>${answer.title} · ${t('frame.screen.situation')}</h1>${this.#state()}<koprik-clock .zone=${answer.zone} ?brief=${!this.tall && (!this.route.query.wall || this.#old() || answer.missing.length > 0)}></koprik-clock>
        ${this.route.query.wall ? nothing : html`<k-button icon="show" key="KeyF" @click=${() => this.#wall()}>${t('situation.full')}</k-button>`}</header>
      ${this.#figures(answer)}
      <div class="body ${this.tall ? 'tall' : ''}">
        <section><h2>${t('situation.centres')}</h2>${answer.lines.length
          ? html`<koprik-lines .lines=${answer.lines} .centre=${answer.title} most=${this.tall ? 8 : 5}></koprik-lines>` : html`<p class="nothing">${t('situation.centres.none')}</p>`}</section>
        <div class="right">${this.#bursts(answer)}${this.#crimes(answer)}${this.#families(answer)}${this.#alerts(answer)}${this.tall && answer.today ? this.#hours(answer.today) : nothing}</div>
      </div>`;
  }

  #old() {
    return Boolean(this.failure) || Date.now() - this.read > OLD_MS;
  }

  #state() {
    if (this.#old()) {
      return html`<span class="state danger" role="status"><k-icon name="clock"></k-icon>${t('situation.old', { time: timeIn(this.read, this.answer.zone) })}</span>`;
    }
    return this.answer.missing.length
      ? html`<span class="state warning" role="status"><k-icon name="warning"></k-icon>${t('situation.partial', { parts: this.answer.missing.map((part) => t(`situation.part.${part}`)).join(', ') })}</span>`
      : nothing;
  }

  #figures({ exchanged, cases, alerts }) {
    const refused = exchanged.refused_in + exchanged.refused_out;
    const figure = (id, value, state = '') => html`<div class=${state}><dt>${t(`situation.figure.${id}`)}</dt><dd>${value}</dd></div>`;
    return html`<dl class="figures">${figure('in', short(exchanged.in))}${figure('out', short(exchanged.out))}${figure('refused', short(refused))}
      ${cases ? figure('cases', short(cases.open) + (cases.more ? '+' : '')) : nothing}${alerts ? figure('alerts', short(alerts.open) + (alerts.more ? '+' : ''), alerts.open > 0 ? 'danger' : '') : nothing}</dl>`;
  }

  #list(id, rows, none) {
    return html`<section class=${id}><h2>${t(`situation.${id}`)}</h2>${rows?.length
      ? html`<ul>${rows.map(([name, value, share]) => html`<li>${share === undefined ? nothing : html`<span class="bar" .style=${`width: ${share * 100}%`}></span>`}<span class="name">${name}</span><span class="value">${value}</span></li>`)}</ul>` : html`<p class="nothing">${none}</p>`}</section>`;
  }

  #bursts({ bursts }) {
    return this.#list('bursts', bursts?.map((one) => [named(one), html`${number(one.expected)} → ${number(one.observed)}`]), t(bursts ? 'situation.bursts.none' : 'situation.missing'));
  }

  #crimes({ cases, missing }) {
    return this.#list('crimes', cases?.types.map((one) => [typeWord(one.name), count(one.count), one.count / cases.types[0].count]), t(cases ? 'situation.crimes.none' : missing.includes('cases') ? 'situation.missing' : 'situation.crimes.notYours'));
  }

  /** Kinds of values where no report names a family. */
  #families({ today }) {
    const families = today?.families.length ? today.families.map((one) => [one.name, count(one.count), one.count / today.families[0].count]) : null;
    return families
      ? this.#list('families', families, '')
      : this.#list('kinds', today?.kinds.map((one) => [named({ dimension: 'kind', name: one.name }), count(one.count), one.count / today.kinds[0].count]), t(today ? 'situation.kinds.none' : 'situation.missing'));
  }

  /** What came in each hour of the day so far. */
  #hours({ hours }) {
    const day = hours.slice(0, 24);
    const most = Math.max(1, ...day);
    return html`<section class="hours"><h2>${t('situation.hours')}</h2><div class="plot"><svg viewBox="0 0 240 100" preserveAspectRatio="none" role="img" aria-label=${t('situation.hours')}>${day.map((value, n) =>
      svg`<rect x=${n * 10 + 1} y=${100 - (value / most) * 96} width="8" height=${(value / most) * 96}></rect><rect x=${n * 10 + 1} y="98" width="8" height="2"></rect>`)}</svg>
      <div class="axis"><span>0</span><span>6</span><span>12</span><span>18</span><span>24</span></div></div></section>`;
  }

  #alerts({ alerts, zone }) {
    return this.#list('alerts', alerts?.newest.map((one) => [one.case_number ? t('situation.alert.case', { number: one.case_number, rule: has(`help.rule.${one.rule}`) ? t(`help.rule.${one.rule}`) : '' }) : t(`situation.alert.${one.kind}`), timeIn(one.time, zone)]),
      t(alerts ? 'situation.alerts.none' : 'situation.missing'));
  }
}
customElements.define('koprik-situation', KoprikSituation);

/** A figure of at most some characters: large ones are rounded. */
const compact = new Map();
function short(n) {
  const locale = formatLocale();
  if (!compact.has(locale)) {
    compact.set(locale, new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 }));
  }
  return n < 10000 ? number(n) : compact.get(locale).format(n);
}

/** What a burst is of, in the reader's language. */
function named({ dimension, name }) {
  if (dimension === 'kind') {
    return has(`kit.kind.${name}`) ? t(`kit.kind.${name}`) : name;
  }
  return dimension === 'region' && /^[A-Z]{2}$/.test(name) ? new Intl.DisplayNames(formatLocale(), { type: 'region' }).of(name) : name;
}
