import { beforeAll, describe, expect, it } from 'vitest';
import { barriers, contrasts, samplePages, useBrowser } from './browser';

const open = useBrowser();
let pages: [string, string][];
beforeAll(async () => {
  pages = await samplePages();
});

const views = [
  { name: 'Chinese, light, desktop', locale: 'zh-CN', colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { name: 'English, dark, phone', locale: 'en-GB', colorScheme: 'dark', viewport: { width: 360, height: 740 } },
] as const;

describe.each(views)('in $name', ({ name: _, ...view }) => {
  it('every page is free of barriers, errors, and sideways scrolling', { timeout: 600_000 }, async () => {
    const found: string[] = [];
    for (const [name, path] of pages) {
      const { page, troubles, close } = await open(path, view);
      found.push(...(await barriers(page)).map((barrier) => `${name}: ${barrier}`));
      // The other scheme, and for the desktop the widest window too, in the page that is open anyway.
      await page.emulateMedia({ colorScheme: view.colorScheme === 'light' ? 'dark' : 'light' });
      found.push(...(await contrasts(page)).map((barrier) => `${name}, other scheme: ${barrier}`));
      for (const width of view.viewport.width < 1000 ? [360] : [1280, 1920, 2560]) {
        await page.setViewportSize({ width, height: 900 });
        const content = await page.evaluate(() => document.documentElement.scrollWidth);
        if (content > width) found.push(`${name}: ${content} wide in a window of ${width}`);
      }
      // The browser logs a page that is answered with 404; that page is meant to be.
      const real = troubles.filter((trouble) => name !== 'no page' || !trouble.includes('404'));
      found.push(...real.map((trouble) => `${name}: ${trouble}`));
      await close();
    }
    expect(found).toEqual([]);
  });
});

it('fits a very wide window without stretching its lines', async () => {
  const [, path] = pages.find(([name]) => name === 'meeting')!;
  const { page, close } = await open(path, { viewport: { width: 2560, height: 1200 } });
  const widest = await page.evaluate(() => Math.max(...[...document.querySelectorAll('article p, article blockquote')].map((p) => p.getBoundingClientRect().width)));
  expect(widest).toBeLessThan(1000);
  await close();
});
