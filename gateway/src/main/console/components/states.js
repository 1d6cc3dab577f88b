import { LitElement, css, html } from 'lit';
import { ApiError } from '../api.js';
import { base } from '../kit/base.js';
import { ICONS } from '../kit/icons.js';
import { t } from '../texts.js';
import '../kit/badge.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/chip.js';
import '../kit/empty.js';
import '../kit/icon.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/tlp.js';

const STATES = ['ok', 'notice', 'warning', 'danger', 'neutral'];

/** Badges, chips, banners, empty, loading and failed states, icons. */
class KoprikComponentsStates extends LitElement {
  static styles = [base, css`
    :host { display: grid; gap: var(--space-5); }
    .icons { display: grid; grid-template-columns: repeat(auto-fill, minmax(112px, 1fr)); gap: var(--space-2); }
    .icons span { display: flex; gap: var(--space-2); align-items: center; font: var(--text-meta); }
    .two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(380px, 100%), 1fr)); gap: var(--space-5); align-items: start; }
    .swatch { flex: 1 1 60px; height: 32px; border-radius: var(--radius); border: 1px solid var(--border); }
    .g0 { background: var(--grey-0); }
    .g1 { background: var(--grey-1); }
    .g2 { background: var(--grey-2); }
    .g3 { background: var(--grey-3); }
    .g4 { background: var(--grey-4); }
    .g5 { background: var(--grey-5); }
    .g6 { background: var(--grey-6); }
    .g7 { background: var(--grey-7); }
    .g8 { background: var(--grey-8); }
  `];

  render() {
    const error = new ApiError({ status: 404, title: 'Not found', code: 'not-found', requestId: '3f6c0a52b1d94e07', detail: 'there is no case T-2026-999' });
    return html`
      <section class="card stack"><h2>${t('components.states')}</h2>
        <div class="row">${STATES.map((state) => html`<k-badge state=${state}>${t(`components.state.${state}`)}</k-badge>`)}</div>
        <div class="row">${['red', 'amber+strict', 'amber', 'green', 'clear', ''].map((marking) => html`<k-tlp marking=${marking}></k-tlp>`)}</div>
        <div class="row">
          <k-chip kind="iban" mono label="HU98 9990 0000 1234 5678 9012 6771" removable></k-chip>
          <k-chip kind="domain" mono label="login[.]example[.]com" state="warning" removable></k-chip>
          <k-chip label=${t('components.chip.filter')} removable></k-chip>
          ${STATES.slice(0, 4).map((state) => html`<k-chip state=${state} label=${t(`components.state.${state}`)}></k-chip>`)}
        </div>
        <div class="row">${Array.from({ length: 9 }, (_, n) => html`<span class="swatch g${n}"></span>`)}</div>
      </section>
      <section class="card stack"><h2>${t('components.banners')}</h2>
        ${STATES.slice(0, 4).map((state) => html`<k-banner state=${state}>${t(`components.banner.${state}`)}</k-banner>`)}
        <k-banner state="warning" icon="offline">${t('components.banner.offline')}<k-button slot="action" small>${t('components.banner.again')}</k-button></k-banner>
      </section>
      <section class="two">
        <div class="card"><k-empty icon="cases" heading=${t('components.empty')} text=${t('components.empty.text')}><k-button slot="action" variant="primary" icon="plus">${t('components.empty.action')}</k-button></k-empty></div>
        <div class="stack"><k-problem .error=${error}></k-problem><div class="card"><k-skeleton lines="4"></k-skeleton></div><k-skeleton rows="3"></k-skeleton></div>
      </section>
      <section class="card stack"><h2>${t('components.icons')}</h2><div class="icons">${Object.keys(ICONS).map((name) => html`<span translate="no"><k-icon name=${name}></k-icon>${name}</span>`)}</div></section>`;
  }
}
customElements.define('koprik-components-states', KoprikComponentsStates);
