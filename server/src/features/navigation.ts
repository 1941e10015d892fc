// Next and previous allocation: the sites that the hints show, in order of their anchors, round the end of the document.
import { wordAt } from './hintText.js';
import type { Position, PositionRange } from '../syntax/lineIndex.js';
import type { ReportView } from './reportView.js';
import { isHinted, type HintSettings } from './visibility.js';

/** Range of the anchor of the allocation after or before a position; null when the document shows none. */
export function neighbour(view: ReportView, position: Position, direction: 'next' | 'previous', settings: HintSettings): PositionRange | null {
  const { report, lines } = view;
  const shown = { ...settings, 'hints.enabled': true };
  const anchors = [...new Set(report.sites.filter((site) => isHinted(site, shown)).map((site) => site.anchor))].sort((a, b) => a - b);
  const at = lines.offset(position);
  const found = direction === 'next' ? (anchors.find((anchor) => anchor > at) ?? anchors[0]) : (anchors.findLast((anchor) => anchor < at) ?? anchors.at(-1));
  return found === undefined ? null : lines.range(found, found + anchorLength(report.text, found));
}

/** Length of the token at an anchor: a word, or one sign. */
export function anchorLength(text: string, anchor: number): number {
  return Math.max(1, wordAt(text, anchor).length);
}
