import { LitElement, css, html, nothing } from 'lit';
import { put } from '../api.js';
import { base } from '../kit/base.js';
import { onKeys } from '../kit/keys.js';
import { toast } from '../kit/toast.js';
import { go } from '../router.js';
import { START, allowed, screenOf } from '../screens.js';
import { may, session, signOut } from '../session.js';
import { LANGUAGES, language, setLanguage, t } from '../texts.js';
import { chosenTheme, theme } from './theme.js';
import '../kit/button.js';
import '../kit/icon.js';
import '../kit/menu.js';
import './purpose.js';

/** The top bar: the centre, the global box, language, theme, account. `bare` shows language and theme alone. */
class KoprikBar extends LitElement {
  static properties = { bare: { type: Boolean }, centre: {} };
  static styles = [base, css`
    :host { display: flex; align-items: center; gap: var(--space-2); height: var(--bar); padding: 0 var(--space-3); background: var(--surface-raised); border-bottom: 1px solid var(--border); }
    .centre { display: flex; align-items: center; gap: var(--space-2); min-width: 0; color: var(--text); text-decoration: none; font-weight: 600; }
    .centre span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-width: 24ch; }
    .emblem { width: 24px; height: 24px; flex: none; fill: none; stroke: var(--accent); stroke-width: 2.2; stroke-linecap: round; }
    form { flex: 1; display: flex; justify-content: center; min-width: 0; }
    .box { position: relative; flex: 1; max-width: 560px; min-width: 0; }
    .box input { width: 100%; height: 32px; padding: 4px 34px 4px 32px; border: 1px solid var(--border-strong); border-radius: var(--radius); background: var(--surface); color: var(--text); text-overflow: ellipsis; }
    .box input::placeholder { color: var(--text-quiet); opacity: 1; }
    .box input:focus-visible { outline-offset: 0; background: var(--surface-raised); }
    .box k-icon { position: absolute; inset: 8px auto auto 9px; color: var(--text-quiet); pointer-events: none; }
    .box kbd { position: absolute; inset: 6px 6px auto auto; pointer-events: none; }
    .menu { display: none; }
    .space { flex: 1; }
    @media (max-width: 640px) { .menu { display: inline-flex; } .box kbd { display: none; } .box input { padding-inline-end: 8px; } .centre span { display: none; } :host { gap: 0; padding: 0 var(--space-1); } form { padding: 0 var(--space-1); } }
    @media (max-width: 640px) { :host([bare]) .menu { display: none; } :host([bare]) .centre span { display: block; } }
  `];

  constructor() {
    super();
    this.centre = '';
    onKeys(this, { Slash: () => this.#input?.select() }, () => (this.bare || !this.#asks() ? {} : { Slash: t('frame.key.box') }));
  }

  get #input() {
    return this.renderRoot.querySelector('input');
  }

  render() {
    return html`
      ${this.bare ? nothing : html`<k-button class="menu" variant="quiet" icon="menu" label=${t('frame.menu')} @click=${() => this.dispatchEvent(new CustomEvent('menu'))}></k-button>`}
      <a class="centre" href="#/" title=${this.centre || 'Koprik'}>
        <svg class="emblem" viewBox="0 0 24 24" aria-hidden="true"><path d="M2 18h20M4 18a8 8 0 0 1 16 0M9 18a3 3 0 0 1 6 0M12 10V5M6.5 12.5L4 9M17.5 12.5L20 9"></path></svg>
        <span>${this.centre || 'Koprik'}</span>
      </a>
      ${this.bare || !this.#asks() ? html`<div class="space"></div>` : this.#box()}
      ${this.bare || !session() || !may('analyse') ? nothing : html`<koprik-purpose .account=${session().account}></koprik-purpose>`}
      <k-menu align="end" variant="quiet" icon="language" icon-only label=${`${t('frame.language')}: ${LANGUAGES[language()]}`} .items=${this.#languages()} @select=${(e) => this.#language(e.detail.id)}></k-menu>
      <k-menu align="end" variant="quiet" icon="theme" icon-only label=${t('frame.theme')} .items=${this.#themes()} @select=${(e) => this.#theme(e.detail.id)}></k-menu>
      ${this.bare || !session() ? nothing : html`<k-menu align="end" variant="quiet" icon="account" icon-only label=${t('frame.account', { name: session().account })} .items=${this.#account()} @select=${(e) => this.#chosen(e.detail.id)}></k-menu>`}`;
  }

  /** Whether the person may look values up. */
  #asks() {
    const screen = screenOf(START);
    return screen !== undefined && allowed(screen, may);
  }

  #box() {
    return html`<form role="search" @submit=${this.#submit}><div class="box"><k-icon name="search"></k-icon>
      <input type="text" name="q" aria-label=${t('frame.box.label')} placeholder=${t('frame.box.hint')} autocomplete="off" spellcheck="false" autocapitalize="off" @keydown=${this.#left} @paste=${this.#paste}><kbd aria-hidden="true">/</kbd></div></form>`;
  }

  #submit(event) {
    event.preventDefault();
    const q = this.#input.value.trim();
    if (q) {
      this.#input.value = '';
      this.#input.blur();
      go(START, { q });
    }
  }

  #left(event) {
    if (event.code === 'Escape') {
      this.#input.blur();
    }
  }

  /** A list of values keeps its lines apart, which a field of one line would join. */
  #paste(event) {
    const text = event.clipboardData.getData('text/plain');
    if (/[\r\n]/.test(text)) {
      event.preventDefault();
      this.#input.setRangeText(text.trim().split(/\s*[\r\n]+\s*/).join(' '), this.#input.selectionStart, this.#input.selectionEnd, 'end');
    }
  }

  #languages() {
    return Object.entries(LANGUAGES).map(([id, label]) => ({ id, label, checked: id === language() }));
  }

  #themes() {
    return ['system', 'light', 'dark'].map((id) => ({ id, label: t(`frame.theme.${id}`), checked: id === chosenTheme() }));
  }

  #account() {
    const { account, role } = session();
    return [
      { id: 'account', icon: 'account', label: account, hint: role ? t(`frame.role.${role}`) : t('frame.account.open') },
      { id: 'keys', icon: 'key', label: t('frame.keys') },
      ...(may() ? [{ id: 'signout', icon: 'signout', label: t('frame.signOut') }] : []),
    ];
  }

  #language(id) {
    setLanguage(id).then(
      () => this.#keep(),
      () => toast(t('frame.language.failed'), { state: 'warning' }),
    );
  }

  #theme(id) {
    theme(id);
    this.requestUpdate();
    this.#keep();
  }

  /** Language and theme go with the account to other browsers. */
  #keep() {
    if (session()) {
      put('/api/account/preferences', { language: language(), theme: chosenTheme() }).catch(() => toast(t('frame.kept.here'), { state: 'notice' }));
    }
  }

  #chosen(id) {
    if (id === 'account') {
      go('/account');
    } else if (id === 'keys') {
      this.dispatchEvent(new CustomEvent('keys'));
    } else {
      signOut().catch(() => toast(t('frame.signOut.failed'), { state: 'danger' }));
    }
  }
}
customElements.define('koprik-bar', KoprikBar);
