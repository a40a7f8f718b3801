import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { settle, useBrowser } from './browser';
import { editing, make, signIn } from './desk';

const open = useBrowser();
const mark = `${Date.now()}`;

/** Answers what the page asks, and counts how often it does. */
function answering(page: Page) {
  const asked = { times: 0, leave: false };
  page.on('dialog', (dialog) => {
    asked.times++;
    void (asked.leave ? dialog.accept() : dialog.dismiss());
  });
  return asked;
}

it('asks once before going back loses what was typed, and keeps it for who stays', async () => {
  const id = await make('Organization', { name: `市返回局${mark}` });
  const { page, troubles, close } = await open('/admin');
  await signIn(page);
  const asked = answering(page);
  await page.evaluate((to) => history.pushState(null, '', to), editing(id));
  const name = page.getByRole('main').getByLabel('名称', { exact: true }).first();
  await name.fill(`未保存${mark}`);
  // A second form that is begun makes no second question.
  const identifiers = page.getByRole('region', { name: '在其他系统中的编号' });
  await identifiers.getByRole('button', { name: '添加…' }).click();
  await identifiers.getByLabel('系统').fill('wikidata');

  await page.evaluate(() => history.back());
  await expect.poll(() => asked.times, { timeout: 15_000 }).toBe(1);
  await page.waitForURL(/\/admin\/edit\//);
  expect(await name.inputValue()).toBe(`未保存${mark}`);
  expect(await identifiers.getByLabel('系统').inputValue()).toBe('wikidata');
  await page.getByRole('link', { name: '待办步骤' }).first().click();
  await expect.poll(() => asked.times).toBe(2);
  expect(await name.inputValue()).toBe(`未保存${mark}`);

  asked.leave = true;
  await page.evaluate(() => history.back());
  await expect.poll(() => asked.times, { timeout: 15_000 }).toBe(3);
  await page.waitForURL(/\/admin$/);
  await settle(page);
  expect(await name.count()).toBe(0);

  // Nothing is asked where nothing would be lost.
  await page.evaluate((to) => history.pushState(null, '', to), editing(id));
  await name.waitFor();
  expect(await name.inputValue()).toBe(`市返回局${mark}`);
  await page.evaluate(() => history.back());
  await page.waitForURL(/\/admin$/);
  expect(asked.times).toBe(3);
  expect(troubles).toEqual([]);
  await close();
});
