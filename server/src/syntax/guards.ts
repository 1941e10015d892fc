// Guards against texts that are not worth parsing or take too long. Policy (which limits, what the report says) is the workspace's.

/** Whether a text is no source text: it holds a NUL. Looks at the beginning only, where binary files have theirs. */
export function looksBinary(text: string): boolean {
  const at = text.indexOf('\0');
  return at >= 0 && at < 1 << 16;
}

/**
 * A `cancelled` callback for the parser that says yes after `milliseconds` by `now`, or as soon as `cancelled` does. The parser asks every
 * hundred or so steps, thousands of times a second; the clock is read at every sixteenth question. Tells afterwards which of the two it was.
 */
export function timeBudget(now: () => number, milliseconds: number, cancelled?: () => boolean): { readonly cancelled: () => boolean; readonly exceeded: () => boolean } {
  const deadline = now() + milliseconds;
  let questions = 0;
  let exceeded = false;
  return {
    cancelled: () => {
      if (exceeded) return true;
      if ((++questions & 15) === 0 && now() > deadline) exceeded = true;
      return exceeded || (cancelled?.() ?? false);
    },
    exceeded: () => exceeded,
  };
}
