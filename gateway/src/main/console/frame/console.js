import { LitElement, css, html, nothing } from 'lit';
import { get, module } from '../api.js';
import { base } from '../kit/base.js';
import { onKeys } from '../kit/keys.js';
import { current, go, link, onRoute } from '../router.js';
import { SCREENS, START, allowed, screenOf } from '../screens.js';
import { may, needs, renew, session } from '../session.js';
import { LANGUAGES, language, load, setLanguage, t } from '../texts.js';
import { startWatching, stopWatching } from './marks.js';
import { chosenTheme, theme } from './theme.js';
import './bar.js';
import './keylist.js';
import './rail.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/empty.js';
import '../kit/problem.js';
import '../kit/skeleton.js';

const NARROW = 'koprik-rail';
const RETRY_MS = 10000;

/** The frame of all screens. It decides which screen is shown: by the route, the session and the rights. */
class KoprikConsole extends LitElement {
  static properties = { view: { state: true }, marks: { state: true }, narrow: { state: true }, drawer: { state: true }, keys: { state: true }, offline: { state: true }, centre: { state: true } };
  static styles = [base, css`
    :host { display: grid; grid-template: var(--bar) minmax(0, 1fr) / auto minmax(0, 1fr); min-height: 100vh; }
    koprik-bar { grid-area: 1 / 1 / 2 / 3; position: sticky; top: 0; z-index: 25; }
    nav { grid-area: 2 / 1; position: sticky; top: var(--bar); width: var(--rail); height: calc(100vh - var(--bar)); background: var(--surface-raised); border-inline-end: 1px solid var(--border); z-index: 15; }
    nav.narrow { width: 56px; }
    main { grid-area: 2 / 2; min-width: 0; padding: var(--space-5); outline: none; }
    main:focus-visible { outline: none; }
    main > * { display: block; max-width: var(--page); margin: 0 auto; }
    main.wide > * { max-width: none; }
    main > .offline { display: flex; position: sticky; top: calc(var(--bar) + var(--space-2)); z-index: 14; margin-bottom: var(--space-4); }
    .skip { position: fixed; inset: 8px auto auto 8px; z-index: 60; padding: 8px 12px; background: var(--surface-raised); border-radius: var(--radius); transform: translateY(-200%); }
    .skip:focus { transform: none; }
    .scrim { display: none; }
    :host([bare]) main { grid-column: 1 / 3; }
    @media (max-width: 640px) {
      :host { grid-template-columns: minmax(0, 1fr); }
      koprik-bar { grid-area: 1 / 1; }
      main, :host([bare]) main { grid-area: 2 / 1; padding: var(--space-4) var(--space-3); }
      nav, nav.narrow { position: fixed; inset: var(--bar) auto 0 0; width: min(280px, 80vw); height: auto; visibility: hidden; z-index: 24; }
      nav.drawer { visibility: visible; box-shadow: var(--shadow); }
      .scrim.drawer { display: block; position: fixed; inset: var(--bar) 0 0 0; background: var(--scrim); z-index: 23; }
    }
    @media print { :host { display: block; } koprik-bar, nav, .skip, .offline { display: none !important; } main { padding: 0; } main > * { max-width: none; } }
  `];

  #element = null;
  #kept = '';
  #turn = 0;

  constructor() {
    super();
    this.view = { kind: 'loading' };
    this.centre = '';
    this.marks = {};
    this.narrow = localStorage.getItem(NARROW) === 'narrow' || matchMedia('(max-width: 1000px)').matches;
    onKeys(this, {
      '?': () => (this.keys = true),
      ...Object.fromEntries(SCREENS.filter((one) => one.key).map((one) => [`KeyG ${one.key}`, () => allowed(one, may) && may() && go(one.path)])),
    });
  }

