/** A part of the screen of an object that loads its own data when it is opened. */
import { LitElement, html } from 'lit';
import '../kit/problem.js';
import '../kit/skeleton.js';

/** Subclasses say what they load (`fetched`) and how they show it (`content`). */
export class Part extends LitElement {
  static properties = { objectId: { attribute: false }, data: { state: true }, error: { state: true } };

  /** What a subclass loads. @returns {Promise<any>} */
  async fetched() {
    throw new Error('a subclass says what it loads');
  }

  /** How a subclass shows it. @param {any} data @returns {unknown} */
  content(data) {
    throw new Error(`a subclass shows ${data}`);
  }

  /** The id as a part of a path. */
  get path() {
    return `/api/objects/${encodeURIComponent(this.objectId)}`;
  }

  willUpdate(changed) {
    if (changed.has('objectId') && this.objectId) {
      this.data = null;
      this.load();
    }
  }

  async load() {
    const asked = this.objectId;
    this.error = null;
    try {
      const data = await this.fetched();
      if (asked === this.objectId) {
        this.data = data;
      }
    } catch (failure) {
      if (asked === this.objectId) {
        this.error = failure;
      }
    }
  }

  render() {
    if (this.error) {
      return html`<k-problem .error=${this.error} @retry=${this.load}></k-problem>`;
    }
    return this.data ? this.content(this.data) : html`<k-skeleton rows="4"></k-skeleton>`;
  }
}
