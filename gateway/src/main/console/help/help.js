import { LitElement, css, html, nothing } from 'lit';
import { asset } from '../api.js';
import { base } from '../kit/base.js';
import { keyLabel, onKeys } from '../kit/keys.js';
import { iconOf } from '../kit/icons.js';
import { go, link, merge } from '../router.js';
import { SCREENS, allowed } from '../screens.js';
import { may } from '../session.js';
import { has, t } from '../texts.js';
import '../kit/empty.js';
import '../kit/field.js';
import '../kit/icon.js';
import '../kit/problem.js';
import '../kit/skeleton.js';
import '../kit/tlp.js';

const TLP = ['red', 'amber+strict', 'amber', 'green', 'clear'];
const RULES = ['same_value', 'subdomain', 'url_on_host', 'email_at_domain', 'in_network', 'same_cluster', 'same_ends', 'pattern'];
const TOPICS = ['tlp', 'release', 'refusals', 'problems', 'rules', 'kinds', 'keys'];
const KEYS = ['Slash', '?', 'Escape', 'KeyJ', 'KeyK', 'KeyX', 'Enter', 'KeyC', 'KeyD', 'KeyU'];

/** Help in place, by topic: `#/help/<topic>`, one entry `#/help/<topic>/<entry>`; the search goes through all topics. */
class KoprikHelp extends LitElement {
  static properties = { route: { attribute: false }, codes: { state: true }, failure: { state: true } };
  static styles = [base, css`
    :host { display: block; }
    .page { display: grid; grid-template-columns: 240px minmax(0, 1fr); gap: var(--space-5); align-items: start; }
    nav ul { display: grid; gap: 2px; }
    nav a { display: block; min-height: 32px; padding: 6px 12px; border-radius: var(--radius); color: var(--text); text-decoration: none; }
    nav a:hover { background: var(--surface-hover); }
    nav a[aria-current] { background: var(--accent-surface); color: var(--accent-text); font-weight: 600; }
    k-field { max-width: 640px; }
    dl { margin: 0; max-width: 80ch; border: 1px solid var(--border); border-radius: var(--radius); background: var(--surface-raised); }
    dl > div:last-child { border-bottom: 0; }
    dl > div { padding: var(--space-3) var(--space-3); border-bottom: 1px solid var(--border); border-radius: 3px; scroll-margin-top: 64px; }
    dl > div.found { background: var(--accent-surface); }
    dt { font-weight: 600; display: flex; flex-wrap: wrap; gap: var(--space-2); align-items: center; }
    dd { margin-top: 4px; overflow-wrap: anywhere; }
    @media (max-width: 800px) { .page { grid-template-columns: minmax(0, 1fr); } }
  `];

  constructor() {
    super();
    onKeys(this, { KeyS: (event) => this.#search(event) }, () => ({ KeyS: t('help.search') }));
  }

  connectedCallback() {
    super.connectedCallback();
    this.#read();
  }

  /** The codes that there are texts for; one language has the same as another. */
  async #read() {
    this.failure = null;
    try {
      const [problems, reasons, kit] = await Promise.all(['problems', 'reasons', 'kit'].map((folder) => asset(`${folder}/texts/en.json`)));
      const of = (texts, before, after = '') => Object.keys(texts).filter((key) => key.startsWith(before) && key.endsWith(after)).map((key) => key.slice(before.length, after ? -after.length : undefined));
      this.codes = { problems: of(problems, '', '.what'), refusals: of(reasons, 'refusal.'), release: of(reasons, 'release.'), kinds: of(kit, 'kind.') };
    } catch (failure) {
      this.failure = failure;
    }
  }

  #search(event) {
    event.preventDefault();
    this.renderRoot.querySelector('k-field').focus();
  }

  updated(changed) {
    if (changed.has('route') || changed.has('codes')) {
      this.renderRoot.querySelector('.found')?.scrollIntoView({ block: 'center' });
    }
  }

