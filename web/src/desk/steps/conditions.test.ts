import { expect, it } from 'vitest';
import { filterOf, shown, viewOf } from './conditions';

const asked = new URLSearchParams('owedBy=organization_1&body=organization_2');

it('asks for one step that fits all conditions', () => {
  expect(filterOf(asked, 'overdue')).toEqual({
    text: undefined,
    meeting: { body: { id: { eq: 'organization_2' } } },
    steps: { some: { status: { in: ['OVERDUE'] }, actors: { some: { id: { eq: 'organization_1' } } } } },
  });
  expect(filterOf(asked, 'open', false).meeting).toBeUndefined();
});

it('shows the steps that were asked for, and what is overdue among what is open', () => {
  const step = (order: number, status: 'OPEN' | 'OVERDUE' | 'DONE' | 'CANCELLED', actor: string) => ({ order, status, actors: [{ id: actor }] });
  const steps = [step(1, 'DONE', 'organization_1'), step(2, 'OPEN', 'organization_1'), step(3, 'OVERDUE', 'organization_1'), step(4, 'OPEN', 'organization_3'), step(5, 'CANCELLED', 'organization_1')];
  expect(shown(steps, asked, 'open').map(({ order }) => order)).toEqual([2, 3]);
  expect(shown(steps, asked, 'done').map(({ order }) => order)).toEqual([1]);
  expect(shown(steps, new URLSearchParams(), 'open').map(({ order }) => order)).toEqual([2, 3, 4]);
});

it('takes an address that strangers wrote', () => {
  expect(viewOf('nothing')).toBe('open');
  expect(viewOf('overdue')).toBe('overdue');
});
