import { codeUnits, cut } from '../text/offsets';

/** A stretch of a field with the words that were looked for marked. Ranges count code points, as the API does. */
export function Snippet({ text, ranges }: { text: string; ranges: { start: number; end: number }[] }) {
  const at = codeUnits(text);
  const marks = ranges.map(({ start, end }) => ({ start: at(start), end: at(end) }));
  return cut(text, marks).map(({ text: piece, start, facts }) => (facts.length ? <mark key={start}>{piece}</mark> : piece));
}
