// Waiting for something to become true, with an error that shows what was there instead.

/**
 * @template T
 * @param {string} what is awaited, for the error
 * @param {() => Promise<T>} read
 * @param {(value: T) => boolean} accept
 * @param {import('./session.d.mts').WaitOptions} [options]
 * @param {(value: T) => string} [show] a value, in the error
 * @returns {Promise<T>} the first value that was accepted
 */
export async function until(what, read, accept, { timeout = 20_000 } = {}, show = (value) => JSON.stringify(value, null, 1)) {
  const deadline = performance.now() + timeout;
  for (;;) {
    const value = await read();
    if (accept(value)) return value;
    if (performance.now() > deadline) throw new Error(`Waited ${timeout / 1000} s for ${what}. There was:\n${show(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
