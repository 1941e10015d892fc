// Where this machine's Go installation is, as the command line finds it.
import { languageOptions, NO_TOOLCHAIN_SETTINGS } from '../../../server/src/node/toolchains.js';

/** Found without running anything; null for none. */
export function findToolchains(): { readonly goroot: string | null } {
  return { goroot: languageOptions(NO_TOOLCHAIN_SETTINGS, []).go.goroot };
}
