import { LitElement, css, html, nothing } from 'lit';
import { base } from './base.js';
import { codeOf } from './failure.js';
import { onKeys } from './keys.js';
import { t } from '../texts.js';
import './button.js';
import './icon.js';

const SHOWN_MS = 6000;
const WITH_UNDO_MS = 12000;

/** The messages at the lower edge; the page has one of these. */
class KToasts extends LitElement {
  static properties = { toasts: { state: true } };
  static styles = [base, css`
    :host { position: fixed; inset: auto 0 var(--space-4) 0; margin: 0 auto; width: min(480px, calc(100vw - 32px)); z-index: 50; display: grid; gap: var(--space-2); pointer-events: none;
      border: 0; padding: 0; background: none; overflow: visible; }
    .toast { display: flex; align-items: center; gap: var(--space-3); padding: var(--space-2) var(--space-2) var(--space-2) var(--space-4); border-radius: var(--radius); background: var(--grey-8); color: var(--grey-0);
      box-shadow: var(--shadow); pointer-events: auto; min-height: 48px; }
    .text { flex: 1; min-width: 0; overflow-wrap: anywhere; }
    button { display: inline-flex; align-items: center; justify-content: center; gap: 6px; min-width: 32px; min-height: 32px; padding: 0 8px; border: 1px solid transparent; border-radius: var(--radius); background: none; color: inherit; font-weight: 600; cursor: pointer; }
    .undo { border-color: currentColor; }
    :focus-visible { outline-color: currentColor; }
  `];

  constructor() {
    super();
    this.toasts = [];
    onKeys(this, { KeyU: () => this.#undo(this.toasts.findLast((one) => one.undo)) }, () => (this.toasts.some((one) => one.undo) ? { KeyU: t('kit.toast.undo') } : {}));
  }

  show(one) {
    this.toasts = [...this.toasts.slice(-2), one];
    // A modal dialog lies above all else but popovers that were opened after it.
    this.popover = 'manual';
    this.hidePopover?.();
    this.showPopover?.();
    one.timer = setTimeout(() => this.#remove(one), one.undo ? WITH_UNDO_MS : SHOWN_MS);
  }

  #remove(one) {
    clearTimeout(one.timer);
    this.toasts = this.toasts.filter((other) => other !== one);
  }

  async #undo(one) {
    if (one) {
      this.#remove(one);
      try {
        await one.undo();
      } catch (failure) {
        tell(failure);
      }
    }
  }

  render() {
    return html`<div role="status" aria-live="polite" class="stack">${this.toasts.map((one) => html`
      <div class="toast">
        ${one.state ? html`<k-icon name=${one.state}></k-icon>` : nothing}
        <span class="text">${one.text}</span>
        ${one.undo ? html`<button type="button" class="undo" title="(U)" @click=${() => this.#undo(one)}>${t('kit.toast.undo')}</button>` : nothing}
        <button type="button" aria-label=${t('kit.close')} title=${t('kit.close')} @click=${() => this.#remove(one)}><k-icon name="close"></k-icon></button>
      </div>`)}</div>`;
  }
}
customElements.define('k-toasts', KToasts);

let toasts = null;

/**
 * Shows a message for some seconds. @param {string} text
 * @param {{undo?: () => void, state?: 'ok'|'notice'|'warning'|'danger'}} [options]
 */
export function toast(text, options = {}) {
  if (!toasts?.isConnected) {
    toasts = document.body.appendChild(document.createElement('k-toasts'));
  }
  toasts.show({ text, undo: options.undo, state: options.state });
}

/** Tells a failure in a message: for actions whose component is out of sight, or gone. @param {any} failure */
export function tell(failure) {
  const code = codeOf(failure);
  toast(`${t(`problems.${code}.what`)}. ${t(`problems.${code}.do`)}`, { state: 'danger' });
}
