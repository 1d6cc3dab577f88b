import { LitElement, css, html } from 'lit';
import { base } from './base.js';
import { t } from '../texts.js';
import { toast } from './toast.js';
import './icon.js';

/** Copies a text and says so. @param {string} text */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t('kit.copy.done'), { state: 'ok' });
  } catch {
    toast(t('kit.copy.refused'), { state: 'warning' });
  }
}

/** A small button that copies `value`; `what` names it: "Copy the fingerprint". */
class KCopy extends LitElement {
  static shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static properties = { value: {}, what: {} };
  static styles = [base, css`
    :host { display: inline-flex; vertical-align: middle; }
    button { display: inline-flex; align-items: center; justify-content: center; width: 24px; height: 24px; padding: 0; border: 0; border-radius: 4px; background: none; color: var(--text-quiet); cursor: pointer; }
    button:hover { background: var(--surface-hover); color: var(--text); }
    k-icon { width: 14px; height: 14px; }
  `];

  render() {
    const label = this.what || t('kit.copy.copy');
    return html`<button type="button" title=${label} aria-label=${label} @click=${this.#copy}><k-icon name="copy"></k-icon></button>`;
  }

  #copy(event) {
    event.stopPropagation();
    copy(this.value ?? '');
  }
}
customElements.define('k-copy', KCopy);
