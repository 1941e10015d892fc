// Which files make which crates, and which sources a dependency means.
import { describe, expect, it } from 'vitest';
import { CargoLayout } from '../../../server/src/languages/rust/layout/cargoLayout.js';
import { compareVersions, parseManifest, versionFits } from '../../../server/src/languages/rust/layout/manifest.js';
import { memorySources } from '../../support/engine.js';
import { rustEngine } from '../../support/rustCrates.js';

const REGISTRY = '/registry/src';
const dependency = (name: string, version: string): Record<string, string> => ({ [`${REGISTRY}/index/${name}-${version}/Cargo.toml`]: `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\n`, [`${REGISTRY}/index/${name}-${version}/src/lib.rs`]: 'pub fn f() {}\n' });

async function layoutOf(files: Readonly<Record<string, string>>): Promise<CargoLayout> {
  return new CargoLayout(await memorySources(files), REGISTRY);
}

describe('packages', () => {
  it('have a crate for each target: library, binaries, tests, examples, benches and the build script', async () => {
    const layout = await layoutOf({
      'a/Cargo.toml': '[package]\nname = "my-pack"\nversion = "1.0.0"\nedition = "2018"\n[lib]\npath = "./code/root.rs"\nname = "other"\n[[bin]]\nname = "tool"\npath = "code/../tools/tool.rs"\n[[test]]\nname = "whole"\n',
      'a/code/root.rs': '', 'a/tools/tool.rs': '', 'a/src/main.rs': '', 'a/src/bin/one.rs': '', 'a/src/bin/two/main.rs': '', 'a/tests/whole.rs': '', 'a/tests/more.rs': '', 'a/examples/e.rs': '', 'a/benches/b.rs': '', 'a/build.rs': '', 'a/src/loose.rs': '',
    });
    const pack = layout.packageOf('a/src/loose.rs');
    expect(pack?.crates).toEqual(['a/code/root.rs', 'a/tools/tool.rs', 'a/tests/whole.rs', 'a/src/main.rs', 'a/src/bin/one.rs', 'a/src/bin/two/main.rs', 'a/tests/more.rs', 'a/examples/e.rs', 'a/benches/b.rs', 'a/build.rs']);
    expect(pack?.crates.map((id) => layout.crate(id)?.name)).toEqual(['other', 'tool', 'whole', 'my_pack', 'one', 'two', 'more', 'e', 'b', 'build_script_build']);
    expect(layout.crate('a/src/main.rs')?.externs.get('other')).toBe('a/code/root.rs');
    expect(layout.crate('a/build.rs')?.externs.has('other')).toBe(false);
    expect(layout.crate('a/code/root.rs')?.edition).toBe(2018);
  });

  it('find sources of a version that holds a hyphen of its own', async () => {
    const layout = await layoutOf({
      'Cargo.toml': '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nsha-1 = "0.10"\ntoml_parser = "1.1.6"\n', 'src/lib.rs': '',
      ...dependency('toml_parser', '1.1.3+spec-1.1.0'), ...dependency('toml_parser', '1.1.6+spec-1.1.0'), ...dependency('sha-1', '0.10.0'),
    });
    const externs = layout.crate('src/lib.rs')?.externs;
    expect(externs?.get('toml_parser')).toBe(`${REGISTRY}/index/toml_parser-1.1.6+spec-1.1.0/src/lib.rs`);
    expect(externs?.get('sha_1')).toBe(`${REGISTRY}/index/sha-1-0.10.0/src/lib.rs`);
  });

  it('take dependencies under other names, from paths, and from the workspace', async () => {
    const layout = await layoutOf({
      'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n[workspace.package]\nedition = "2024"\n[workspace.dependencies]\nshared = { path = "crates/shared-lib", package = "shared-lib" }\n',
      'crates/shared-lib/Cargo.toml': '[package]\nname = "shared-lib"\nversion = "0.1.0"\nedition.workspace = true\n', 'crates/shared-lib/src/lib.rs': '',
      'crates/user/Cargo.toml': '[package]\nname = "user"\nversion = "0.1.0"\nedition.workspace = true\n[dependencies]\nshared.workspace = true\nsame = { package = "shared-lib", path = "../shared-lib" }\n[dev-dependencies]\ngone = { path = "../gone" }\n', 'crates/user/src/lib.rs': '',
    });
    const externs = layout.crate('crates/user/src/lib.rs')?.externs;
    expect(externs?.get('shared')).toBe('crates/shared-lib/src/lib.rs');
    expect(externs?.get('same')).toBe('crates/shared-lib/src/lib.rs');
    expect(externs?.has('gone')).toBe(false);
    expect(layout.crate('crates/user/src/lib.rs')?.edition).toBe(2024);
    const user = layout.packageIn('crates/user');
    expect(user === null ? null : layout.importsOf(user)).toEqual(['crates/shared-lib']);
    expect(user === null ? null : layout.missingOf(user)).toEqual(['gone']);
  });

  it('take the version that the lock names, else the newest that fits', async () => {
    const files = {
      'a/Cargo.toml': '[package]\nname = "a"\nversion = "1.0.0"\n[dependencies]\nlists = "1.2"\n', 'a/src/lib.rs': '',
      ...dependency('lists', '1.2.9'), ...dependency('lists', '1.10.1'), ...dependency('lists', '2.0.0'),
    };
    expect((await layoutOf(files)).crate('a/src/lib.rs')?.externs.get('lists')).toBe(`${REGISTRY}/index/lists-1.10.1/src/lib.rs`);
    const locked = await layoutOf({ ...files, 'Cargo.lock': '[[package]]\nname = "lists"\nversion = "1.2.9"\n' });
    expect(locked.crate('a/src/lib.rs')?.externs.get('lists')).toBe(`${REGISTRY}/index/lists-1.2.9/src/lib.rs`);
    expect(locked.crate('a/src/lib.rs')?.edition).toBe(2015);
  });

  it('of the registry do not go by the lock that they bring along', async () => {
    const shelf = `${REGISTRY}/index/shelf-1.0.0`;
    const layout = await layoutOf({
      'a/Cargo.toml': '[package]\nname = "a"\nversion = "1.0.0"\n[dependencies]\nshelf = "1"\n', 'a/src/lib.rs': '',
      [`${shelf}/Cargo.toml`]: '[package]\nname = "shelf"\nversion = "1.0.0"\n[dependencies]\nlists = "1.2"\n', [`${shelf}/src/lib.rs`]: '', [`${shelf}/Cargo.lock`]: '[[package]]\nname = "lists"\nversion = "1.2.9"\n',
      ...dependency('lists', '1.2.9'), ...dependency('lists', '1.10.1'),
    });
    const id = layout.crate('a/src/lib.rs')?.externs.get('shelf') ?? '';
    expect(layout.crate(id)?.externs.get('lists')).toBe(`${REGISTRY}/index/lists-1.10.1/src/lib.rs`);
  });
});

