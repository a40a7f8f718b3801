import { beforeAll, expect, inject, it } from 'vitest';
import { ask, barriers, useBrowser } from './browser';
import { make, read, signIn } from './desk';

const open = useBrowser();
const mark = `${Date.now()}`;
const count = 120;
let ids: string[];

/** More people of one name than a page shows. */
beforeAll(async () => {
  const records = Array.from({ length: count }, (_, i) => ({ fields: { person: { name: `批量${mark}号${i}` } } }));
  const { upsertRecords } = await ask<{ upsertRecords: { results: { id: string }[] } }>(
    'mutation ($records: [RecordUpsert!]!) { upsertRecords(records: $records) { results { id } } }',
    { records },
    inject('token'),
  );
  ids = upsertRecords.results.map(({ id }) => id);
});

const seen = async () => (await ask<{ people: { totalCount: number } }>(`{ people(filter: { name: { contains: "${mark}" } }) { totalCount } }`)).people.totalCount;

it('publishes all that match, tells which could not be, and takes it back', async () => {
  const { page, troubles, close } = await open('/admin/publish');
  await signIn(page);
  await page.getByLabel('类型').selectOption('Person');
  await page.getByLabel('包含文字').fill(`批量${mark}`);
  await page.getByRole('button', { name: '应用' }).click();
  await page.getByRole('button', { name: `选全部 ${count} 条` }).click();
  await page.getByText(`已选 ${count} 条`).waitFor();
  expect(await barriers(page)).toEqual([]);

  // Two are changed by somebody else in the meantime.
  for (const id of [ids[3]!, ids[77]!]) {
    await ask('mutation ($id: ID!) { updatePerson(id: $id, patch: { pinyin: "pi liang" }) { userErrors { code } } }', { id }, inject('token'));
  }
  await page.getByRole('button', { name: `公开 ${count} 条` }).click();
  await page.getByText(`已公开 ${count - 2} 条。`).waitFor();
  const failed = page.getByRole('alert').filter({ hasText: '2 条未能处理' });
  expect(await failed.getByRole('link').allTextContents()).toEqual(expect.arrayContaining([`批量${mark}号3`, `批量${mark}号77`]));
  expect(await seen()).toBe(count - 2);
  expect(await barriers(page)).toEqual([]);
  expect(await page.locator('.publish-list li').count()).toBe(2);

  await page.getByRole('button', { name: `撤销这 ${count - 2} 条` }).click();
  await page.getByText(`已将 ${count - 2} 条转为内部。`).waitFor();
  expect(await seen()).toBe(0);
  await page.getByText(`已选 0 条`).waitFor();
  expect(troubles).toEqual([]);
  await close();
});

it('closes a few of what belongs to a meeting, chosen one by one', async () => {
  const body = await make('Organization', { name: `公开市${mark}`, visibility: 'PUBLIC' });
  const meeting = await make('Meeting', { title: `公开会议${mark}`, heldOn: '2024-03-01', body, visibility: 'PUBLIC' });
  const item = (position: number) => make('AgendaItem', { meeting, position, kind: 'OTHER', title: `公开议题${position}${mark}`, visibility: 'PUBLIC' });
  const [first, second] = [await item(1), await item(2)];
  const { page, close } = await open(`/admin/publish?type=AgendaItem&is=PUBLIC&in=${meeting}`);
  await signIn(page);
  await page.getByLabel(`公开议题2${mark}`).check();
  await page.getByRole('button', { name: '将 1 条转为内部' }).click();
  await page.getByText('已将 1 条转为内部。').waitFor();
  expect(await read(second, '... on AgendaItem { visibility }')).toEqual({ visibility: 'INTERNAL' });
  expect(await read(first, '... on AgendaItem { visibility }')).toEqual({ visibility: 'PUBLIC' });
  await close();
});
