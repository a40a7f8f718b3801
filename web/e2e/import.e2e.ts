import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { ask, barriers, useBrowser } from './browser';

const open = useBrowser();
const token = inject('token');
const sample = join(import.meta.dirname, '../../samples/taicang-2022-08.txt');

it('imports a file with a correction, looked at beside its text', { timeout: 180_000 }, async () => {
  const { page, troubles, close } = await open('/admin/import');
  await page.getByLabel('令牌', { exact: true }).fill(token);
  await page.getByRole('button', { name: '使用此令牌' }).click();
  await page.locator('input[type=file]').setInputFiles(sample);
  await page.getByText('可导入').waitFor({ timeout: 60_000 });
  expect(await page.locator('.review .minutes-text').textContent()).toContain('市政府第 7 次常务会议');
  expect(await barriers(page)).toEqual([]);

  await page.locator('.review-facts summary', { hasText: '读出的事实' }).click();
  await page.locator('.review-facts .fact-list .choose', { hasText: '胡卫江' }).last().click();
  await expect.poll(() => page.locator('.review mark').allInnerTexts()).toContain('胡卫江');

  await page.getByRole('button', { name: '更正文本' }).click();
  const text = readFileSync(sample, 'utf8').replaceAll('第 8 号', '第 9 号').replaceAll('第 7 次', '第 17 次').replaceAll('6 月 1 日', '6 月 15 日');
  await page.getByRole('textbox', { name: '全文' }).fill(text);
  await page.getByRole('button', { name: '重新读取' }).first().click();
  await page.locator('.review .minutes-text', { hasText: '第 17 次' }).waitFor({ timeout: 60_000 });
  await page.getByText('可导入').waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: '导入', exact: true }).click();
  await page.getByText('已导入').waitFor({ timeout: 60_000 });
  const { meetings } = await ask<{ meetings: { nodes: { ordinal: number; agendaItems: { totalCount: number } }[] } }>(
    '{ meetings(filter: { ordinal: { eq: 17 } }, first: 1) { nodes { ordinal agendaItems { totalCount } } } }',
    {},
    token,
  );
  expect(meetings.nodes[0]?.agendaItems.totalCount).toBe(9);
  expect(troubles).toEqual([]);
  await close();
});
