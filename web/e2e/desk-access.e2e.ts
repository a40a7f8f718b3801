import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { barriers, contrasts, enter, sampleIds, settle, useBrowser } from './browser';

const open = useBrowser();
const sample = readFileSync(join(import.meta.dirname, '../../samples/taicang-2022-08.txt'), 'utf8');

const views = [
  { name: 'Chinese, light, 1920 px', locale: 'zh-CN', colorScheme: 'light', viewport: { width: 1920, height: 1080 } },
  { name: 'English, dark, 360 px', locale: 'en-GB', colorScheme: 'dark', viewport: { width: 360, height: 740 } },
] as const;

/** Opens everything on a page that opens. */
const unfold = (page: Page) => page.evaluate(() => document.querySelectorAll('main details').forEach((details) => details.setAttribute('open', '')));

/** A text to be read, and one that is no minutes. */
async function queue(page: Page) {
  const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
  await page.locator('input[type=file]').setInputFiles([file('minutes.txt', sample), file('weather.txt', '今天天气很好。')]);
  await page.locator('.review').first().waitFor({ timeout: 60_000 });
  await page.locator('.stage-ready').waitFor({ timeout: 60_000 });
}

describe.each(views)('in $name', ({ name: _, ...view }) => {
  it('every page of the desk is free of barriers, errors, and sideways scrolling', { timeout: 600_000 }, async () => {
    const ids = await sampleIds();
    const pages: [name: string, path: string, act?: (page: Page) => Promise<void>][] = [
      ['desk', '/admin'],
      ['steps', '/admin/steps'],
      ['steps that are overdue', '/admin/steps?status=overdue'],
      ['accounts', '/admin/accounts'],
      ['import queue and review', '/admin/import', queue],
      ['edit and history', `/admin/edit/${ids.decision}`],
      ['merge', `/admin/merge?ids=${ids.person}`],
    ];
    const found: string[] = [];
    for (const [name, path, act] of pages) {
      const { page, troubles, close } = await open(path, view);
      await enter(page);
      await act?.(page);
      await unfold(page);
      await settle(page);
      found.push(...(await barriers(page)).map((barrier) => `${name}: ${barrier}`));
      await page.emulateMedia({ colorScheme: view.colorScheme === 'light' ? 'dark' : 'light' });
      found.push(...(await contrasts(page)).map((barrier) => `${name}, other scheme: ${barrier}`));
      const content = await page.evaluate(() => document.documentElement.scrollWidth);
      if (content > view.viewport.width) found.push(`${name}: ${content} wide in a window of ${view.viewport.width}`);
      found.push(...troubles.map((trouble) => `${name}: ${trouble}`));
      await close();
    }
    expect(found).toEqual([]);
  });

  it('the history of changes, signed in, too', { timeout: 180_000 }, async () => {
    const { page, troubles, close } = await open('/admin', view);
    await enter(page);
    await page.locator('.desk-sections a').last().click();
    await page.locator('.changes > li').first().waitFor();
    await unfold(page);
    expect(await barriers(page)).toEqual([]);
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(troubles).toEqual([]);
    await close();
  });
});
