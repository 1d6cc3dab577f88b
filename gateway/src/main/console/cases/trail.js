import { LitElement, css, html, nothing } from 'lit';
import { base } from '../kit/base.js';
import { money } from '../format.js';
import { t } from '../texts.js';
import { ACCOUNTS, WALLETS, roleWord } from './model.js';
import '../kit/icon.js';
import '../kit/value.js';

const SHOWN = 12;

/** The stages of a money trail, as far as roles and kinds say. @returns {Array<{id: string, values: any[], losses?: any[]}>} */
export function stagesOf(file) {
  const paid = (one) => ACCOUNTS.includes(one.kind) || WALLETS.includes(one.kind);
  const onTrail = (one) => one.role === 'money-trail' || (one.role === 'suspect' && paid(one));
  const values = file.values ?? [];
  return [
    { id: 'victim', values: values.filter((one) => one.role === 'victim'), losses: file.losses ?? [] },
    { id: 'account', values: values.filter((one) => onTrail(one) && !WALLETS.includes(one.kind)) },
    { id: 'wallet', values: values.filter((one) => onTrail(one) && WALLETS.includes(one.kind)) },
  ].filter((stage) => stage.values.length > 0 || stage.losses?.length > 0);
}

/** Where the money went: victims and losses, accounts, wallets, from the left to the right. */
class KoprikCaseTrail extends LitElement {
  static properties = { file: { attribute: false } };
  static styles = [base, css`
    :host { display: block; }
    ol { display: flex; align-items: stretch; gap: var(--space-2); flex-wrap: wrap; }
    li { display: flex; align-items: center; gap: var(--space-2); flex: 1 1 180px; min-width: min(180px, 100%); }
    li > k-icon { flex: none; width: 20px; height: 20px; color: var(--text-quiet); }
    .stage { flex: 1; min-width: 0; height: 100%; display: grid; gap: var(--space-2); align-content: start; padding: var(--space-3); border: 1px solid var(--border); border-radius: var(--radius); background: var(--surface); }
    .stage h3 { color: var(--text-quiet); }
    .sum { font-weight: 600; font-variant-numeric: tabular-nums; }
    .item { display: grid; gap: 2px; }
    .hint { margin-top: var(--space-2); }
  `];

  render() {
    const stages = stagesOf(this.file);
    if (stages.length === 0) {
      return html`<p class="quiet">${t('cases.trail.none')}</p>`;
    }
    return html`<ol aria-label=${t('cases.trail')}>${stages.map((stage, at) => html`<li>${at > 0 ? html`<k-icon name="right" label=${t('cases.trail.then')}></k-icon>` : nothing}
      <div class="stage"><h3>${t(`cases.trail.${stage.id}`)}</h3>
        ${(stage.losses ?? []).map((loss) => html`<div class="item"><span class="sum">${money(loss.amount, loss.currency)}</span>${loss.note ? html`<span class="meta">${loss.note}</span>` : nothing}</div>`)}
        ${stage.values.slice(0, SHOWN).map((one) => html`<div class="item"><k-value .kind=${one.kind} .value=${one.value}></k-value>
          ${one.note || one.role === 'suspect' ? html`<span class="meta">${[one.role === 'suspect' ? roleWord(one.role) : '', one.note].filter(Boolean).join(' · ')}</span>` : nothing}</div>`)}
        ${stage.values.length > SHOWN ? html`<span class="meta">${t('cases.trail.more', { count: stage.values.length - SHOWN })}</span>` : nothing}
      </div></li>`)}</ol>
      <p class="meta hint">${t('cases.trail.hint')}</p>`;
  }
}
customElements.define('koprik-case-trail', KoprikCaseTrail);
