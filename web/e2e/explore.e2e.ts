import { expect, it } from 'vitest';
import { barriers, sampleIds, settle, useBrowser } from './browser';

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

it('opens what lies around a record, pins, hides, undoes, and shares all of it as a link', async () => {
  const ids = await sampleIds();
  const { page, troubles, close } = await open(`/canvas?steps=${ids.meeting}&node=${ids.meeting}`);
  const ties = page.locator('.network-table tbody tr');
  await page.locator('.canvas-host canvas').first().waitFor();
  const before = await ties.count();
  // The counts are there before anything is opened.
  const items = page.locator('.around button', { hasText: '列入议题' });
  expect(await items.textContent()).toContain('0 / 9');
  await items.click();
  await page.waitForURL(/steps=.+ON_AGENDA/);
  await expect.poll(() => ties.count()).toBe(before + 9);
  await page.getByRole('checkbox', { name: /人员/ }).uncheck();
  await page.waitForURL(/hide=Person/);
  await expect.poll(() => ties.count()).toBeLessThan(before);
  // Whoever gets the link sees the same.
  const shared = await ties.count();
  const link = page.url().replace(/^https?:\/\/[^/]+/, '');
  const other = await open(link, { locale: 'en-GB', viewport: { width: 360, height: 740 } });
  await expect.poll(() => other.page.locator('.network-table tbody tr').count()).toBe(shared);
  expect(await barriers(other.page)).toEqual([]);
  expect(other.troubles).toEqual([]);
  await other.close();
  await page.getByRole('button', { name: '撤销上一步' }).click();
  await expect.poll(() => page.url()).not.toContain('ON_AGENDA');
  await page.goBack();
  await page.waitForURL(/ON_AGENDA/);
  expect(await barriers(page)).toEqual([]);
  expect(troubles).toEqual([]);
  await close();
});

it('pins a dot where it is dragged to', async () => {
  const ids = await sampleIds();
  const { page, close } = await open(`/canvas?steps=${ids.person}`);
  const canvas = page.locator('.canvas-host');
  await canvas.locator('canvas').first().waitFor();
  await page.waitForTimeout(2000); // the layout takes its time, and then stands
  const box = (await canvas.boundingBox())!;
  // Few dots: one of them is found by trying a grid of places.
  search: for (let y = 0.1; y < 0.95; y += 0.04) {
    for (let x = 0.05; x < 0.95; x += 0.03) {
      await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
      if ((await canvas.evaluate((host) => host.dataset.over ?? '')) === '') continue;
      await page.mouse.down();
      await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.5 * box.height, { steps: 4 });
      await page.mouse.up();
      break search;
    }
  }
  await page.waitForURL(/pin=/);
  await close();
});

it('lays the way between two records onto the canvas', async () => {
  const ids = await sampleIds();
  const { page, close } = await open(`/path?from=${ids.organization}&to=${ids.person}`);
  await page.getByRole('link', { name: '在画布上看' }).click();
  await page.locator('.on-way').first().waitFor();
  expect(await page.locator('.on-way').count()).toBeGreaterThan(1);
  expect(await page.locator('.on-way .source').count()).toBeGreaterThan(1);
  await page.getByRole('button', { name: 'SVG' }).waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'SVG' }).click();
  let svg = '';
  for await (const part of await (await download).createReadStream()) svg += String(part);
  expect(svg).toContain('胡卫江</text>');
  await close();
});

it('narrows a network by its period slider, by keyboard', async () => {
  const { page, close } = await open('/');
  // The sample is of one day; a period needs two.
  await page.route('**/graphql', async (route) => {
    if (!route.request().postData()?.includes('query NetworkBodies')) return route.continue();
    const response = await route.fetch();
    const json = (await response.json()) as { data: { earliest: { nodes: { heldOn: string }[] } } };
    json.data.earliest.nodes[0]!.heldOn = '2020-01-15';
    await route.fulfill({ response, json });
  });
  await page.goto(new URL('/network?first=50', page.url()).href);
  const start = page.getByRole('slider', { name: '起' });
  await start.waitFor();
  await start.focus();
  await page.keyboard.press('End');
  await page.waitForURL(/from=\d{4}-\d{2}-01/);
  await close();
});

it('colours the canvas by communities, and names the ends of a way that is not there', { timeout: 120_000 }, async () => {
  const ids = await sampleIds();
  const { page, troubles, close } = await open(`/canvas?steps=${ids.meeting},${ids.organization}`, { locale: 'en-GB' });
  await page.locator('.canvas-host canvas').first().waitFor();
  await page.getByLabel('Colour').selectOption('community');
  await page.waitForURL(/colour=community/);
  await page.getByRole('list', { name: 'Communities' }).getByRole('button').first().waitFor();
  expect(await barriers(page)).toEqual([]);
  const table = page.locator('.tie-table');
  expect(await table.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
  await page.route('**/graphql', async (route) => {
    if (!route.request().postData()?.includes('query CanvasWay(')) return route.continue();
    const response = await route.fetch();
    const json = (await response.json()) as { data: { path: null } };
    json.data.path = null;
    await route.fulfill({ response, json });
  });
  await page.goto(new URL(`/canvas?steps=${ids.organization},${ids.organization}~${ids.person}`, page.url()).href);
  const said = page.getByRole('alert').filter({ hasText: '胡卫江' });
  await said.waitFor();
  expect(await said.textContent()).not.toMatch(/person_|org_/);
  expect(troubles).toEqual([]);
  await close();
});
