// The outside in a browser's worker: no disk. What is open is all there is; assets and grammars are fetched once at the start.
import type { Host } from '../workspace/host.js';

/** A host without files. `assets` holds the texts that were fetched. */
export function browserHost(assets: ReadonlyMap<string, string>): Host {
  const strict = new TextDecoder('utf-8', { fatal: true });
  const lenient = new TextDecoder('utf-8');
  const encoder = new TextEncoder();
  const channel = new MessageChannel();
  const waiting: (() => void)[] = [];
  channel.port1.onmessage = () => { waiting.shift()?.(); };
  return {
    read: () => ({ kind: 'missing' }),
    stat: () => null,
    list: () => null,
    asset: (name) => assets.get(name) ?? null,
    decode(bytes) {
      try {
        return { text: strict.decode(bytes), malformed: false };
      } catch {
        return { text: lenient.decode(bytes), malformed: true };
      }
    },
    encode: (text) => encoder.encode(text),
    hash,
    now: () => performance.now(),
    pause: () => new Promise((resolve) => {
      waiting.push(resolve);
      channel.port2.postMessage(null);
    }),
  };
}

/** FNV-1a over 64 bits as two halves: tells contents apart, and is no protection against anyone. */
function hash(content: string | Uint8Array): string {
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  for (let i = 0; i < content.length; i++) {
    const unit = typeof content === 'string' ? content.charCodeAt(i) : (content[i] as number);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x85ebca6b) ^ (high >>> 13);
  }
  return (low >>> 0).toString(16).padStart(8, '0') + (high >>> 0).toString(16).padStart(8, '0');
}
