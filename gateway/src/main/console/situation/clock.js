import { LitElement, css, html } from 'lit';
import { base } from '../kit/base.js';
import { formatLocale, language } from '../texts.js';

/** The time of day in a zone, with seconds, and the date with the name of the zone; `brief` without the date. */
class KoprikClock extends LitElement {
  static properties = { zone: {}, brief: { type: Boolean } };
  static styles = [base, css`
    :host { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: flex-end; gap: 0 20px; font: inherit; }
    .time { font: 600 48px/56px var(--font); font-variant-numeric: tabular-nums; }
  `];
  #timer;
  #kept = '';

  connectedCallback() {
    super.connectedCallback();
    this.#timer = setInterval(() => this.requestUpdate(), 1000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  /** The two formats are made once for each language and zone: this screen runs for weeks. */
  #formats() {
    const key = formatLocale() + this.zone;
    if (this.#kept !== key) {
      this.#kept = key;
      this.time = new Intl.DateTimeFormat(formatLocale(), { timeZone: this.zone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
      // Browsers have no names of months in Uzbek.
      this.date = new Intl.DateTimeFormat(formatLocale(), { timeZone: this.zone, day: 'numeric', month: language().startsWith('uz') ? '2-digit' : 'long', year: 'numeric' });
      this.offset = new Intl.DateTimeFormat('en-GB', { timeZone: this.zone, timeZoneName: 'shortOffset' });
    }
    return this;
  }

  render() {
    const { time, date, offset } = this.#formats();
    const now = new Date();
    return html`<span>${this.brief ? '' : `${date.format(now)} · `}${this.zone} (${offset.formatToParts(now).find((part) => part.type === 'timeZoneName').value})</span><time class="time" datetime=${now.toISOString()}>${time.format(now)}</time>`;
  }
}
customElements.define('koprik-clock', KoprikClock);
