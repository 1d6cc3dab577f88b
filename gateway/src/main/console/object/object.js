import { LitElement, html, nothing } from 'lit';
import { download, get } from '../api.js';
import { ago, date, dateTime, number } from '../format.js';
import { base } from '../kit/base.js';
import { onKeys } from '../kit/keys.js';
import { remark } from '../reasons/reasons.js';
import { go, link, merge } from '../router.js';
import { may } from '../session.js';
import { centreName, centres, isOwn, objectTitle, proof, proofState, speaker, typeName } from '../stix/words.js';
import { t } from '../texts.js';
import { members, shown } from './fields.js';
import { styles } from './styles.js';
import './erased.js';
import './known.js';
import './raw.js';
import './recipients.js';
import './relations.js';
import './revoke.js';
import '../recalls/dialog.js';
import '../recalls/recall.js';
import '../redactions/dialog.js';
import '../redactions/list.js';
import './times.js';
import './versions.js';
import '../kit/badge.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/empty.js';
import '../kit/icon.js';
import '../kit/id.js';
import '../kit/menu.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/tabs.js';
import '../kit/tlp.js';
import '../kit/value.js';

const TABS = ['known', 'says', 'versions', 'relations', 'timeline', 'recipients', 'raw'];
const STIX = 'application/stix+json;version=2.1';
/** The extension of redactions. */
const REDACTION = 'extension-definition--65f8dee8-a5e7-4afb-8197-8c1274709c69';
const VALUES = 12;
/** Types that have no screen of their own values: their title is their value. */
const VALUES_IN_TITLE = 1;

/** One object, in words first: what it is, whose word it is, and what is known of it. */
class KoprikObject extends LitElement {
  static properties = { route: { attribute: false }, object: { state: true }, error: { state: true }, allValues: { state: true }, revoking: { state: true }, recalling: { state: true }, redacting: { state: true }, failed: { state: true } };
  static styles = [base, styles];

  #asked = null;