  /** Begins: asks who is signed in, and shows the screen of the address. */
  async start() {
    onRoute(() => this.#show());
    addEventListener('koprik-signed-out', () => this.#signedOut());
    addEventListener('koprik-session', (/** @type {any} */ event) => this.#signedIn(event.detail));
    addEventListener('koprik-language', () => this.#title());
    addEventListener('koprik-reachable', (/** @type {any} */ event) => this.#reachable(event.detail));
    addEventListener('online', () => this.#again());
    get('/api/sign-in').then(({ title }) => (this.centre = title), () => {});
    if (!screenOf(current().path)?.open) {
      await renew().catch((failure) => (needs() ? this.#show() : failure.status === 401 || this.#failed(failure)));
    } else {
      renew().catch(() => this.#show());
    }
  }

  #signedOut() {
    stopWatching();
    this.marks = {};
    const { path } = current();
    if (!screenOf(path)?.open) {
      this.#kept = location.hash;
    }
    this.#show();
  }

  #signedIn(person) {
    if (person.language && person.language in LANGUAGES && person.language !== language()) {
      setLanguage(person.language);
    }
    if (person.theme && person.theme !== chosenTheme()) {
      theme(person.theme);
    }
    startWatching((screen, mark) => {
      this.marks = { ...this.marks, [screen]: mark };
    });
    const kept = this.#kept;
    this.#kept = '';
    if (screenOf(current().path)?.id === 'signin') {
      history.replaceState(null, '', kept || '#/');
    }
    this.#show();
  }

  #reachable(now) {
    clearTimeout(this.retry);
    this.offline = !now;
    if (!now) {
      this.retry = setTimeout(() => this.#again(), RETRY_MS);
    }
  }

  #again() {
    renew().then(
      () => this.#reachable(true),
      (failure) => this.#reachable(failure.status !== 0),
    );
  }

  /** The row that the route and the session ask for. */
  #wanted(route) {
    const named = screenOf(route.path);
    if (session() === null && !named?.open) {
      return SCREENS.find((screen) => screen.id === 'signin');
    }
    if (route.path === '/') {
      const able = (screen) => screen && allowed(screen, may);
      return [screenOf(START), ...SCREENS.filter((screen) => screen.rail), screenOf('/components')].find(able);
    }
    return named;
  }

  async #show() {
    const turn = ++this.#turn;
    const route = current();
    const screen = this.#wanted(route);
    this.drawer = false;
    if (!screen) {
      this.#element = null;
      this.view = { kind: 'unknown' };
    } else if (!screen.open && !allowed(screen, may)) {
      this.#element = null;
      this.view = { kind: 'forbidden', screen };
    } else if (this.#element?.localName === screen.tag) {
      this.#element.route = route;
      this.view = { kind: 'screen', screen, route };
    } else {
      await this.#open(turn, screen, route);
    }
    this.#title();
  }

  async #open(turn, screen, route) {
    this.#element = null;
    this.view = { kind: 'loading', screen };
    try {
      await Promise.all([module(screen.module), load(...screen.namespaces)]);
    } catch (failure) {
      if (turn === this.#turn) {
        this.#failed(failure);
      }
      return;
    }
    if (turn !== this.#turn) {
      return;
    }
    this.#element = document.createElement(screen.tag);
    this.#element.route = route;
    this.view = { kind: 'screen', screen, route };
    await this.updateComplete;
    await this.#element.updateComplete;
    if (!this.#element?.matches(':focus-within')) {
      this.renderRoot.querySelector('main').focus({ preventScroll: true });
    }
    scrollTo(0, 0);
  }

  #failed(failure) {
    this.#element = null;
    this.view = { kind: 'failed', failure };
  }

  #title() {
    const { screen } = this.view;
    document.title = [screen && t(`frame.screen.${screen.id}`), this.centre || session()?.centre, 'Koprik'].filter(Boolean).join(' · ');
  }

  render() {
    const { screen, route } = this.view;
    const bare = session() === null || Boolean(typeof screen?.bare === 'function' ? route && screen.bare(route) : screen?.bare);
    this.toggleAttribute('bare', bare);
    return html`
      <a class="skip" href=${location.hash || '#/'} @click=${this.#skip}>${t('frame.skip')}</a>
      <koprik-bar .bare=${bare} ?bare=${bare} .centre=${this.centre || session()?.centre || ''} @menu=${() => (this.drawer = !this.drawer)} @keys=${() => (this.keys = true)}></koprik-bar>
      ${bare ? nothing : html`
        <div class="scrim ${this.drawer ? 'drawer' : ''}" @click=${() => (this.drawer = false)}></div>
        <nav class="${this.narrow ? 'narrow' : ''} ${this.drawer ? 'drawer' : ''}" aria-label=${t('frame.nav')} @keydown=${this.#navKey}>
          <koprik-rail .active=${screen?.id ?? ''} .marks=${this.marks} ?narrow=${this.narrow && !this.drawer} @collapse=${this.#collapse}></koprik-rail>
        </nav>`}
      <main tabindex="-1" class=${screen?.wide ? 'wide' : ''}>
        ${this.offline ? html`<k-banner class="offline" state="warning" icon="offline" role="status">${t('frame.offline')}<k-button slot="action" small @click=${this.#again}>${t('frame.offline.again')}</k-button></k-banner>` : nothing}
        ${this.#content()}
      </main>
      <koprik-keylist ?open=${this.keys} @close=${() => (this.keys = false)}></koprik-keylist>`;
  }

  #content() {
    const { kind, failure, screen } = this.view;
    switch (kind) {
      case 'screen':
        return this.#element;
      case 'failed':
        return html`<k-problem .error=${failure} @retry=${() => (failure.reload ? location.reload() : session() ? this.#show() : this.#again())}></k-problem>`;
      case 'forbidden':
        return html`<k-empty icon="lock" heading=${t('frame.forbidden')} text=${t(`frame.right.${[screen.right].flat()[0]}`)}></k-empty>`;
      case 'unknown':
        return html`<k-empty icon="question" heading=${t('frame.unknown')} text=${t('frame.unknown.text')}><k-button slot="action" variant="primary" href=${link('/')}>${t('frame.unknown.start')}</k-button></k-empty>`;
      default:
        return html`<div><k-skeleton lines="6"></k-skeleton></div>`;
    }
  }

  #skip(event) {
    event.preventDefault();
    this.renderRoot.querySelector('main').focus();
  }

  #navKey(event) {
    if (event.code === 'Escape') {
      this.drawer = false;
    }
  }

  #collapse() {
    this.narrow = !this.narrow;
    localStorage.setItem(NARROW, this.narrow ? 'narrow' : 'wide');
  }
}
customElements.define('koprik-console', KoprikConsole);
