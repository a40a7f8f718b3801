// @vitest-environment jsdom
import { render, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { StepFragment } from '../../gql/graphql';
import { Chain } from './Chain';

const step = (given: Partial<StepFragment>): StepFragment => ({
  order: 1,
  kind: 'REVISE',
  actorLabels: [],
  actors: [],
  people: [],
  target: null,
  inNameOf: [],
  document: null,
  condition: null,
  status: 'OPEN',
  dueOn: null,
  doneOn: null,
  sources: [],
  ...given,
});

const span = { field: null, start: 10, end: 20, quote: '修改完善', confirmed: false, document: { id: 'd' } };

it('tells who revises, to whom it is submitted on which condition, and in whose name it is issued', () => {
  render(
    <Chain
      steps={[
        step({ order: 1, actors: [{ id: 'o1', name: '市教育局' }], status: 'DONE', doneOn: '2022-06-07', sources: [{ ...span, method: 'RULE' }] }),
        step({ order: 2, kind: 'SUBMIT', target: { id: 'o2', name: '市委常委会' } }),
        step({
          order: 3,
          kind: 'ISSUE',
          condition: '市委常委会审议通过后',
          status: 'OVERDUE',
          inNameOf: [
            { id: 'o3', name: '市委办' },
            { id: 'o4', name: '政府办' },
          ],
        }),
      ]}
    />,
  );
  const [revise, submit, issue] = within(screen.getByRole('list')).getAllByRole('listitem');
  expect(revise?.textContent).toContain('由 市教育局');
  expect(revise?.textContent).toContain('2022年6月7日 办结');
  expect(within(revise!).getByRole('link', { name: '查看纪要原句' }).getAttribute('href')).toBe('/minutes/d?at=10-20');
  expect(submit?.textContent).toContain('提交 市委常委会');
  expect(issue?.textContent).toContain('市委常委会审议通过后');
  expect(issue?.textContent).toContain('以 市委办、政府办 名义');
  expect(issue?.textContent).toContain('逾期');
});

it('keeps the words of the minutes where the actor is no known record, and marks a derived step', () => {
  render(<Chain steps={[step({ actorLabels: ['相关部门'], sources: [{ ...span, method: 'DERIVED' }] })]} />);
  const item = screen.getByRole('listitem');
  expect(item.textContent).toContain('由 相关部门');
  expect(item.className).toContain('derived');
  expect(within(item).getByText('推得')).toBeTruthy();
});

it('says so where there is none', () => {
  render(<Chain steps={[]} />);
  expect(screen.getByText('纪要没有写明后续步骤。')).toBeTruthy();
});
