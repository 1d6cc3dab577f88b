/**
 * Asks the centre for something, and keeps in the reactive properties `busy` and `error` of a component how that goes.
 * A component that is busy starts nothing else.
 * @param {import('lit').LitElement & {busy?: boolean, error?: any}} host @param {() => Promise<void>} work
 */
export async function attempt(host, work) {
  if (host.busy) {
    return;
  }
  host.busy = true;
  host.error = null;
  try {
    await work();
  } catch (failure) {
    host.error = failure;
  } finally {
    host.busy = false;
  }
}
