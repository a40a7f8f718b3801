import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inject, it } from 'vitest';
import { sampleIds, settle, useBrowser } from './browser';

const open = useBrowser();
const folder = join(import.meta.dirname, '../shots');
const sample = join(import.meta.dirname, '../../samples/taicang-2022-08.txt');

const views = [
  { name: 'zh-light-1280', locale: 'zh-CN', colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { name: 'en-dark-360', locale: 'en-GB', colorScheme: 'dark', viewport: { width: 360, height: 740 } },
  { name: 'en-light-1920', locale: 'en-GB', colorScheme: 'light', viewport: { width: 1920, height: 1080 } },
  { name: 'zh-dark-2560', locale: 'zh-CN', colorScheme: 'dark', viewport: { width: 2560, height: 1300 } },
] as const;

it('draws the desk', async () => {
  mkdirSync(folder, { recursive: true });
  const ids = await sampleIds();
  const pages: [string, string][] = [
    ['desk-import', '/admin/import'],
    ['desk-edit', `/admin/edit/${ids.decision}`],
    ['desk-steps', '/admin/steps'],
    ['desk-accounts', '/admin/accounts'],
    ['desk-merge', `/admin/merge?ids=${ids.person}`],
    ['desk-new', `/admin/new/AgendaItem?in=${ids.meeting}`],
    ['desk-publish', '/admin/publish?type=AgendaItem&is=PUBLIC'],
  ];
  for (const [name, path] of pages) {
    for (const { name: view, ...options } of views) {
      const { page, close } = await open(path, options);
      await page.locator('#token').fill(inject('token'));
      await page.locator('#token').press('Enter');
      await page.locator('.signed-in').waitFor();
      await settle(page);
      if (path === '/admin/import') {
        await page.locator('input[type=file]').setInputFiles(sample);
        await page.locator('.review').waitFor({ timeout: 60_000 });
        await page.locator('.recorded summary').nth(2).click();
        await page.locator('.elements summary').first().click();
      }
      const wide = await page.evaluate(() => [...document.querySelectorAll('main *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1).map((e) => `${e.tagName}.${e.className}`));
      if (wide.length) console.log(name, view, wide.slice(0, 12));
      await page.screenshot({ path: join(folder, `${name}-${view}.png`) });
      await close();
    }
  }
});
