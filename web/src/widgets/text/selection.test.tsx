// @vitest-environment jsdom
import { render } from '@testing-library/react';
import { expect, it } from 'vitest';
import { MinutesText } from './MinutesText';
import { selectedStretch } from './selection';

const text = '𠮷林市：会议原则同意。\n\n由市科技局 修改完善。';

function select(from: [part: string, offset: number], to: [part: string, offset: number]) {
  const { container } = render(<MinutesText text={text} facts={[{ kind: 'decision', label: '', start: 4, end: 10, derived: false }]} at={null} onChoose={() => {}} />);
  const node = (part: string) => {
    const piece = [...container.querySelectorAll('[data-at]')].find((span) => span.textContent?.includes(part));
    return piece!.firstChild!;
  };
  const range = document.createRange();
  range.setStart(node(from[0]), from[1]);
  range.setEnd(node(to[0]), to[1]);
  const selection = getSelection()!;
  selection.removeAllRanges();
  selection.addRange(range);
  return selectedStretch(container.querySelector('.minutes-text')!, text, selection);
}

const words = (stretch: { start: number; end: number } | null) => stretch && [...text].slice(stretch.start, stretch.end).join('');

it('counts in code points, whatever the pieces of the text', () => {
  expect(words(select(['会议原则', 2], ['会议原则', 6]))).toBe('原则同意');
  expect(words(select(['𠮷林', 0], ['会议原则', 2]))).toBe('𠮷林市：会议');
});

it('reaches over paragraphs and leaves blanks at the ends out', () => {
  expect(words(select(['会议原则', 4], ['由市科技局', 6]))).toBe('同意。\n\n由市科技局');
});

it('is nothing where nothing of the text is selected', () => {
  expect(selectedStretch(document.createElement('div'), text, getSelection())).toBeNull();
  expect(selectedStretch(document.body, text, null)).toBeNull();
});
