// Which sites the hints show, by the settings: one axis each for certainty, kind and muted places.
import type { AllocationSite } from '../analysis/site.js';
import type { Settings } from '../../../protocol/src/settings.js';

/** The settings that decide what hints show. */
export type HintSettings = Pick<Settings, 'hints.enabled' | 'hints.style' | 'hints.certainties' | 'hints.kinds' | 'hints.muted'>;

/** Whether a site gets a hint. A refcount has no certainty that would hide it but `possible`. */
export function isHinted(site: AllocationSite, settings: HintSettings): boolean {
  if (site.evidence === 'refuted') return false;
  if (!settings['hints.kinds'][site.kind] || !settings['hints.certainties'][site.certainty]) return false;
  const muted = settings['hints.muted'];
  return (site.cold === null || muted[site.cold]) && (site.muted === null || muted[site.muted]);
}

/** What the default views count: not merely possible, warm, not muted, and an allocation that is written there. */
export function isCounted(site: Pick<AllocationSite, 'certainty' | 'cold' | 'muted' | 'kind' | 'evidence'>): boolean {
  return site.certainty !== 'possible' && site.cold === null && site.muted === null && site.kind !== 'callee' && site.kind !== 'refcount' && site.evidence !== 'refuted';
}
