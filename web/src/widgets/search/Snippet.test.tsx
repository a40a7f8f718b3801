// @vitest-environment jsdom
import { render } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Snippet } from './Snippet';

it('marks the words, also behind a character outside the basic plane', () => {
  const { container } = render(
    <Snippet
      text="…𠮷局关于食品安全的汇报，食品"
      ranges={[
        { start: 5, end: 7 },
        { start: 13, end: 15 },
      ]}
    />,
  );
  expect(container.textContent).toBe('…𠮷局关于食品安全的汇报，食品');
  expect([...container.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(['食品', '食品']);
});
