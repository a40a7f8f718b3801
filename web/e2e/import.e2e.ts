import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { ask, barriers, useBrowser } from './browser';

const open = useBrowser();
const token = inject('token');
const sample = join(import.meta.dirname, '../../samples/taicang-2022-08.txt');

it('imports another text of the file, looked at beside its text', { timeout: 180_000 }, async () => {
  const { page, troubles, close } = await open('/admin/import');
  await page.getByLabel('令牌', { exact: true }).fill(token);
  await page.getByRole('button', { name: '使用此令牌' }).click();
  await page.locator('input[type=file]').setInputFiles(sample);
  await page.getByText('可导入').waitFor({ timeout: 60_000 });
  expect(await page.locator('.review .minutes-text').textContent()).toContain('市政府第 7 次常务会议');
  expect(await barriers(page)).toEqual([]);

  // Correct a value by words that are selected in the text, and another by hand.
  await page.evaluate(() => {
    const piece = [...document.querySelectorAll('.review [data-at]')].find((span) => span.textContent?.includes('办公室'))!;
    const at = piece.textContent!.indexOf('办公室');
    getSelection()!.setBaseAndExtent(piece.querySelector('mark')?.firstChild ?? piece.firstChild!, at, piece.querySelector('mark')?.firstChild ?? piece.firstChild!, at + 3);
  });
  const assign = page.locator('.assign');
  await assign.getByRole('combobox').selectOption('meeting.place');
  await assign.getByRole('button', { name: '应用' }).click();
  await page.locator('.value-corrected', { hasText: '办公室' }).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: '更正: 时段' }).click();
  await page.locator('.value-form').getByLabel('时段').fill('傍晚');
  await page.locator('.value-form').getByRole('button', { name: '应用' }).click();
  await page.locator('.value-corrected', { hasText: '傍晚' }).waitFor({ timeout: 60_000 });
  await page.getByText('2 处更正').waitFor();

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
  await page.locator('.stage-done').waitFor({ timeout: 60_000 });
  const { meetings } = await ask<{ meetings: { nodes: { ordinal: number; agendaItems: { totalCount: number } }[] } }>(
    '{ meetings(filter: { ordinal: { eq: 17 } }, first: 1) { nodes { ordinal agendaItems { totalCount } } } }',
    {},
    token,
  );
  expect(meetings.nodes[0]?.agendaItems.totalCount).toBe(9);
  expect(troubles).toEqual([]);
  await close();
});

it('imports a queue of files, with a correction that reaches the graph', { timeout: 240_000 }, async () => {
  const { page, close } = await open('/admin/import', { locale: 'en-GB', colorScheme: 'dark', viewport: { width: 360, height: 740 } });
  await page.getByLabel('Token', { exact: true }).fill(token);
  await page.getByRole('button', { name: 'Use this token' }).click();
  const text = readFileSync(sample, 'utf8').replaceAll('第 8 号', '第 19 号').replaceAll('第 7 次', '第 27 次').replaceAll('6 月 1 日', '6 月 22 日');
  const file = (name: string, content: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });
  await page.locator('input[type=file]').setInputFiles([file('first.txt', text), file('weather.txt', '今天天气很好。'), file('third.txt', readFileSync(sample, 'utf8'))]);
  await page.locator('.queue > li', { hasText: 'weather.txt' }).getByRole('button', { name: 'Try again' }).waitFor({ timeout: 60_000 });
  await expect.poll(() => page.locator('.stage-ready').count(), { timeout: 60_000 }).toBe(2);
  expect(await barriers(page)).toEqual([]);
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  page.once('dialog', (dialog) => void dialog.dismiss());
  await page.getByRole('link', { name: 'Open steps' }).click();
  expect(page.url()).toContain('/admin/import');

  await page.getByRole('button', { name: 'Correct: Place' }).click();
  await page.locator('.value-form').getByLabel('Place').fill('三楼会议室');
  await page.locator('.value-form').getByLabel('Words in the text').fill('这些字不在文中');
  await page.getByText('These words are not in the text.').waitFor();
  await page.locator('.value-form').getByLabel('Words in the text').fill('胡卫江');
  await page.locator('.value-form').getByRole('button', { name: 'Apply' }).click();
  await page.locator('.value-corrected', { hasText: '三楼会议室' }).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.locator('.stage-done').waitFor({ timeout: 60_000 });
  const { meetings } = await ask<{ meetings: { nodes: { place: string; sources: { quote: string; method: string }[] }[] } }>(
    '{ meetings(filter: { ordinal: { eq: 27 } }, first: 1) { nodes { place sources(field: "place") { quote method } } } }',
    {},
    token,
  );
  expect(meetings.nodes[0]).toMatchObject({ place: '三楼会议室', sources: [{ quote: '胡卫江', method: 'HUMAN' }] });
  await close();
});

it('asks for the day and the body that a text does not say', { timeout: 180_000 }, async () => {
  const { page, close } = await open('/admin/import', { locale: 'en-GB' });
  await page.getByLabel('Token', { exact: true }).fill(token);
  await page.getByRole('button', { name: 'Use this token' }).click();
  const text = '县长李明主持召开会议，纪要如下：\n一、会议听取了财政工作情况汇报。\n二、会议研究了防汛工作。\n';
  await page.locator('input[type=file]').setInputFiles([{ name: 'undated.txt', mimeType: 'text/plain', buffer: Buffer.from(text) }]);
  await page.locator('.queue > li', { hasText: 'neither on which day' }).waitFor({ timeout: 60_000 });
  expect(await barriers(page)).toEqual([]);
  const hints = page.locator('form.hints');
  await hints.getByLabel('Body').fill('沙河县人民政府');
  await hints.getByLabel('Held').fill('2024-05-06');
  await hints.getByRole('button', { name: 'Read again' }).click();
  await page.locator('.stage-ready').waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.locator('.stage-done').waitFor({ timeout: 60_000 });
  expect(await page.locator('.queue > li').innerText()).toContain('沙河县人民政府');
  await close();
});
