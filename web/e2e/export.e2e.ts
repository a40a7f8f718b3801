import { expect, inject, it } from 'vitest';
import { ask, enter, settle, useBrowser } from './browser';

const open = useBrowser();
const token = inject('token');

it('downloads what the reader may see, with the token in a header and never in an address', { timeout: 120_000 }, async () => {
  const name = `市内部局${Date.now()}`;
  await ask('mutation ($n: String!) { createOrganization(input: { name: $n, kind: DEPARTMENT }) { userErrors { message } } }', { n: name }, token);
  const { page, troubles, close } = await open('/admin', { locale: 'en-GB' });
  await enter(page);
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));
  await page.getByRole('link', { name: 'Organizations' }).first().click();
  await settle(page);
  expect(await page.locator('.shell-search').evaluate((box) => box.getBoundingClientRect().width)).toBeGreaterThan(240);
  const download = page.waitForEvent('download');
  await page.locator('.exports').getByRole('link', { name: 'JSONL' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('organizations.jsonl');
  let text = '';
  for await (const part of await file.createReadStream()) text += String(part);
  expect(text).toContain(name);
  expect(addresses.some((address) => address.includes('/export/organizations.jsonl'))).toBe(true);
  expect(addresses.filter((address) => address.includes(token.slice(0, 20)))).toEqual([]);
  expect(troubles).toEqual([]);

  await page.route('**/export/**', (route) => route.fulfill({ status: 503, body: '' }));
  await page.locator('.exports').getByRole('link', { name: 'JSONL' }).click();
  await page.getByRole('alert').filter({ hasText: '503' }).waitFor();
  await close();
});
