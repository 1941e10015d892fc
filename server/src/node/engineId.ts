// What the build knows of itself. In unbundled code (tests) the names are not replaced and the fallbacks hold.
declare const __HEAPLIGHT_VERSION__: string | undefined;
declare const __HEAPLIGHT_ENGINE__: string | undefined;

/** Version of the package. */
export const VERSION: string = typeof __HEAPLIGHT_VERSION__ === 'string' ? __HEAPLIGHT_VERSION__ : '0.0.0';

/** Digest of what decides a report: engine, assets and grammars. */
export const ENGINE_ID: string = typeof __HEAPLIGHT_ENGINE__ === 'string' ? __HEAPLIGHT_ENGINE__ : 'unbundled';
