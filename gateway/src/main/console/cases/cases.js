import { LitElement, html } from 'lit';
import { base } from '../kit/base.js';
import './list.js';
import './case.js';

/** Screen Cases: the list at `#/cases`, a case at `#/cases/<number>`. */
class KoprikCases extends LitElement {
  static properties = { route: { attribute: false } };
  static styles = [base];

  render() {
    const number = this.route?.segments[1];
    return number
      ? html`<koprik-case .number=${number} .route=${this.route}></koprik-case>`
      : html`<koprik-case-list .route=${this.route}></koprik-case-list>`;
  }
}
customElements.define('koprik-cases', KoprikCases);