describe('module files', () => {
  it('are found by name, by path and below inline modules', async () => {
    const layout = await layoutOf({ 'src/lib.rs': '', 'src/a.rs': '', 'src/b/mod.rs': '', 'src/a/c.rs': '', 'src/in/d.rs': '', 'other/e.rs': '' });
    expect(layout.moduleFile('src/lib.rs', true, [], 'a', null)).toBe('src/a.rs');
    expect(layout.moduleFile('src/lib.rs', true, [], 'b', null)).toBe('src/b/mod.rs');
    expect(layout.moduleFile('src/a.rs', false, [], 'c', null)).toBe('src/a/c.rs');
    expect(layout.moduleFile('src/lib.rs', true, ['in'], 'd', null)).toBe('src/in/d.rs');
    expect(layout.moduleFile('src/lib.rs', true, [], 'x', '../other/e.rs')).toBe('other/e.rs');
    expect(layout.moduleFile('src/lib.rs', true, [], 'missing', null)).toBeNull();
  });

  it('that name each other, and packages that depend on each other, come to an end', async () => {
    const engine = await rustEngine(await memorySources({
      'a/Cargo.toml': '[package]\nname = "a"\nversion = "0.1.0"\n[dependencies]\nb = { path = "../b" }\n', 'a/src/lib.rs': '#[path = "lib.rs"]\nmod again;\nmod m;\npub fn made() -> String { b::made() }\n', 'a/src/m.rs': '#[path = "lib.rs"]\nmod up;\n',
      'b/Cargo.toml': '[package]\nname = "b"\nversion = "0.1.0"\n[dev-dependencies]\na = { path = "../a" }\n', 'b/src/lib.rs': 'pub fn made() -> String { "b".to_string() }\n#[cfg(test)]\nmod tests { fn t() { a::made(); } }\n',
    }));
    expect(engine.report('a/src/lib.rs')?.sites.map((site) => site.kind)).toEqual(['callee']);
    expect(engine.report('b/src/lib.rs')?.sites).toHaveLength(2);
    expect(engine.importsOf('a')).toEqual(['b']);
    expect(engine.importsOf('b')).toEqual(['a']);
    expect(engine.factsOf('a')).not.toBeNull();
  });
});

describe('versions', () => {
  it('are ordered as numbers, releases after their candidates', () => {
    expect(['1.10.0', '1.9.9', '2.0.0-rc.1', '2.0.0'].sort(compareVersions)).toEqual(['1.9.9', '1.10.0', '2.0.0-rc.1', '2.0.0']);
  });

  it('fit requirements as cargo reads them', () => {
    for (const [version, requirement, fits] of [['1.4.2', '1.2', true], ['2.0.0', '1.2', false], ['0.3.1', '0.3', true], ['0.4.0', '0.3', false], ['1.2.9', '~1.2', true], ['1.3.0', '~1.2', false], ['1.0.4', '=1.0.4', true], ['1.0.5', '=1.0.4', false], ['2.5.0', '>=1, <3', true], ['3.0.0', '>=1, <3', false], ['7.0.0', '*', true], ['1.0.0', null, true]] as const) {
      expect(versionFits(version, requirement), `${version} for ${requirement ?? 'anything'}`).toBe(fits);
    }
  });

  it('of a manifest that is no TOML are unknown', () => {
    expect(parseManifest('[package\nname =')).toBeNull();
  });
});
