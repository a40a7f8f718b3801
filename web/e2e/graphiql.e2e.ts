import { expect, it } from 'vitest';
import { useBrowser } from './browser';

const open = useBrowser();

it('opens with worked examples and runs the first on the sample minutes', async () => {
  const { page, troubles, close } = await open('/graphiql', { locale: 'en-GB' });
  const tabs = page.locator('.graphiql-tab');
  await tabs.first().waitFor();
  expect(await tabs.count()).toBe(6);
  await page.locator('.graphiql-execute-button').click();
  await page.locator('.result-window', { hasText: '胡卫江' }).waitFor({ timeout: 20_000 });
  expect(troubles).toEqual([]);
  await close();
});

it('opens with the query of a link', async () => {
  const { page, close } = await open(`/graphiql?${new URLSearchParams({ query: 'query FromLink { viewer { role } }', variables: '{}' })}`);
  await page.locator('.graphiql-editor', { hasText: 'FromLink' }).first().waitFor();
  await close();
});
