// The server as a process: after edits sent as an editor sends them, in UTF-16 ranges and several files, it says what a new server says of the final texts.
import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../server/src/syntax/lineIndex.js';
import { TestClient } from '../server/client.js';
import { Draw, effort, SEED } from './effort.js';
import { programs, SNIPPETS } from './programs.js';
import { sourcesOf } from './workspaces.js';

const ROUNDS = effort(1, 25);
const EDITS = 24;
/** Lines that move what follows and stay valid wherever a line begins; characters of one, two and four bytes. */
const COMMENTS = ['// plain\n', '// grüße\n', '/* 😀𝕏 */\n', '\n', '// ends in CR LF\r\n'];

const uriOf = (path: string): string => `file:///nowhere${path}`;

/** What a server says of all documents: hints and the exported report. */
async function sayings(client: TestClient, paths: readonly string[]): Promise<string[]> {
  const said: string[] = [];
  for (const path of paths) {
    const json = JSON.parse(await client.connection.sendRequest<string>('heaplight/export', { scope: { kind: 'file', uri: uriOf(path) }, format: 'json' })) as { files: unknown };
    const hints = (await client.hints(uriOf(path))).map(({ position, label }) => ({ position, label }));
    said.push(`${path} ${JSON.stringify(hints)} ${JSON.stringify(json.files)}`);
  }
  return said;
}

describe.each(['go', 'rust'] as const)('a session over %s', (language) => {
  it('says after edits of several files what a new one says', async () => {
    const draw = new Draw(SEED);
    const start = programs(language);
    const paths = sourcesOf(start);
    const client = await TestClient.start();
    const texts = new Map(paths.map((path) => [path, String(start.get(path))]));
    for (const [path, text] of texts) await client.open(uriOf(path), text);
    const edit = async (path: string, from: number, to: number, inserted: string): Promise<void> => {
      const text = texts.get(path) ?? '';
      const lines = new LineIndex(text);
      await client.change(uriOf(path), { range: { start: lines.position(from), end: lines.position(to) }, text: inserted });
      texts.set(path, text.slice(0, from) + inserted + text.slice(to));
    };
    try {
      for (let round = 0; round < ROUNDS; round++) {
        for (let step = 0; step < EDITS; step++) {
          const path = draw.of(paths);
          const text = texts.get(path) ?? '';
          const lines = [...text.matchAll(/\n(?=\S)/g)].map(({ index }) => index + 1);
          const bodies = [...text.matchAll(/^(?:pub )?(?:func|fn)[^\n]*\{\n/gm)].map((match) => match.index + match[0].length);
          const place = draw.below(2) === 0 || bodies.length === 0 ? draw.of([text.length, ...lines.filter((at) => text[at] !== '}')]) : draw.of(bodies);
          const inserted = bodies.includes(place) ? `${draw.of(SNIPPETS[language].statements)}\n` : draw.of(COMMENTS);
          await edit(path, place, place, inserted);
          if (draw.below(4) === 0) { // broken for a moment, with a question in between
            await edit(path, place, place, draw.of(['{', '"', '/*', '😀']));
            await client.hints(uriOf(path), 30);
            await edit(path, place, place + (texts.get(path)?.codePointAt(place) === 0x1f600 || texts.get(path)?.startsWith('/*', place) === true ? 2 : 1), '');
          }
          if (draw.below(5) === 0) await client.hints(uriOf(path), 30);
        }
        const fresh = await TestClient.start();
        for (const [path, text] of texts) await fresh.open(uriOf(path), text);
        expect(await sayings(client, paths), `round ${round}`).toEqual(await sayings(fresh, paths));
        await fresh.stop();
      }
    } finally {
      await client.stop();
    }
  });
});
