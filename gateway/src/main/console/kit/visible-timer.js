/** A reactive controller that does something again and again while its component is on the page and the page is seen. */
export class VisibleTimer {
  #every;
  #work;
  #timer;

  /** @param {import('lit').ReactiveControllerHost} host @param {number} every milliseconds @param {() => void} work */
  constructor(host, every, work) {
    this.#every = every;
    this.#work = work;
    host.addController(this);
  }

  hostConnected() {
    this.#timer = setInterval(() => document.hidden || this.#work(), this.#every);
  }

  hostDisconnected() {
    clearInterval(this.#timer);
  }
}
