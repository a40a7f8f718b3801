import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'vitest';
import { samplePages, useBrowser } from './browser';

const open = useBrowser();
const folder = join(import.meta.dirname, '../shots');

const views = [
  { name: 'zh-light-1280', locale: 'zh-CN', colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { name: 'en-dark-360', locale: 'en-GB', colorScheme: 'dark', viewport: { width: 360, height: 740 } },
  { name: 'en-light-2560', locale: 'en-GB', colorScheme: 'light', viewport: { width: 2560, height: 1300 } },
] as const;

it('draws every page', async () => {
  mkdirSync(folder, { recursive: true });
  for (const [page, path] of await samplePages()) {
    for (const { name, ...view } of views) {
      const watched = await open(path, view);
      await watched.page.screenshot({ path: join(folder, `${page.replaceAll(' ', '-')}-${name}.png`), fullPage: page !== 'minutes' });
      await watched.close();
    }
  }
});
