/** A stretch of text in UTF-16 code units, as JavaScript counts. */
export interface Stretch {
  start: number;
  end: number;
}

/**
 * Turns offsets in code points, as the API counts, into offsets in UTF-16 code units, as JavaScript strings count. The two
 * differ after the first character outside the basic plane, such as 𠮷.
 */
export function codeUnits(text: string): (codePoint: number) => number {
  if (!/[\u{10000}-\u{10ffff}]/u.test(text)) return (codePoint) => Math.min(Math.max(codePoint, 0), text.length);
  const starts: number[] = [];
  let unit = 0;
  for (const character of text) {
    starts.push(unit);
    unit += character.length;
  }
  return (codePoint) => (codePoint < 0 ? 0 : (starts[codePoint] ?? text.length));
}

/** A piece of text between two boundaries, with the facts that cover it, the shortest first. */
export interface Piece<Fact> {
  text: string;
  start: number;
  facts: Fact[];
}

/**
 * Cuts text at every boundary of a fact, so that facts may overlap and nest. Facts are given in code units; those that are
 * empty or outside of the text are ignored.
 */
export function cut<Fact extends Stretch>(text: string, facts: Fact[], from = 0, to = text.length): Piece<Fact>[] {
  const inside = facts.filter((fact) => fact.start < fact.end && fact.start < to && fact.end > from);
  const bounds = new Set([from, to]);
  for (const { start, end } of inside) {
    if (start > from) bounds.add(start);
    if (end < to) bounds.add(end);
  }
  const sorted = [...bounds].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((start, i) => ({
    text: text.slice(start, sorted[i + 1]),
    start,
    facts: inside
      .filter((fact) => fact.start <= start && fact.end >= sorted[i + 1]!)
      .sort((a, b) => a.end - a.start - (b.end - b.start)),
  }));
}

/** Paragraphs of a text: stretches between blank lines, without the line ends around them. */
export function paragraphs(text: string): Stretch[] {
  const found: Stretch[] = [];
  for (const match of text.matchAll(/[^\n](?:[^\n]|\n(?!\s*\n))*/g)) {
    const raw = match[0];
    const start = match.index + (raw.length - raw.trimStart().length);
    const end = match.index + raw.trimEnd().length;
    if (start < end) found.push({ start, end });
  }
  return found;
}
