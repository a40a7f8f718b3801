import { beforeAll, expect, inject, it } from 'vitest';
import { type Page } from 'playwright-core';
import { ask, barriers, useBrowser } from './browser';

const open = useBrowser();
const token = inject('token');
const mark = `${Date.now()}`;

/** Adds an organization of this run to work on; the sample stays as it is. */
async function add(name: string): Promise<{ id: string; version: number }> {
  const { answer } = await ask<{ answer: { organization: { id: string; version: number } } }>(
    'mutation ($name: String!) { answer: createOrganization(input: { name: $name, kind: DEPARTMENT }) { organization { id version } userErrors { message } } }',
    { name },
    token,
  );
  return answer.organization;
}

async function signIn(page: Page) {
  await page.getByLabel('令牌', { exact: true }).fill(token);
  await page.getByRole('button', { name: '使用此令牌' }).click();
  await page.getByText('有效至').waitFor();
}

beforeAll(() => {
  if (!token) throw new Error('The desk is tested with a token: set MINUTEBOOK_TOKEN to one of the role ADMIN.');
});

it('keeps the token in memory only', async () => {
  const { page, close } = await open('/admin');
  await signIn(page);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]));
  expect(kept).not.toContain(token.slice(0, 20));
  expect(await barriers(page)).toEqual([]);
  await page.reload();
  await page.getByLabel('令牌', { exact: true }).waitFor();
  await close();
});

it('says so where the token is wrong', async () => {
  const { page, close } = await open('/admin');
  await page.getByLabel('令牌', { exact: true }).fill('not.a.token');
  await page.getByRole('button', { name: '使用此令牌' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('令牌无效或已过期');
  await close();
});

it('edits a record, publishes it, and undoes the edit', async () => {
  const { id } = await add(`市测试局${mark}`);
  const { page, close } = await open(`/admin/edit/${encodeURIComponent(id)}`);
  await signIn(page);
  await page.getByLabel('名称', { exact: true }).fill(`市检验局${mark}`);
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('已保存。').waitFor();
  await page.getByRole('button', { name: '公开', exact: true }).click();
  await page.getByRole('button', { name: '转为内部' }).waitFor();
  expect((await ask<{ organization: { name: string } | null }>('query ($id: ID!) { organization(id: $id) { name } }', { id })).organization?.name).toBe(`市检验局${mark}`);
  expect(await barriers(page)).toEqual([]);
  await page.getByText('变更记录').click();
  const edit = page.locator('.changes > li', { hasText: '修改' });
  expect(await edit.locator('del').first().textContent()).toBe(`市测试局${mark}`);
  await edit.getByRole('button', { name: '撤销此变更' }).click();
  await edit.getByRole('button', { name: '撤销此变更' }).click();
  await expect
    .poll(async () => (await ask<{ organization: { name: string } }>('query ($id: ID!) { organization(id: $id) { name } }', { id }, token)).organization.name)
    .toBe(`市测试局${mark}`);
  await close();
});

it('shows both versions when somebody else was faster, and loses neither', async () => {
  const { id, version } = await add(`市冲突局${mark}`);
  const { page, close } = await open(`/admin/edit/${encodeURIComponent(id)}`);
  await signIn(page);
  await page.getByLabel('名称', { exact: true }).fill(`我的${mark}`);
  await ask(
    'mutation ($id: ID!, $name: String!, $version: Int) { updateOrganization(id: $id, patch: { name: $name }, expectedVersion: $version) { userErrors { message } } }',
    { id, name: `别人的${mark}`, version },
    token,
  );
  await page.getByRole('button', { name: '保存' }).click();
  const conflict = page.getByRole('alert').filter({ hasText: '有人改了这条记录' });
  await conflict.getByText(`别人的${mark}`).waitFor();
  await conflict.getByText(`我的${mark}`).waitFor();
  expect(await page.getByLabel('名称', { exact: true }).inputValue()).toBe(`我的${mark}`);
  await conflict.getByRole('button', { name: '用我的修改覆盖' }).click();
  await page.getByText('已保存。').waitFor();
  const { organization } = await ask<{ organization: { name: string } }>('query ($id: ID!) { organization(id: $id) { name } }', { id }, token);
  expect(organization.name).toBe(`我的${mark}`);
  await close();
});

it('merges two organizations into one', async () => {
  const [kept, other] = [await add(`市合并局${mark}`), await add(`市并入局${mark}`)];
  const { page, close } = await open(`/admin/merge?type=organizations&ids=${kept.id},${other.id}&keep=${kept.id}`);
  await signIn(page);
  await page.locator('table.merge').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: '合并这 2 条记录' }).click();
  await page.getByText('已合并。').waitFor();
  const { organization } = await ask<{ organization: { id: string; names: { text: string }[] } }>(
    'query ($id: ID!) { organization(id: $id) { id names { text } } }',
    { id: other.id },
    token,
  );
  expect(organization.id).toBe(kept.id);
  expect(organization.names.map(({ text }) => text)).toContain(`市并入局${mark}`);
  await close();
});

it('deletes a record for a reason and takes that back', async () => {
  const { id } = await add(`市删除局${mark}`);
  const { page, close } = await open(`/admin/edit/${encodeURIComponent(id)}`);
  await signIn(page);
  await page.getByRole('button', { name: '删除此记录…' }).click();
  await page.getByLabel('原因').selectOption('DUPLICATE');
  await page.getByRole('button', { name: '删除', exact: true }).click();
  await page.getByText('已删除。').waitFor();
  const read = () => ask<{ organization: { name: string } | null }>('query ($id: ID!) { organization(id: $id) { name } }', { id }, token);
  expect((await read()).organization).toBeNull();
  await page.getByRole('button', { name: '撤销此变更' }).click();
  await page.getByRole('button', { name: '撤销此变更' }).click();
  await page.getByLabel('名称', { exact: true }).waitFor();
  expect((await read()).organization?.name).toBe(`市删除局${mark}`);
  await close();
});

it('asks before unsaved input is lost, and keeps it when the token ends', async () => {
  const { id } = await add(`市续期局${mark}`);
  const { page, close } = await open(`/admin/edit/${encodeURIComponent(id)}`);
  await signIn(page);
  await page.getByLabel('名称', { exact: true }).fill(`未保存${mark}`);
  page.once('dialog', (dialog) => void dialog.dismiss());
  await page.getByRole('link', { name: '待办步骤' }).first().click();
  expect(page.url()).toContain('/admin/edit/');
  await page.route('**/graphql', (route) =>
    route.fulfill({ status: 401, contentType: 'application/json', body: JSON.stringify({ errors: [{ message: 'x', extensions: { code: 'UNAUTHENTICATED' } }] }) }),
  );
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('的令牌已失效').waitFor();
  await page.unroute('**/graphql');
  await signIn(page);
  expect(await page.getByLabel('名称', { exact: true }).inputValue()).toBe(`未保存${mark}`);
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('已保存。').waitFor();
  await close();
});
