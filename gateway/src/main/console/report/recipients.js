import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { post } from '../api.js';
import { t } from '../texts.js';
import { decided } from './recognise.js';
import '../reasons/decision.js';
import '../kit/badge.js';
import '../kit/empty.js';
import '../kit/problem.js';
import '../kit/skeleton.js';

const WAIT_MS = 200;

/** Who would receive the report as it is now: a line for each partner, with the reason. */
class KoprikReportRecipients extends LitElement {
  static properties = { recognised: { attribute: false }, decisions: { attribute: false }, tlp: {}, wish: { attribute: false }, answer: { state: true }, error: { state: true } };
  static styles = [base, css`
    :host { display: block; min-width: 0; }
    section { display: grid; gap: var(--space-3); grid-template-columns: minmax(0, 1fr); }
    li { display: grid; grid-template-columns: minmax(90px, 28%) minmax(0, 1fr); gap: var(--space-1) var(--space-3); padding: var(--space-2) 0; border-top: 1px solid var(--border); align-items: start; }
    li:first-child { border-top: 0; }
    .who { font-weight: 600; overflow-wrap: anywhere; }
    .why { display: grid; gap: var(--space-1); justify-items: start; }
  `];

  #asked = '';
  #timer;
  #abort;

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#abort?.abort();
  }

  /** What decides: the marking, the kinds of what is taken, and a producer that all objects share. */
  #question() {
    const { items, objects } = this.recognised;
    const kinds = new Set(items.map((item) => ({ item, ...decided(item, this.decisions) })).filter((one) => one.take && one.kind !== 'pattern').map((one) => one.kind));
    objects.forEach((object) => object.values.forEach((value) => kinds.add(value.kind)));
    const producers = new Set(objects.map((object) => object.created_by_ref ?? ''));
    const markings = new Set(objects.map((object) => object.tlp ?? this.tlp));
    const own = items.length > 0 || objects.length === 0 || producers.size !== 1 || producers.has('');
    const tlp = items.length === 0 && markings.size === 1 ? [...markings][0] : this.tlp;
    return { tlp, ...this.wish, kinds: [...kinds].sort(), ...(own ? {} : { created_by_ref: [...producers][0] }) };
  }

  willUpdate() {
    const question = JSON.stringify(this.#question());
    if (question !== this.#asked) {
      this.#asked = question;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#ask(question), WAIT_MS);
    }
  }

  async #ask(question) {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    try {
      this.answer = await post('/api/explain', JSON.parse(question), { signal: abort.signal, reads: true });
      this.error = null;
    } catch (failure) {
      if (!abort.signal.aborted) {
        this.error = failure;
      }
    }
  }

  render() {
    return html`<section class="card" aria-labelledby="h" aria-live="polite">
      <h2 id="h">${t('report.who')}</h2>
      ${this.error ? html`<k-problem compact .error=${this.error} @retry=${() => this.#ask(this.#asked)}></k-problem>`
        : !this.answer ? html`<k-skeleton lines="3"></k-skeleton>`
        : this.answer.partners.length === 0 ? html`<p class="quiet">${t('report.who.none')}</p>`
        : html`<ul>${this.answer.partners.map((one) => this.#partner(one))}</ul>`}
      ${this.recognised.objectCount > 0 ? html`<p class="meta">${t('report.who.objects')}</p>` : nothing}
    </section>`;
  }

  #partner(one) {
    return html`<li><span class="who">${one.title ?? one.partner}</span><div class="why">${one.decisions.map((made) => html`
      <div class="row"><k-badge state=${made.released ? (one.delivery === 'none' ? 'neutral' : 'ok') : 'warning'}>${t(made.released ? (one.delivery === 'none' ? 'report.who.off' : 'report.who.yes') : 'report.who.no')}</k-badge>
        ${made.kinds ? html`<span class="meta">${made.kinds.map((kind) => t(`kit.kind.${kind}`)).join(', ')}</span>` : nothing}</div>
      <koprik-decision class="meta" .decision=${made}></koprik-decision>${made.released && one.delivery !== 'none' ? html`<span class="meta">${t(`report.who.${one.delivery}`)}</span>` : nothing}`)}</div></li>`;
  }
}
customElements.define('koprik-report-recipients', KoprikReportRecipients);
