import { css, html, nothing } from 'lit';
import { get } from '../api.js';
import { base } from '../kit/base.js';
import { link } from '../router.js';
import { centreName, eventName, objectTitle, typeName } from '../stix/words.js';
import { t } from '../texts.js';
import { Part } from './part.js';
import '../kit/banner.js';
import '../kit/empty.js';
import '../kit/timeline.js';

/** What happened to the object and around it, the newest first. */
class KoprikTimes extends Part {
  static styles = [base, css`
    :host { display: grid; gap: var(--space-3); }
  `];

  async fetched() {
    return get(`${this.path}/timeline`);
  }

  content({ events, cut, id }) {
    const entries = events.toReversed().map((event) => ({
      at: event.at,
      title: event.id === id ? eventName(event.what) : html`${t('object.eventOf', { event: eventName(event.what) })} <a href=${link(['objects', event.id])}>${objectTitle(event)}</a>`,
      detail: html`${event.id === id ? nothing : html`${typeName(event.type)} · `}${event.from ? t('object.eventFrom', { partner: centreName(event.from) }) : event.id === id && event.what === 'received' ? nothing : t('object.eventHere')}`,
      state: event.unproven ? 'danger' : undefined,
    }));
    return html`
      ${cut.length ? html`<k-banner>${t('object.timelineCut', { shown: cut.reduce((sum, one) => sum + one.shown, 0), there: cut.reduce((sum, one) => sum + one.there, 0) })}</k-banner>` : nothing}
      ${entries.length === 0 ? html`<k-empty icon="clock" heading=${t('object.noEvents')} text=${t('object.noEventsText')}></k-empty>` : html`<k-timeline label=${t('object.tab.timeline')} .entries=${entries}></k-timeline>`}`;
  }
}
customElements.define('koprik-times', KoprikTimes);
