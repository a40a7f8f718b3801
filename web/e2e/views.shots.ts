import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, inject, it } from 'vitest';
import { ask, sampleIds, useBrowser } from './browser';

const open = useBrowser();
const folder = join(import.meta.dirname, '../../docs/pictures');
const most = 1_500_000;

interface View extends BrowserContextOptions {
  name: string;
  path: string;
  /** What the reader does before the picture is taken. */
  act?(page: Page): Promise<void>;
}

const light = { locale: 'en-GB', colorScheme: 'light', viewport: { width: 1280, height: 860 } } as const;
const dark = { ...light, colorScheme: 'dark' } as const;
const phone = { locale: 'zh-CN', colorScheme: 'light', viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 } as const;

/** Layouts take their time; the pictures show them at rest. */
const rest = async (page: Page) => {
  await page.locator('.canvas-host canvas').first().waitFor();
  await page.waitForTimeout(3500);
};

async function views(): Promise<View[]> {
  const ids = await sampleIds();
  const { people, organizations } = await ask<Record<string, { nodes: { id: string }[] }>>(`{
    people(first: 1, filter: { attendances: { count: { gte: 3 } } }) { nodes { id } }
    organizations(first: 1, filter: { decisionsOwed: { count: { gte: 2 } }, attendances: { count: { gte: 2 } } }) { nodes { id } }
  }`);
  const person = people!.nodes[0]!.id;
  const organization = organizations!.nodes[0]!.id;
  return [
    { name: 'start', path: '/', ...light },
    {
      name: 'search',
      path: '/',
      ...light,
      act: async (page) => {
        await page.keyboard.press('/');
        await page.keyboard.type('食品安全');
        await page.getByRole('option').first().waitFor();
      },
    },
    { name: 'meeting', path: `/meetings/${ids.meeting}`, ...light, locale: 'zh-CN' },
    { name: 'sentence', path: `/minutes/${ids.minutes}?at=421-465`, ...light, locale: 'zh-CN' },
    { name: 'decisions', path: '/decisions?status=OPEN', ...light },
    { name: 'organization', path: `/organizations/${organization}`, ...dark },
    { name: 'canvas', path: `/canvas?steps=${person},${person}~${organization},${organization}&node=${person}`, ...light, viewport: { width: 1440, height: 1100 }, act: rest },
    { name: 'network', path: '/network?kind=CO_ATTENDANCE&first=200', ...dark, viewport: { width: 1440, height: 1000 }, act: rest },
    { name: 'figures', path: '/figures', ...light, act: (page) => page.locator('.bars').first().scrollIntoViewIfNeeded() },
    { name: 'phone', path: `/items?year=2026`, ...phone },
  ];
}

/** Packs a picture as WebP, which the browser can and Node cannot. */
const pack = (page: Page, png: Buffer) =>
  page.evaluate(async (source) => {
    const bitmap = await createImageBitmap(await (await fetch(source)).blob());
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
    canvas.getContext('2d')!.drawImage(bitmap, 0, 0);
    return canvas.toDataURL('image/webp', 0.85).split(',')[1]!;
  }, `data:image/png;base64,${png.toString('base64')}`);

it('draws the ten views of the documentation', async () => {
  mkdirSync(folder, { recursive: true });
  // A page without a content policy, for the packing.
  const { page: packer, close: closePacker } = await open('/healthz');
  await packer.goto('about:blank');
  let total = 0;
  for (const { name, path, act, ...options } of await views()) {
    const { page, troubles, close } = await open(path, options);
    await act?.(page);
    const picture = Buffer.from(await pack(packer, await page.screenshot()), 'base64');
    writeFileSync(join(folder, `${name}.webp`), picture);
    total += picture.length;
    expect(troubles, `${name} at ${inject('url')}`).toEqual([]);
    await close();
  }
  await closePacker();
  console.log(`ten views, ${(total / 1000).toFixed(0)} kB`);
  expect(total).toBeLessThan(most);
});
