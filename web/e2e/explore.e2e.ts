import { expect, it } from 'vitest';
import { sampleIds, settle, useBrowser } from './browser';

const open = useBrowser();

it('draws a network, marks a node from the table, and keeps it in the address', async () => {
  const { page, troubles, close } = await open('/network?kind=CO_ATTENDANCE&first=50');
  await page.locator('.canvas-host canvas').first().waitFor();
  expect(await page.locator('.network-table tbody tr').count()).toBe(50);
  await page.locator('.network-table tbody button').first().click();
  await page.waitForURL(/node=/);
  await page.getByRole('heading', { name: /相连/ }).waitFor();
  await page.reload();
  await settle(page);
  expect(await page.locator('.network-table [aria-pressed=true]').count()).toBe(1);
  expect(troubles).toEqual([]);
  await close();
});

it('saves the network for other programs', async () => {
  const { page, close } = await open('/network?first=50');
  await page.locator('.canvas-host canvas').first().waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'GEXF' }).click();
  const stream = await (await download).createReadStream();
  let text = '';
  for await (const part of stream) text += String(part);
  expect(text).toContain('<gexf');
  expect(text.match(/<node /g)?.length).toBe(50);
  await close();
});

it('finds the path between two records, each hop with its sentence', async () => {
  const ids = await sampleIds();
  const { page, close } = await open(`/path?from=${ids.organization}`);
  await page.getByRole('combobox', { name: '到…' }).fill('胡卫江');
  await page.getByRole('option').first().click();
  await page.waitForURL(/to=/);
  await page.locator('.hops .stop').first().waitFor();
  const way = page.locator('.hops').first();
  expect(await way.locator('.stop').count()).toBeGreaterThan(1);
  expect(await way.locator('.stop').last().textContent()).toContain('胡卫江');
  await way.locator('.source').first().click();
  await page.locator('.minutes-text mark').first().waitFor();
  await close();
});
