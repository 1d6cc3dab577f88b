import { css, html } from 'lit';
import { get } from '../api.js';
import { base } from '../kit/base.js';
import { centreName } from '../stix/words.js';
import { t } from '../texts.js';
import '../reasons/decision.js';
import { Part } from './part.js';
import '../kit/badge.js';
import '../kit/empty.js';

/** Which partners would receive the object, and by which rule. */
class KoprikRecipients extends Part {
  static styles = [base, css`
    :host { display: grid; gap: var(--space-3); }
    ul { background: var(--surface-raised); border: 1px solid var(--border); border-radius: var(--radius); }
    li { display: grid; grid-template-columns: minmax(120px, 200px) 90px minmax(0, 1fr); gap: var(--space-1) var(--space-4); align-items: center; padding: var(--space-2) var(--space-3); border-bottom: 1px solid var(--border); }
    li:last-child { border-bottom: 0; }
    k-badge { justify-self: start; }
    .name { font-weight: 600; overflow-wrap: anywhere; }
    @media (max-width: 700px) { li { grid-template-columns: minmax(0, 1fr); } }
  `];

  async fetched() {
    return get(`${this.path}/recipients`);
  }

  content({ recipients }) {
    const yes = recipients.filter((one) => one.released).length;
    return recipients.length === 0
      ? html`<k-empty icon="partners" heading=${t('object.noPartners')} text=${t('object.noPartnersText')}></k-empty>`
      : html`<p>${t('object.receiveCount', { count: yes, all: recipients.length })}</p>
        <ul aria-label=${t('object.tab.recipients')}>${[...recipients].sort((a, b) => Number(b.released) - Number(a.released)).map((one) => html`<li>
          <span class="name">${one.title ?? centreName(one.name)}</span>
          <k-badge state=${one.released ? 'ok' : 'neutral'} icon=${one.released ? 'check' : 'close'}>${one.released ? t('object.receivesYes') : t('object.receivesNo')}</k-badge>
          <koprik-decision .decision=${one}></koprik-decision></li>`)}</ul>`;
  }
}
customElements.define('koprik-recipients', KoprikRecipients);
