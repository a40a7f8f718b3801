import type { Stretch } from './offsets';

/** Number of code points before a place that is counted in UTF-16 code units. */
export function codePoints(text: string, units: number): number {
  let n = 0;
  for (const _ of text.slice(0, units)) n++;
  return n;
}

/** The place in the text, in code units, at which a boundary of a selection lies; pieces carry theirs as `data-at`. */
function placeOf(root: Element, node: Node, offset: number): number | null {
  const element = node instanceof Element ? node : node.parentElement;
  const piece = element?.closest<HTMLElement>('[data-at]');
  if (piece && root.contains(piece)) return Number(piece.dataset.at) + (node instanceof Element ? (offset > 0 ? (piece.textContent?.length ?? 0) : 0) : offset);
  if (!root.contains(node)) return null;
  // Between paragraphs: the piece that comes next.
  const next = node.childNodes[offset];
  const after = [...root.querySelectorAll<HTMLElement>('[data-at]')].find(
    (candidate) => next && (next.contains(candidate) || next.compareDocumentPosition(candidate) & Node.DOCUMENT_POSITION_FOLLOWING),
  );
  return after ? Number(after.dataset.at) : null;
}

/** The stretch of the text, in code points, that the reader has selected within an element; without blanks at its ends. */
export function selectedStretch(root: Element, text: string, selection: Selection | null): Stretch | null {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  let start = placeOf(root, range.startContainer, range.startOffset);
  let end = placeOf(root, range.endContainer, range.endOffset);
  if (start === null || end === null) return null;
  while (start < end && /\s/.test(text[start]!)) start++;
  while (end > start && /\s/.test(text[end - 1]!)) end--;
  return start < end ? { start: codePoints(text, start), end: codePoints(text, end) } : null;
}