  constructor() {
    super();
    onKeys(this, { KeyV: () => this.object && (location.hash = this.#graph) }, () => (this.object ? { KeyV: t('object.keyGraph') } : {}));
  }

  get stixId() {
    return this.route?.segments[1] ?? '';
  }

  get version() {
    return this.route?.query.version;
  }

  get tab() {
    const wanted = this.route?.query.tab;
    return TABS.includes(wanted) ? wanted : 'known';
  }

  get #graph() {
    return link(['graph', this.stixId]);
  }

  willUpdate(changed) {
    const asked = `${this.stixId} ${this.version ?? ''}`;
    if (changed.has('route') && asked !== this.#asked) {
      this.#asked = asked;
      this.object = null;
      this.allValues = false;
      this.#load();
    }
  }

  async #load() {
    if (!this.stixId) {
      this.error = { status: 404 };
      return;
    }
    this.error = null;
    const asked = this.#asked;
    try {
      const [object] = await Promise.all([get(`/api/objects/${encodeURIComponent(this.stixId)}`, { version: this.version }), centres().catch(() => null)]);
      if (asked === this.#asked) {
        this.object = object;
      }
    } catch (failure) {
      if (asked === this.#asked) {
        this.error = failure;
      }
    }
  }

  render() {
    if (this.error?.body?.erasure) {
      return html`<koprik-erased .erasure=${this.error.body.erasure}></koprik-erased>`;
    }
    if (this.error) {
      return this.error.status === 404 || this.error.status === 400
        ? html`<k-empty icon="object" heading=${t('object.absentHeading')} text=${t('object.absentText')}><k-button slot="action" href=${link('/search')}>${t('object.toSearch')}</k-button></k-empty>`
        : html`<k-problem .error=${this.error} @retry=${this.#load}></k-problem>`;
    }
    if (!this.object) {
      return html`<k-skeleton lines="4"></k-skeleton><k-skeleton rows="6"></k-skeleton>`;
    }
    const { object } = this;
    return html`<div class="page">
      ${this.#banners()}
      <header>
        <div class="spread">
          <h1><span class="type">${typeName(object.type)}</span> ${objectTitle(object)}</h1>
          <div class="row">
            <k-button icon="graph" href=${this.#graph} key="KeyV">${t('object.graph')}</k-button>
            <k-menu icon="download" label=${t('object.download')} align="end" .items=${this.#downloads()} @select=${(event) => this.#download(event.detail.id)}></k-menu>
            ${this.#mayRedact ? html`<k-button icon="shield" @click=${() => (this.redacting = true)}>${t('redactions.button')}</k-button>` : nothing}
            ${this.#mayRevoke ? html`<k-button icon="trash" @click=${() => (this.revoking = true)}>${t('object.revoke')}</k-button>` : nothing}
            ${this.#mayRecall ? html`<k-button icon="refresh" @click=${() => (this.recalling = true)}>${t('recalls.button')}</k-button>` : nothing}
          </div>
        </div>
        ${this.failed ? html`<k-problem compact .error=${this.failed} no-retry></k-problem>` : nothing}
        ${this.#values()}
        <dl class="facts">
          <div><dt>${t('object.marking')}</dt><dd><k-tlp marking=${object.marking.tlp}></k-tlp> <span class="quiet">${t(`object.why.${this.#why(object)}`)}</span></dd></div>
          ${this.#limits(object.marking)}
          ${this.#force()}
          <div><dt>${t('object.proof')}</dt><dd><k-badge state=${proofState(object)}>${proof(object)}</k-badge>
            ${object.signed_by.map((signer) => html`<span class="signer">${t('object.signedAt', { centre: centreName(signer.centre), when: dateTime(signer.signed) })}</span>`)}</dd></div>
          <div><dt>${t('object.way')}</dt><dd>${this.#way()} <span class="signer">${ago(object.received)} · ${dateTime(object.received)}</span></dd></div>
          <div><dt>${t('object.id')}</dt><dd><k-id .value=${object.id}></k-id></dd></div>
        </dl>
      </header>
      ${object.recalled ? html`<koprik-recalls .objectId=${object.id}></koprik-recalls>` : nothing}
      ${this.#mayHaveRedactions ? html`<koprik-redactions .objectId=${object.id}></koprik-redactions>` : nothing}
      <k-tabs label=${t('object.parts')} .tabs=${TABS.map((id) => ({ id, label: t(`object.tab.${id}`) }))} active=${this.tab} @change=${(event) => merge({ tab: event.detail.id === 'known' ? '' : event.detail.id }, { replace: true })}></k-tabs>
      <section class="part" aria-label=${t(`object.tab.${this.tab}`)}>${this.#part()}</section>
      <koprik-revoke ?open=${this.revoking} .object=${object} @close=${() => (this.revoking = false)} @revoked=${this.#reload}></koprik-revoke>
      <koprik-recall-dialog ?open=${this.recalling} .object=${object} @close=${() => (this.recalling = false)} @recalled=${this.#reload}></koprik-recall-dialog>
      <koprik-redact-dialog ?open=${this.redacting} .object=${object} @close=${() => (this.redacting = false)} @redacted=${this.#redacted}></koprik-redact-dialog>
    </div>`;
  }

  #reload() {
    this.revoking = false;
    this.recalling = false;
    this.#load();
  }

  #redacted() {
    this.redacting = false;
    this.renderRoot.querySelector('koprik-redactions')?.refresh();
  }

  /** Whether a part of it is marked, or it is a redaction itself. */
  get #mayHaveRedactions() {
    const text = JSON.stringify(this.object.object);
    return !this.object.marking.house && (text.includes('"granular_markings"') || text.includes(REDACTION) || (this.object.type === 'observed-data' && JSON.stringify(this.object.object.objects ?? {}).includes('"object_marking_refs"')));
  }

  get #mayRedact() {
    const { object } = this;
    return may('write') && this.#mayHaveRedactions && !object.superseded && !object.revoked && object.object.extensions?.[REDACTION] === undefined;
  }

  get #mayRevoke() {
    return this.#mayRecall && !this.object.revoked;
  }

  get #withdrawn() {
    return this.object.recalled && !this.object.recalled.narrowed_to && this.object.revoked;
  }

  get #mayRecall() {
    const { object } = this;
    return may('write') && !this.#withdrawn && !object.superseded && !object.marking.house && object.version !== undefined && (object.received_from === undefined || object.origin === 'signed') && isOwn(object.producer_centre) && object.producer_centre !== undefined;
  }

  #banners() {
    const { object } = this;
    return html`
      ${object.superseded ? html`<k-banner state="warning">${t('object.superseded')}<k-button slot="action" small @click=${() => go(`/objects/${this.stixId}`, { tab: this.route.query.tab })}>${t('object.toLatest')}</k-button></k-banner>` : nothing}
      ${object.revoked && !this.#withdrawn ? html`<k-banner state="warning">${t('object.revoked', { centre: centreName(speaker(object)) })}</k-banner>` : nothing}
      ${object.recalled ? html`<k-banner state="warning">${t('recalls.banner', { centre: centreName(object.recalled.by), when: date(object.recalled.at), reason: object.recalled.reason })}</k-banner>` : nothing}
      ${object.unproven ? html`<k-banner state="danger">${t('object.unproven', { centre: centreName(object.unproven.centre), since: date(object.unproven.compromised_since) })}</k-banner>` : nothing}
      ${object.marking.house ? html`<k-banner>${t('object.house')}</k-banner>` : nothing}
      ${object.marking.held ? html`<k-banner state="warning" icon="shield">${object.marking.held === 'waits' ? t('object.held', { since: dateTime(object.received) }) : t('reasons.release.held_by_reference')}${may('release') || may('write') ? html`<k-button slot="action" small href=${link('/desk')}>${t('object.held.toDesk')}</k-button>` : nothing}</k-banner>` : nothing}
      ${(object.notes ?? []).map((note) => html`<k-banner>${note}</k-banner>`)}`;
  }

  #values() {
    const { values } = this.object;
    const some = this.allValues ? values : values.slice(0, VALUES);
    return values.length < VALUES_IN_TITLE
      ? nothing
      : html`<div class="values">${some.map((one) => html`<k-value long kind=${one.kind} .value=${one.value}></k-value>`)}
          ${values.length > some.length ? html`<k-button small variant="quiet" @click=${() => (this.allValues = true)}>${t('object.allValues', { count: values.length })}</k-button>` : nothing}</div>
        ${values.filter(remark).slice(0, 3).map((one) => html`<p class="meta">${remark(one)}</p>`)}`;
  }

  /** To whom and when its markings release it at most. */
  #limits({ recipients, groups, embargo }) {
    const names = recipients?.length === 0 ? t('object.limits.nobody') : recipients?.join(', ');
    return html`${recipients ? html`<div><dt>${t('object.limits.recipients')}</dt><dd>${names}</dd></div>` : nothing}
      ${groups ? html`<div><dt>${t('object.limits.groups')}</dt><dd><a href=${link('/agreements', { tab: 'groups' })}>${groups.join(', ')}</a></dd></div>` : nothing}
      ${embargo ? html`<div><dt>${t('object.limits.embargo')}</dt><dd>${dateTime(embargo)}</dd></div>` : nothing}`;
  }

  /** Which of the rules of markings decided, as a word of the texts. */
  #why({ marking }) {
    return marking.house ? 'house' : marking.personal ? 'personal' : marking.own ? 'own' : 'received';
  }

  #force() {
    const { object } = this.object;
    const { valid_until: until, confidence } = object;
    if (this.object.type !== 'indicator' && confidence === undefined) {
      return nothing;
    }
    const ended = until && new Date(until).getTime() < Date.now();
    const force = this.object.type !== 'indicator' ? '' : this.object.revoked ? t('object.forceRevoked') : until ? t(ended ? 'object.forceEnded' : 'object.forceUntil', { when: date(until) }) : t('object.forceOpen');
    return html`<div><dt>${t('object.force')}</dt><dd>${[force, confidence === undefined ? '' : t('object.confidence', { number: number(confidence) })].filter(Boolean).join(' · ')}</dd></div>`;
  }

  #way() {
    const { object } = this;
    const signer = object.signed_by[0]?.centre;
    if (object.received_from === undefined) {
      return object.submitted_by ? t('object.submittedBy', { account: object.submitted_by }) : t('object.submittedHere');
    }
    return object.received_from === signer ? t('object.cameDirectly', { partner: centreName(object.received_from) }) : t('object.cameThrough', { partner: centreName(object.received_from) });
  }

  #downloads() {
    return [
      { id: 'object', label: t('object.downloadObject'), hint: t('object.downloadObjectHint'), icon: 'file' },
      { id: 'proof', label: t('object.downloadProof'), hint: this.object.origin === 'unsigned' ? t('object.noProof') : t('object.downloadProofHint'), icon: 'shield', disabled: this.object.origin === 'unsigned' },
    ];
  }

  async #download(what) {
    this.failed = null;
    const id = encodeURIComponent(this.stixId);
    const query = { version: this.version };
    try {
      if (what === 'proof') {
        await download(`/api/objects/${id}/proof`, query, `${this.stixId}.proof.json`);
      } else {
        await download(`/api/objects/${id}`, query, `${this.stixId}.json`, { accept: STIX });
      }
    } catch (failure) {
      this.failed = failure;
    }
  }

  #part() {
    const { object } = this;
    switch (this.tab) {
      case 'says':
        return this.#says();
      case 'versions':
        return html`<koprik-versions .objectId=${object.id}></koprik-versions>`;
      case 'relations':
        return html`<koprik-relations .objectId=${object.id}></koprik-relations>`;
      case 'timeline':
        return html`<koprik-times .objectId=${object.id}></koprik-times>`;
      case 'recipients':
        return html`<koprik-recipients .objectId=${object.id}></koprik-recipients>`;
      case 'raw':
        return html`<koprik-raw .object=${object}></koprik-raw>`;
      default:
        return html`<koprik-known .objectId=${object.id} ?house=${object.marking.house}></koprik-known>`;
    }
  }

  #says() {
    const all = members(this.object.object);
    return all.length === 0
      ? html`<k-empty icon="object" heading=${t('object.saysNothing')} text=${t('object.saysNothingText')}></k-empty>`
      : html`<dl class="says">${all.map(([name, value]) => html`<div><dt translate="no">${name}</dt><dd>${shown(value)}</dd></div>`)}</dl>`;
  }
}
customElements.define('koprik-object', KoprikObject);
