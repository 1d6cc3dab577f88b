import { LitElement, css, html } from 'lit';
import { base } from './base.js';
import { t } from '../texts.js';
import './copy.js';

const HEAD = 4;
const TAIL = 6;

/** Shortens an id in the middle: `indicator--8e2e…9f1c0a`. @param {string} id */
export function shortId(id) {
  const text = String(id ?? '');
  const mark = text.indexOf('--');
  const start = mark < 0 ? HEAD * 2 : mark + 2 + HEAD;
  return text.length <= start + TAIL + 1 ? text : `${text.slice(0, start)}…${text.slice(-TAIL)}`;
}

/** An id in monospace, shortened in the middle; the button copies it whole. */
class KId extends LitElement {
  static properties = { value: {} };
  static styles = [base, css`
    :host { display: inline-flex; align-items: center; gap: 2px; max-width: 100%; vertical-align: middle; }
    code { min-width: 0; }
  `];

  render() {
    return html`<code translate="no" title=${this.value}>${shortId(this.value)}</code><k-copy .value=${this.value} what=${t('kit.copy.id')}></k-copy>`;
  }
}
customElements.define('k-id', KId);
