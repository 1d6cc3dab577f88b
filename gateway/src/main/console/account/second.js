import { LitElement, css, html, nothing } from 'lit';
import { attempt } from '../kit/attempt.js';
import { base } from '../kit/base.js';
import { get, post, saveAs } from '../api.js';
import { copy } from '../kit/copy.js';
import { t } from '../texts.js';
import './code.js';
import '../kit/badge.js';
import '../kit/banner.js';
import '../kit/button.js';
import '../kit/dialog.js';
import '../kit/field.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/time.js';

const PATH = '/api/account/second-factor';

/** The second factor of the person: set up, recovery codes, remove. `begin` starts setting up at once; event `done`. */
class KoprikSecondFactor extends LitElement {
  static properties = { begin: { type: Boolean }, state: { state: true }, started: { state: true }, codes: { state: true }, asking: { state: true }, error: { state: true }, busy: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    .apart { display: grid; grid-template-columns: minmax(120px, 200px) minmax(0, 1fr); gap: var(--space-4); align-items: start; }
    .codes { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: var(--space-2); padding: var(--space-3); border: 1px solid var(--border); border-radius: var(--radius); background: var(--surface-sunken); }
    ol.steps { list-style: decimal; padding-inline-start: 20px; display: grid; gap: var(--space-2); }
    .key { display: flex; gap: var(--space-1); align-items: start; }
    .narrow { max-width: 320px; }
    @media (max-width: 640px) { .apart { grid-template-columns: minmax(0, 1fr); } }
  `];

  #code = '';

  connectedCallback() {
    super.connectedCallback();
    if (this.begin) {
      this.#start();
    } else {
      this.#read();
    }
  }

  render() {
    return html`<div class="stack">
      ${this.codes ? this.#shown() : this.started ? this.#setUp() : this.#present()}
      ${this.error && !this.asking ? html`<k-problem compact .error=${this.error} @retry=${() => (this.begin ? this.#start() : this.#read())}></k-problem>` : nothing}
      ${this.#dialog()}
    </div>`;
  }

  #present() {
    if (!this.state) {
      return this.error ? nothing : html`<k-skeleton lines="2"></k-skeleton>`;
    }
    if (!this.state.set_up) {
      return html`<p>${t('account.second.none')}</p>
        <div><k-button id="start" variant="primary" icon="shield" ?busy=${this.busy} @click=${this.#start}>${t('account.second.start')}</k-button></div>`;
    }
    return html`<div class="row"><k-badge state="ok" icon="ok">${t('account.second.on')}</k-badge><k-time inline .at=${this.state.since}></k-time></div>
      <p>${t('account.second.left', { count: this.state.recovery_codes })}</p>
      <div class="row">
        <k-button id="renew" icon="refresh" @click=${() => this.#ask('recovery-codes')}>${t('account.second.renew')}</k-button>
        <k-button id="remove" icon="trash" @click=${() => this.#ask('removal')}>${t('account.second.remove')}</k-button>
      </div>`;
  }

  #setUp() {
    return html`<div class="apart">
      <koprik-qr-code .text=${this.started.uri} label=${t('account.second.qr')}></koprik-qr-code>
      <div class="stack">
        <ol class="steps"><li>${t('account.second.step.scan')}</li><li>${t('account.second.step.code')}</li></ol>
        <div><p class="meta">${t('account.second.byHand')}</p>
          <div class="key"><code id="key">${this.started.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code><k-copy .value=${this.started.secret} what=${t('account.second.copyKey')}></k-copy></div></div>
        ${this.#field()}
        <div class="row"><k-button id="confirm" variant="primary" ?busy=${this.busy} @click=${() => this.#send('confirmation')}>${t('account.second.confirm')}</k-button></div>
      </div>
    </div>`;
  }

  #field() {
    return html`<k-field class="narrow" label=${t('account.second.code')} name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="20" mono autofocus .value=${this.#code}
      @input=${(e) => (this.#code = e.detail.value)} @enter=${() => this.#send(this.asking || 'confirmation')}></k-field>`;
  }

  #shown() {
    return html`<k-banner state="warning" icon="warning">${t('account.second.keep')}</k-banner>
      <ul class="codes">${this.codes.map((code) => html`<li><code>${code}</code></li>`)}</ul>
      <div class="row">
        <k-button icon="copy" @click=${() => copy(this.codes.join('\n'))}>${t('account.second.copyCodes')}</k-button>
        <k-button icon="download" @click=${() => saveAs(new Blob([this.codes.join('\r\n')], { type: 'text/plain' }), 'koprik-recovery-codes.txt')}>${t('account.second.save')}</k-button>
        <k-button id="kept" variant="primary" @click=${this.#kept}>${t('account.second.kept')}</k-button>
      </div>`;
  }

  #dialog() {
    const removal = this.asking === 'removal';
    return html`<k-dialog ?open=${Boolean(this.asking)} heading=${t(removal ? 'account.second.remove' : 'account.second.renew')} @close=${this.#close}>
      ${this.asking ? html`<div class="stack"><p>${t(removal ? 'account.second.remove.text' : 'account.second.renew.text')}</p>${this.#field()}
        ${this.error ? html`<k-problem compact no-retry .error=${this.error}></k-problem>` : nothing}</div>` : nothing}
      <k-button slot="actions" @click=${this.#close}>${t('account.cancel')}</k-button>
      <k-button slot="actions" variant=${removal ? 'danger' : 'primary'} ?busy=${this.busy} @click=${() => this.#send(this.asking)}>${t(removal ? 'account.second.remove' : 'account.second.renew')}</k-button>
    </k-dialog>`;
  }

  #ask(what) {
    this.#code = '';
    this.error = null;
    this.asking = what;
  }

  #close() {
    this.asking = '';
    this.error = null;
  }

  #kept() {
    this.codes = null;
    this.started = null;
    this.dispatchEvent(new CustomEvent('done'));
    if (!this.begin) {
      this.#read();
    }
  }

  #read() {
    return attempt(this, async () => {
      this.state = await get(PATH);
    });
  }

  #start() {
    return attempt(this, async () => {
      this.#code = '';
      this.started = await post(PATH);
    });
  }

  #send(what) {
    return attempt(this, async () => {
      const answer = await post(`${PATH}/${what}`, { code: this.#code.trim() });
      this.#code = '';
      this.asking = '';
      if (answer) {
        this.codes = answer.recovery_codes;
      } else {
        this.state = await get(PATH);
      }
    });
  }
}
customElements.define('koprik-second-factor', KoprikSecondFactor);
