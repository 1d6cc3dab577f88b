import { LitElement } from 'lit';
import { VisibleTimer } from './visible-timer.js';

/**
 * A screen that reads what it shows when it appears, and again while it is seen. Who extends it has `load`, which keeps
 * what it reads. `failure` is why the last reading failed, `read` when one succeeded last.
 */
export class ReadingScreen extends LitElement {
  static properties = { route: { attribute: false }, failure: { state: true }, read: { state: true } };

  /** @param {number} every milliseconds between two readings */
  constructor(every) {
    super();
    new VisibleTimer(this, every, () => this.refresh());
  }

  connectedCallback() {
    super.connectedCallback();
    this.refresh();
  }

  async refresh() {
    try {
      await this.load();
      this.failure = null;
      this.read = Date.now();
    } catch (failure) {
      this.failure = failure;
    }
  }

  /** @returns {Promise<void>} */
  async load() {}
}
