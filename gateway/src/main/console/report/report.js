import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { link } from '../router.js';
import { may } from '../session.js';
import { t } from '../texts.js';
import './composer.js';
import './jobs.js';
import './job.js';
import '../kit/button.js';
import '../kit/empty.js';

/** Report: a new one at `#/report`, the imports at `#/report/imports` and one of them at `#/report/imports/<id>`. */
class KoprikReport extends LitElement {
  static properties = { route: { attribute: false } };
  static styles = [base, css`
    :host { display: block; }
    .spread { margin-bottom: var(--space-4); }
  `];

  render() {
    const [, part, id] = this.route?.segments ?? [];
    const heading = id ? t('report.job.title') : part ? t('report.jobs.title') : t('report.title');
    const other = part ? ['/report', 'report.new', 'plus'] : ['/report/imports', 'report.jobs.title', 'clock'];
    return html`
      <div class="spread">
        <h1>${heading}</h1>
        <div class="row">
          ${id ? html`<k-button variant="quiet" icon="back" href=${link('/report/imports')}>${t('report.jobs.all')}</k-button>` : nothing}
          ${part && !may('write') ? nothing : html`<k-button icon=${other[2]} href=${link(other[0])}>${t(other[1])}</k-button>`}
        </div>
      </div>
      ${id ? html`<koprik-import-job .job=${id}></koprik-import-job>` : part ? html`<koprik-import-jobs></koprik-import-jobs>` : this.#composer()}`;
  }

  #composer() {
    if (!may('write') || !may('analyse')) {
      return html`<k-empty icon="lock" heading=${t('report.noRight')} text=${t('report.noRight.text')}></k-empty>`;
    }
    return html`<koprik-report-composer></koprik-report-composer>`;
  }
}
customElements.define('koprik-report', KoprikReport);
