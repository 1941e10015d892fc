// Facts of libraries beyond a session: what was stored is found again, whatever is wrong with it counts as not there.
import { describe, expect, it } from 'vitest';
import type { FactsStore, UnitFacts } from '../../../server/src/analysis/language.js';
import { LibraryFacts } from '../../../server/src/workspace/libraryFacts.js';
import { NO_FACTS } from '../../../server/src/workspace/workspace.js';
import { memoryHost } from './memoryHost.js';
import { memoryStorage, type MemoryStorage } from './memoryStorage.js';

const host = memoryHost(new Map());
const REGISTRY = '/cargo/registry/src';
const LISTS: UnitFacts = { language: 'rust', unit: `${REGISTRY}/index/lists-1.0.0`, name: 'lists', version: 3, body: 'heaplight-rust-facts 3 x\n{"ä": "😀"}' };
const storeOn = (storage: MemoryStorage, behind: FactsStore = NO_FACTS, engine = '1'): LibraryFacts => {
  const store = new LibraryFacts(behind, host, engine, () => [REGISTRY]);
  store.setStorage(storage);
  return store;
};
const stored = (): MemoryStorage => {
  const storage = memoryStorage();
  const store = storeOn(storage);
  store.save(LISTS);
  store.writeAll();
  return storage;
};

describe('facts of libraries', () => {
  it('are there in the next session, as often as they are read', () => {
    const storage = stored();
    const found = storeOn(storage).load('rust', LISTS.unit);
    expect({ ...found, body: found?.body }).toEqual(LISTS);
    expect(found?.body).toBe(LISTS.body);
    expect(storage.uses).toHaveLength(1); // the session that read says that it uses the folder
  });

  it('are written when nobody waits, once each, and told of', () => {
    const storage = memoryStorage();
    const store = storeOn(storage);
    let told = 0;
    store.onWaiting = () => { told++; };
    let read = 0;
    const facts = (unit: string): UnitFacts => ({ ...LISTS, unit, get body() { read++; return 'body'; } });
    store.save(facts(`${REGISTRY}/index/one-1.0.0`));
    store.save(facts(`${REGISTRY}/index/two-1.0.0`));
    expect([told, read, storage.texts.size]).toEqual([1, 0, 0]);
    expect(store.writeNext()).toBe(true);
    expect(store.writeNext()).toBe(false);
    expect([told, read, storage.texts.size]).toEqual([1, 2, 2]);
    expect(store.writeNext()).toBe(false);
    expect(read).toBe(2);
  });

  it('are found in the same session once they are written', () => {
    const store = storeOn(memoryStorage());
    expect(store.load('rust', LISTS.unit)).toBeNull();
    store.save(LISTS);
    store.writeAll();
    expect(store.load('rust', LISTS.unit)?.body).toBe(LISTS.body);
  });

  it('are those of libraries alone; all others the store behind has', () => {
    const storage = memoryStorage();
    const saved: UnitFacts[] = [];
    const store = storeOn(storage, { load: (_, unit) => (unit === '/w/own' ? { ...LISTS, unit } : null), save: (facts) => { saved.push(facts); } });
    store.save({ ...LISTS, unit: '/w/own' });
    store.save({ ...LISTS, unit: `${REGISTRY}-beside/lists-1.0.0` });
    store.writeAll();
    expect(saved.map(({ unit }) => unit)).toEqual(['/w/own', `${REGISTRY}-beside/lists-1.0.0`]);
    expect(storage.texts.size).toBe(0);
    expect(store.load('rust', '/w/own')?.unit).toBe('/w/own');
  });

  it('count as not there when they are damaged, of another unit or of another engine', () => {
    const [name = '', text = ''] = [...stored().texts][0] ?? [];
    for (const damaged of ['', 'x', '\n', text.slice(0, -1), text.replace('ä', 'o'), text.replace('lists-1.0.0', 'lists-1.0.1'), `[]${text.slice(text.indexOf('\n'))}`, `{${text}`]) {
      const storage = memoryStorage();
      storage.texts.set(name, damaged);
      expect(storeOn(storage).load('rust', LISTS.unit), damaged).toBeNull();
    }
    expect(storeOn(stored(), NO_FACTS, '2').load('rust', LISTS.unit)).toBeNull();
    expect(storeOn(stored()).load('go', LISTS.unit)).toBeNull();
  });

  it('are kept nowhere without a storage', () => {
    const store = new LibraryFacts(NO_FACTS, host, '1', () => [REGISTRY]);
    store.save(LISTS);
    expect(store.writeNext()).toBe(false);
    expect(store.load('rust', LISTS.unit)).toBeNull();
  });
});
