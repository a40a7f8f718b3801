import { expect, it } from 'vitest';
import { firstDay, lastDay, monthOf } from './months';

it('counts months and finds their first and last days', () => {
  expect(firstDay(monthOf('2022-06-17'))).toBe('2022-06-01');
  expect(lastDay(monthOf('2024-02-01'))).toBe('2024-02-29');
  expect(lastDay(monthOf('2023-02-01'))).toBe('2023-02-28');
  expect(lastDay(monthOf('2022-12-31'))).toBe('2022-12-31');
  expect(monthOf('2023-01-01') - monthOf('2022-12-31')).toBe(1);
  expect(monthOf('soon')).toBeNaN();
});
