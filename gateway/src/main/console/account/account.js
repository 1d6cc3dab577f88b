import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { put } from '../api.js';
import { chosenTheme, theme } from '../frame/theme.js';
import { tell, toast } from '../kit/toast.js';
import { link } from '../router.js';
import { session } from '../session.js';
import { LANGUAGES, language, setLanguage, t } from '../texts.js';
import './second.js';
import './secret.js';
import './sessions.js';
import '../tokens/own.js';
import '../kit/chip.js';
import '../kit/field.js';

/** The person's own account: who it is, password, second factor, sessions, language and theme. */
class KoprikAccount extends LitElement {
  static properties = { route: { attribute: false } };
  static styles = [base, css`
    .page { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-4); }
    .who { display: flex; flex-wrap: wrap; gap: var(--space-2); align-items: center; }
    .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(440px, 100%), 1fr)); gap: var(--space-4); align-items: start; }
    .choices { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(180px, 100%), 1fr)); gap: var(--space-4); }
  `];

  render() {
    const person = session();
    if (!person) {
      return nothing;
    }
    const own = person.signIn === 'session' || person.signIn === 'password';
    return html`<div class="page">
      <header class="stack"><h1>${person.account}</h1>
        <p class="who"><k-chip label=${person.role ? t(`frame.role.${person.role}`) : person.account}></k-chip>
          <span class="quiet">${person.units ? t('account.units', { units: person.units.join(', ') }) : t('account.units.all')}</span> <a href=${link('/roles')}>${t('account.may')}</a></p></header>
      <div class="columns"><div class="stack">
        <section class="card stack"><h2>${t('account.second')}</h2>${own ? html`<koprik-second-factor></koprik-second-factor>` : html`<p>${t('account.second.elsewhere')}</p>`}</section>
        <section class="card stack"><h2>${t('account.sessions')}</h2><p>${t('account.sessions.text')}</p><koprik-sessions></koprik-sessions></section>
        ${own || person.signIn === 'token' ? html`<section class="card stack" id="tokens"><h2>${t('tokens.title')}</h2><p>${t('tokens.text')}</p><koprik-own-tokens></koprik-own-tokens></section>` : nothing}
      </div><div class="stack">
        <section class="card stack"><h2>${t('account.secret')}</h2>${own ? html`<p>${t('account.secret.text')}</p><koprik-secret @done=${() => this.#secretSet()}></koprik-secret>` : html`<p>${t('account.secret.elsewhere')}</p>`}</section>
        <section class="card stack"><h2>${t('account.look')}</h2><div class="choices">
          <k-field type="select" name="language" label=${t('frame.language')} .value=${language()} .options=${Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))} @change=${(e) => this.#language(e.detail.value)}></k-field>
          <k-field type="select" name="theme" label=${t('frame.theme')} .value=${chosenTheme()} .options=${['system', 'light', 'dark'].map((value) => ({ value, label: t(`frame.theme.${value}`) }))} @change=${(e) => this.#theme(e.detail.value)}></k-field>
        </div><p class="meta">${t('account.look.text')}</p></section>
      </div></div></div>`;
  }

  #secretSet() {
    toast(t('account.secret.done'), { state: 'ok' });
    this.renderRoot.querySelector('koprik-sessions')?.replaceWith(document.createElement('koprik-sessions'));
  }

  async #language(chosen) {
    try {
      await setLanguage(chosen);
    } catch {
      toast(t('frame.language.failed'), { state: 'warning' });
      return;
    }
    await this.#keep();
  }

  async #theme(chosen) {
    theme(chosen);
    await this.#keep();
  }

  async #keep() {
    try {
      await put('/api/account/preferences', { language: language(), theme: chosenTheme() });
      toast(t('account.look.kept'), { state: 'ok' });
    } catch (failure) {
      tell(failure);
    }
  }
}
customElements.define('koprik-account', KoprikAccount);
