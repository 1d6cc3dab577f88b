import { LitElement, css, html } from 'lit';
import { base } from '../kit/base.js';
import { keyLabel, keysNow } from '../kit/keys.js';
import { SCREENS, allowed } from '../screens.js';
import { may } from '../session.js';
import { t } from '../texts.js';
import '../kit/dialog.js';

/** The list of keys that hold on the present screen. */
class KoprikKeylist extends LitElement {
  static properties = { open: { type: Boolean } };
  static styles = [base, css`
    :host { display: contents; }
    dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--space-2) var(--space-4); align-items: baseline; }
    dt { text-align: end; white-space: nowrap; }
    h3 { margin: var(--space-4) 0 var(--space-2); }
    h3:first-child { margin-top: 0; }
  `];

  render() {
    const here = new Map([['?', t('frame.key.list')], ['Escape', t('frame.key.close')], ...(this.open ? keysNow() : [])]);
    const screens = SCREENS.filter((screen) => screen.key && allowed(screen, may));
    return html`<k-dialog ?open=${this.open} heading=${t('frame.keys')} @close=${() => this.dispatchEvent(new CustomEvent('close'))}>
      <h3>${t('frame.keys.here')}</h3>
      <dl>${[...here].map(([key, text]) => html`<dt>${keyLabel(key).split(' ').map((one) => html`<kbd>${one}</kbd> `)}</dt><dd>${text}</dd>`)}</dl>
      ${screens.length === 0 ? '' : html`<h3>${t('frame.keys.go')}</h3>
      <dl>${screens.map((screen) => html`<dt><kbd>G</kbd> <kbd>${keyLabel(screen.key)}</kbd></dt><dd>${t(`frame.screen.${screen.id}`)}</dd>`)}</dl>`}
    </k-dialog>`;
  }
}
customElements.define('koprik-keylist', KoprikKeylist);
