// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { Fact } from './facts';
import { MinutesText } from './MinutesText';

const text = '会议由𠮷市长主持。\n\n会议原则同意该《行动计划》，由市科技局修改完善。';
const place = (part: string): [number, number] => {
  const start = [...text.slice(0, text.indexOf(part))].length;
  return [start, start + [...part].length];
};
const fact = (kind: Fact['kind'], part: string): Fact => {
  const [start, end] = place(part);
  return { kind, label: part, start, end, derived: false };
};
const decision = fact('decision', '会议原则同意该《行动计划》，由市科技局修改完善。');
const step = fact('step', '由市科技局修改完善');

it('marks exactly the stretch, counted in code points', () => {
  const [start, end] = place('由市科技局修改完善');
  const { container } = render(<MinutesText text={text} facts={[]} at={{ start, end }} onChoose={() => {}} />);
  expect([...container.querySelectorAll('mark')].map((mark) => mark.textContent).join('')).toBe('由市科技局修改完善');
  expect(container.textContent).toBe(text.replace('\n\n', ''));
});

it('gives the innermost fact under the pointer', () => {
  const chosen = vi.fn();
  render(<MinutesText text={text} facts={[decision, step]} at={null} onChoose={chosen} />);
  fireEvent.click(screen.getByText('由市科技局修改完善'));
  expect(chosen).toHaveBeenLastCalledWith(step);
  fireEvent.click(screen.getByText('会议原则同意该《行动计划》，'));
  expect(chosen).toHaveBeenLastCalledWith(decision);
});
