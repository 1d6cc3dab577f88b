/**
 * A press is a click also when what is pressed moves away beneath the pointer. Lists grow and are drawn anew at any
 * time; a browser sends no click when button down and button up hit different elements.
 */
const PRESSED = 'a[href], button, summary';
/** A pointer that moves farther drags, selects, or thought better of it. */
const SLACK_PX = 6;

/** @param {Event} event @returns {any} the control that the event hits, in whatever shadow root; undefined for none */
const control = (event) => event.composedPath().find((node) => node instanceof Element && node.matches(PRESSED));

/** Of a mouse alone: the click of a finger comes later than its pointer goes up. @param {PointerEvent} down */
function pressed(down) {
  const target = control(down);
  if (!target || down.button !== 0 || down.pointerType !== 'mouse') {
    return;
  }
  let clicked = false;
  const end = new AbortController();
  const options = { capture: true, signal: end.signal };
  addEventListener('click', (click) => (clicked ||= click.composedPath().includes(target)), options);
  addEventListener('dragstart', () => end.abort(), options);
  addEventListener('pointerup', (up) => {
    const moved = Math.hypot(up.clientX - down.clientX, up.clientY - down.clientY) > SLACK_PX;
    // The browser's own click, if there is one, follows in the same task.
    setTimeout(() => {
      end.abort();
      if (!clicked && !moved) {
        target.click();
      }
    });
  }, options);
}

document.addEventListener('pointerdown', pressed, { capture: true });
