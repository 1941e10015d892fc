// `cfg_net! { pub mod net; }`: modules that a macro declares are read from their files like all others.
import { describe, expect, it } from 'vitest';
import { rustPlugin } from '../../../server/src/languages/rust/plugin.js';
import { fragmentParser, memorySources, noFacts, testOptions } from '../../support/engine.js';

const files = {
  'Cargo.toml': '[package]\nname = "outer"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nnetwork = "1"\n',
  'src/lib.rs': 'pub fn name(peer: &network::net::Peer) -> String { peer.name().clone() }\npub fn port(peer: &network::net::wire::Port) -> u16 { peer.number().clone() }\npub fn inner(deep: network::a::deep::Deep) -> String { deep.0.clone() }\n',
  'registry/index/network-1.0.0/Cargo.toml': '[package]\nname = "network"\nversion = "1.0.0"\nedition = "2021"\n',
  'registry/index/network-1.0.0/src/lib.rs': 'macro_rules! cfg_net { ($($item:item)*) => { $( #[cfg(feature = "net")] $item )* } }\ncfg_net! { pub mod net; }\npub mod a { cfg_net! { pub mod deep; } }\n',
  'registry/index/network-1.0.0/src/net/mod.rs': 'pub struct Peer(String);\nimpl Peer { pub fn name(&self) -> &String { &self.0 } }\ncfg_net! { pub mod wire; }\n',
  'registry/index/network-1.0.0/src/net/wire.rs': 'pub struct Port(u16);\nimpl Port { pub fn number(&self) -> u16 { self.0 } }\n',
  'registry/index/network-1.0.0/src/a/deep.rs': 'pub struct Deep(pub String);\n',
};

describe('modules that macros declare', () => {
  it('are read, however deep', async () => {
    const engine = rustPlugin.createEngine({ sources: await memorySources(files), facts: noFacts, parseFragment: await fragmentParser(), options: { ...testOptions, rust: { registry: 'registry' } } });
    const report = engine.report('src/lib.rs');
    expect(report?.sites.map((site) => `${site.rule} ${site.certainty} ${report.text.slice(site.start, site.end)}`)).toEqual(['rust/clone always peer.name().clone()', 'rust/clone always deep.0.clone()']);
  });

  it('belong to the package when it is the own one', async () => {
    const own = { 'Cargo.toml': files['Cargo.toml'], 'src/lib.rs': 'macro_rules! cfg_net { ($($item:item)*) => { $($item)* } }\npub struct Peer(String);\ncfg_net! { mod net; }\n', 'src/net.rs': 'pub fn copy(peer: &crate::Peer) -> String { peer.0.clone() }\n' };
    const report = rustPlugin.createEngine({ sources: await memorySources(own), facts: noFacts, parseFragment: await fragmentParser(), options: testOptions }).report('src/net.rs');
    expect(report?.sites.map((site) => [site.rule, site.certainty, site.function])).toEqual([['rust/clone', 'always', 'outer::net::copy']]);
  });
});
