import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { centres } from '../stix/words.js';
import { decision, ground } from './reasons.js';

/** Why a partner receives something or does not: the rule in words, and the article of the agreement that decided. */
class KoprikDecision extends LitElement {
  static properties = { decision: { attribute: false } };
  static styles = [base, css`
    :host { display: block; font: inherit; color: inherit; overflow-wrap: anywhere; }
    a { display: inline-block; }
  `];

  connectedCallback() {
    super.connectedCallback();
    centres().then(() => this.requestUpdate(), () => {});
  }

  render() {
    const by = ground(this.decision);
    return html`<span>${decision(this.decision)}</span>${by ? html` <a href=${by.href}>${by.text}</a>` : nothing}`;
  }
}
customElements.define('koprik-decision', KoprikDecision);
