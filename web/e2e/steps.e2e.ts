import { beforeAll, expect, inject, it } from 'vitest';
import { ask, barriers, enter, useBrowser } from './browser';

const open = useBrowser();
const token = inject('token');
const mark = `${Date.now()}`;
let owes: string;
let body: string;

/** Creates a record and returns its id. */
async function create(mutation: string, type: string, variables: object): Promise<string> {
  const { answer } = await ask<{ answer: Record<string, { id: string } | null> & { userErrors: { message: string }[] } }>(
    `mutation ($input: Create${mutation}Input!) { answer: create${mutation}(input: $input) { ${type} { id } userErrors { message } } }`,
    { input: variables },
    token,
  );
  if (!answer[type]) throw new Error(JSON.stringify(answer.userErrors));
  return (answer[type] as { id: string }).id;
}

beforeAll(async () => {
  body = await create('Organization', 'organization', { name: `市步骤委${mark}`, kind: 'COMMITTEE' });
  owes = await create('Organization', 'organization', { name: `市承办局${mark}`, kind: 'DEPARTMENT' });
  const meeting = await create('Meeting', 'meeting', { title: `步骤会议${mark}`, heldOn: '2024-03-01', body });
  const agendaItem = await create('AgendaItem', 'agendaItem', { title: `关于步骤的议题${mark}`, kind: 'DELIBERATE', position: 1, meeting });
  await create('Decision', 'decision', {
    text: '会议原则同意。',
    agendaItem,
    steps: [
      { kind: 'REVISE', actors: [owes] },
      { kind: 'SUBMIT', actors: [owes], target: body, dueOn: '2024-04-01' },
      { kind: 'IMPLEMENT', actors: [body] },
    ],
  });
});

it('narrows the steps by who owes them and how late they are, and completes one from the list', { timeout: 180_000 }, async () => {
  const { page, troubles, close } = await open('/admin/steps');
  await enter(page);
  await page.getByRole('combobox', { name: '承办机构' }).fill(`市承办局${mark}`);
  await page.getByRole('option').first().click();
  await page.waitForURL(/owedBy=/);
  const rows = page.locator('.open-steps > li');
  await expect.poll(() => rows.count()).toBe(2);
  expect(await page.locator('.open-steps .late').count()).toBe(1);
  expect(await barriers(page)).toEqual([]);

  await page.locator('.step-conditions').getByRole('link', { name: '逾期' }).click();
  await page.waitForURL(/status=overdue/);
  await expect.poll(() => rows.count()).toBe(1);
  // All of it is in the address: whoever gets the link sees the same.
  const link = page.url().replace(/^https?:\/\/[^/]+/, '');
  const other = await open(link, { locale: 'en-GB', colorScheme: 'dark', viewport: { width: 360, height: 740 } });
  await enter(other.page);
  await other.page.locator('.open-steps .late').waitFor();
  await expect.poll(() => other.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0); // the page has settled
  expect(await barriers(other.page)).toEqual([]);
  expect(other.troubles).toEqual([]);
  await other.close();

  await rows.first().getByLabel('办结日期').fill('2024-03-20');
  await rows.first().getByRole('button', { name: '标记办结' }).click();
  await page.getByText('已标记办结：提交').waitFor();
  await page.getByText('没有逾期的步骤').waitFor();
  await page.locator('.step-conditions').getByRole('link', { name: '已办结' }).click();
  await rows.first().getByText('2024年3月20日').waitFor();
  expect(await rows.first().getByRole('button').count()).toBe(0);
  await page.goBack();
  await page.waitForURL(/status=overdue/);
  expect(troubles).toEqual([]);
  await close();
});

it('narrows by the body, and leads to the record and its sentence', { timeout: 120_000 }, async () => {
  const { page, close } = await open('/admin/steps');
  await enter(page);
  await page.getByLabel('会议机构').selectOption({ label: `市步骤委${mark} (1)` });
  await page.waitForURL(/body=/);
  await expect.poll(() => page.locator('.rows > li').count()).toBe(1);
  await page.goto(new URL('/admin/steps', page.url()).href);
  await enter(page);
  await page.locator('.open-steps .source, .rows .source').first().click();
  await page.locator('.minutes-text mark').first().waitFor();
  await close();
});
