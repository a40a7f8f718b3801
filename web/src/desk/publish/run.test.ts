import { describe, expect, it } from 'vitest';
import { type Answer, type Chosen, type Run, runAll, type Send } from './run';

const records = (count: number): Chosen[] => Array.from({ length: count }, (_, i) => ({ id: `r${i}`, version: 1, name: `记录${i}` }));

/** A server that refuses some records, and knows some to be as wanted already. */
function server(refused: string[] = [], same: string[] = []): { send: Send; sizes: number[] } {
  const sizes: number[] = [];
  const send: Send = async (sent) => {
    sizes.push(sent.length);
    const refusals = sent.flatMap(({ id }, i) => (refused.includes(id) ? [{ code: 'CONFLICT', message: `changed ${id}`, path: ['records', String(i), 'expectedVersion'] }] : []));
    const results = sent.map(({ id, expectedVersion }) =>
      same.includes(id) ? { id, outcome: 'UNCHANGED', record: { version: expectedVersion } } : { id, outcome: 'UPDATED', record: { version: expectedVersion + 1 } },
    );
    return refusals.length ? { results: [], refusals } : { results, refusals };
  };
  return { send, sizes };
}

async function run(count: number, send: Send): Promise<{ steps: Run[]; last: Run }> {
  const steps: Run[] = [];
  await runAll(records(count), 'PUBLIC', send, (step) => steps.push(step));
  return { steps, last: steps.at(-1)! };
}

describe('a bulk change', () => {
  it('goes fifty at a time and tells how far it is', async () => {
    const { send, sizes } = server([], ['r7']);
    const { steps, last } = await run(120, send);
    expect(sizes).toEqual([50, 50, 20]);
    expect(steps.map(({ changed }) => changed.length)).toEqual([0, 49, 99, 119, 119]);
    expect(last).toMatchObject({ total: 120, unchanged: 1, failed: [], ended: true });
    expect(last.changed[0]).toEqual({ id: 'r0', version: 2, name: '记录0' });
  });

  it('notes what is refused, record by record, and does the rest', async () => {
    const { send, sizes } = server(['r3', 'r60']);
    const { last } = await run(70, send);
    expect(sizes).toEqual([50, 49, 20, 19]);
    expect(last.changed).toHaveLength(68);
    expect(last.failed.map(({ record, message }) => [record.id, message])).toEqual([
      ['r3', 'changed r3'],
      ['r60', 'changed r60'],
    ]);
  });

  it('stops where a request fails, and says so of all that are left', async () => {
    let calls = 0;
    const send: Send = async (sent): Promise<Answer> =>
      ++calls === 2 ? { results: [], refusals: [], trouble: 'offline' } : { results: sent.map(({ id }) => ({ id, outcome: 'UPDATED' })), refusals: [] };
    const { last } = await run(160, send);
    expect(calls).toBe(2);
    expect(last.changed).toHaveLength(50);
    expect(last.failed).toHaveLength(110);
    expect(last.ended).toBe(true);
  });

  it('ends where what is refused names no record', async () => {
    const { last } = await run(3, async () => ({ results: [], refusals: [{ message: 'no', path: [] }] }));
    expect(last.failed).toHaveLength(3);
  });
});