  /** The entries of a topic: `{id, term, text, mark}`. */
  #entries(topic) {
    switch (topic) {
      case 'tlp':
        return TLP.map((id) => ({ id, term: `TLP:${id.toUpperCase()}`, mark: html`<k-tlp marking=${id}></k-tlp>`, text: t(`help.tlp.${id === 'amber+strict' ? 'strict' : id}`) }));
      case 'release':
        return this.codes.release.map((id) => ({ id, term: t(`help.release.${id.startsWith('within') || id === 'member' ? 'given' : 'withheld'}`), text: t(`reasons.release.${id}`, placeholders()) }));
      case 'refusals':
        return this.codes.refusals.map((id) => ({ id, term: t(`reasons.refusal.${id}`), text: has(`reasons.advice.${id}`) ? t(`reasons.advice.${id}`) : '' }));
      case 'problems':
        return this.codes.problems.map((id) => ({ id, term: t(`problems.${id}.what`), text: `${t(`problems.${id}.why`)} ${t(`problems.${id}.do`)}` }));
      case 'rules':
        return RULES.map((id) => ({ id, term: t(`help.rule.${id}`), text: t(`help.rule.${id}.text`) }));
      case 'kinds':
        return this.codes.kinds.map((id) => ({ id, term: t(`kit.kind.${id}`), mark: html`<k-icon name=${iconOf(id)}></k-icon> ${t(`kit.kind.${id}`)}`, text: html`<code>${id}</code>`, plain: id }));
      default:
        return [
          ...KEYS.map((id) => ({ id, term: t(`help.key.${id === '?' ? 'list' : id}`), key: keyLabel(id) })),
          ...SCREENS.filter((one) => one.key && allowed(one, may)).map((one) => ({ id: one.id, term: t('help.key.go', { screen: t(`frame.screen.${one.id}`) }), key: keyLabel(`KeyG ${one.key}`) })),
        ].map((one) => ({ ...one, plain: one.key, text: html`${one.key.split(' ').map((part) => html`<kbd>${part}</kbd> `)}` }));
    }
  }

  render() {
    if (!this.codes) {
      return this.failure ? html`<k-problem .error=${this.failure} @retry=${() => this.#read()}></k-problem>` : html`<k-skeleton lines="8"></k-skeleton>`;
    }
    const [, chosen, entry] = this.route.segments;
    const topic = TOPICS.includes(chosen) ? chosen : TOPICS[0];
    const words = (this.route.query.q ?? '').trim().toLocaleLowerCase();
    return html`<div class="stack"><div class="spread"><h1>${t('frame.screen.help')}</h1></div>
      <k-field type="search" label=${t('help.search')} .value=${this.route.query.q ?? ''} @input=${(e) => merge({ q: e.detail.value }, { replace: true })}></k-field>
      <div class="page"><nav aria-label=${t('help.topics')}><ul>${TOPICS.map((one) => html`<li><a href=${link(['help', one])} aria-current=${!words && one === topic ? 'page' : nothing} @click=${(e) => this.#go(e, one)}>${t(`help.topic.${one}`)}</a></li>`)}</ul></nav>
        <div class="stack">${words ? this.#found(words) : this.#topic(topic, this.#entries(topic), entry)}</div></div></div>`;
  }

  #go(event, topic) {
    event.preventDefault();
    go(['help', topic].map(encodeURIComponent).join('/').replace(/^/, '/'));
  }

  #found(words) {
    const topics = TOPICS.map((topic) => [topic, this.#entries(topic).filter((one) => [one.term, one.plain ?? one.text, one.id].some((text) => String(text).toLocaleLowerCase().includes(words)))]).filter(([, found]) => found.length);
    return topics.length ? topics.map(([topic, found]) => this.#topic(topic, found)) : html`<k-empty icon="search" heading=${t('help.none')} text=${t('help.none.text')}></k-empty>`;
  }

  #topic(topic, entries, entry) {
    return html`<section class="stack"><h2>${t(`help.topic.${topic}`)}</h2><p class="quiet">${t(`help.topic.${topic}.text`)}</p>
      <dl>${entries.map((one) => html`<div class=${one.id === entry ? 'found' : ''}><dt>${one.mark ?? one.term}</dt><dd>${one.text}</dd></div>`)}</dl></section>`;
  }
}
customElements.define('koprik-help', KoprikHelp);

/** Names in the place of those that a decision has. */
function placeholders() {
  return { partner: t('help.any.partner'), account: t('help.any.account'), tlp: 'TLP:AMBER', most: 'TLP:GREEN', purpose: '…', ended: '…' };
}
