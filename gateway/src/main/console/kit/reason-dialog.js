import { LitElement } from 'lit';

/**
 * A dialog that does something once its reason is given. Who extends it renders the form, and calls `act`. Event
 * `close`, and one that `act` names.
 */
export class ReasonDialog extends LitElement {
  static properties = { open: { type: Boolean }, reason: { state: true }, busy: { state: true }, error: { state: true }, missing: { state: true } };

  constructor() {
    super();
    this.reason = '';
  }

  willUpdate(changed) {
    if (changed.has('open') && this.open) {
      this.begin();
    }
  }

  /** Empties the form. */
  begin() {
    this.reason = '';
    this.error = null;
    this.missing = false;
  }

  /**
   * Does the work if there is a reason, and says what went wrong.
   *
   * @param {(reason: string) => Promise<void>} work
   * @param {string} done name of the event after it
   */
  async act(work, done) {
    this.missing = !this.reason.trim();
    if (this.missing) {
      return;
    }
    this.busy = true;
    this.error = null;
    try {
      await work(this.reason.trim());
      this.dispatchEvent(new CustomEvent(done));
    } catch (failure) {
      this.error = failure;
    } finally {
      this.busy = false;
    }
  }

  close() {
    this.dispatchEvent(new CustomEvent('close'));
  }
}
