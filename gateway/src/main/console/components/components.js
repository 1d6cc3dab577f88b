import { LitElement, css, html } from 'lit';
import { base } from '../kit/base.js';
import { t } from '../texts.js';
import './forms.js';
import './states.js';
import './data.js';

/** All components in all states: for those who build screens, and for the tests. */
class KoprikComponents extends LitElement {
  static properties = { route: { attribute: false } };
  static styles = [base, css`
    :host { display: block; }
    .lead { max-width: 70ch; }
  `];

  render() {
    return html`<div class="stack">
      <h1>${t('components.title')}</h1>
      <p class="lead quiet">${t('components.lead')}</p>
      <koprik-components-forms></koprik-components-forms>
      <koprik-components-states></koprik-components-states>
      <koprik-components-data></koprik-components-data>
    </div>`;
  }
}
customElements.define('koprik-components', KoprikComponents);
