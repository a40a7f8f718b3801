/** A tie between two of a number of dots, by their places in the list. */
export type Pair = [from: number, to: number, weight: number];

/** Rounds of merging; each at least halves what can be merged, so that this many are never reached by what a canvas holds. */
const most = 20;

/**
 * Finds communities by the method of Louvain (Blondel and others, 2008): every dot moves to the neighbour's community that gains
 * the most modularity, until none gains, and then the communities are the dots of the next round. Returns for each dot the number of
 * its community, the largest being 0. The same dots and ties give the same answer.
 */
export function communities(count: number, pairs: readonly Pair[]): number[] {
  let labels = Array.from({ length: count }, (_, i) => i);
  let level = adjacency(count, pairs);
  for (let round = 0; round < most; round++) {
    const moved = dense(move(level));
    labels = labels.map((label) => moved[label]!);
    const size = new Set(moved).size;
    if (size === level.length) break;
    const merged: Pair[] = level.flatMap((ties, from) => [...ties].filter(([to]) => to >= from).map(([to, weight]): Pair => [moved[from]!, moved[to]!, weight]));
    level = adjacency(size, merged);
  }
  return bySize(labels);
}

/** For each dot its neighbours with the weights of their ties; a dot's own tie is held once. */
function adjacency(count: number, pairs: readonly Pair[]): Map<number, number>[] {
  const ties = Array.from({ length: count }, () => new Map<number, number>());
  const add = (from: number, to: number, weight: number) => ties[from]!.set(to, (ties[from]!.get(to) ?? 0) + weight);
  for (const [from, to, weight] of pairs) {
    add(from, to, weight);
    if (from !== to) add(to, from, weight);
  }
  return ties;
}

/** Moves dots among communities until no move gains anything. */
function move(ties: Map<number, number>[]): number[] {
  const label = ties.map((_, i) => i);
  // A tie of a dot to itself counts at both of its ends.
  const degree = ties.map((own, i) => [...own].reduce((sum, [to, weight]) => sum + (to === i ? 2 * weight : weight), 0));
  const total = [...degree];
  const all = degree.reduce((sum, d) => sum + d, 0) || 1;
  for (let changed = true, pass = 0; changed && pass < most; pass++) {
    changed = false;
    ties.forEach((own, i) => {
      const home = label[i]!;
      total[home]! -= degree[i]!;
      const towards = new Map<number, number>([[home, 0]]);
      for (const [to, weight] of own) if (to !== i) towards.set(label[to]!, (towards.get(label[to]!) ?? 0) + weight);
      const gain = (community: number) => (towards.get(community) ?? 0) - (total[community]! * degree[i]!) / all;
      let best = home;
      for (const community of towards.keys()) if (gain(community) > gain(best) + 1e-9) best = community;
      total[best]! += degree[i]!;
      label[i] = best;
      changed ||= best !== home;
    });
  }
  return label;
}

/** The same labels as numbers from 0 without gaps, in the order in which they appear. */
function dense(labels: number[]): number[] {
  const numbers = new Map<number, number>();
  return labels.map((label) => numbers.get(label) ?? (numbers.set(label, numbers.size), numbers.size - 1));
}

function bySize(labels: number[]): number[] {
  const sizes = new Map<number, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  const order = [...sizes].sort(([a, n], [b, m]) => m - n || a - b).map(([label]) => label);
  const rank = new Map(order.map((label, i) => [label, i]));
  return labels.map((label) => rank.get(label)!);
}
