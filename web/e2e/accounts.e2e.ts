import { expect, inject, it } from 'vitest';
import { ask, barriers, enter, useBrowser } from './browser';

const open = useBrowser();
const token = inject('token');
const name = `zhao-${Date.now()}`;
const password = 'a-long-enough-password';

/** Signs in over the API; null where the server refuses. */
const signIn = async (secret: string) =>
  (await ask<{ signIn: { token: string | null } }>('mutation ($n: String!, $p: String!) { signIn(username: $n, password: $p) { token } }', { n: name, p: secret })).signIn.token;

/** Role of a token, or undefined where the server takes it no more. */
const roleOf = (of: string) => ask<{ viewer: { role: string } }>('{ viewer { role } }', {}, of).then(({ viewer }) => viewer?.role, () => undefined);

/** Times in tokens are whole seconds: one that is issued in the second of a revocation goes with it. */
const nextSecond = () => new Promise((resolve) => setTimeout(resolve, 1100));

it('opens an account, gives it another role and password, revokes its tokens, and blocks it', async () => {
  const { page, troubles, close } = await open('/admin/accounts');
  await enter(page);
  const form = page.locator('.account-new');
  await form.getByLabel('用户名').fill(name);
  await form.getByLabel('密码').fill('short');
  await form.getByRole('button', { name: '开设账号' }).click();
  expect(await form.getByLabel('密码').evaluate((input: HTMLInputElement) => input.validity.tooShort)).toBe(true);
  await form.getByLabel('密码').fill(password);
  await form.getByRole('button', { name: '开设账号' }).click();
  await page.getByText(`已开设账号 ${name}`).waitFor();
  expect(await form.getByLabel('密码').inputValue()).toBe('');
  const row = page.locator('.accounts > li', { hasText: name });
  await row.waitFor();
  const first = (await signIn(password))!;
  expect(await roleOf(first)).toBe('VIEWER');

  await row.getByRole('button', { name: '改角色' }).click();
  await row.getByLabel('角色').selectOption('EDITOR');
  await row.getByRole('button', { name: '改为此角色' }).click();
  await row.getByText('编辑').waitFor();
  expect(await roleOf(first)).toBeUndefined();
  await nextSecond();
  const second = (await signIn(password))!;
  expect(await roleOf(second)).toBe('EDITOR');

  await row.getByRole('button', { name: '改密码' }).click();
  await row.getByLabel('密码').fill(`${password}-2`);
  await row.getByRole('button', { name: '设为新密码' }).click();
  await page.getByText('的密码已改').waitFor();
  expect(await signIn(password)).toBeNull();
  await nextSecond();
  const third = (await signIn(`${password}-2`))!;
  await row.getByRole('button', { name: '收回令牌' }).click();
  expect(await barriers(page)).toEqual([]);
  await row.getByRole('button', { name: '全部收回' }).click();
  await page.getByText('至今的令牌已全部收回').waitFor();
  expect(await roleOf(third)).toBeUndefined();

  await row.getByRole('button', { name: '停用' }).click();
  await row.getByRole('button', { name: '停用此账号' }).click();
  await row.getByText('停用于').waitFor();
  expect(await signIn(`${password}-2`)).toBeNull();
  expect(await row.getByRole('button').count()).toBe(0);
  expect(troubles).toEqual([]);
  await close();
});

it('shows an issued token once, keeps it nowhere, and revokes it by its id', async () => {
  const { page, troubles, close } = await open('/admin/accounts', { locale: 'en-GB', colorScheme: 'dark', viewport: { width: 360, height: 740 } });
  await enter(page);
  const form = page.getByRole('form', { name: 'Issue a token' });
  await form.getByLabel('Name').fill(name);
  await form.getByRole('button', { name: 'Issue' }).click();
  await form.getByText('is the name of an account').waitFor();
  await form.getByLabel('Name').fill('archive import');
  await form.getByLabel('Role').selectOption('EDITOR');
  await form.getByRole('button', { name: 'Issue' }).click();
  const shown = page.locator('.token-shown');
  const issued = await shown.getByLabel('Token').inputValue();
  const id = (await shown.locator('code').textContent())!;
  expect(await roleOf(issued)).toBe('EDITOR');
  expect(await barriers(page)).toEqual([]);
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, history.state]));
  expect(kept).not.toContain(issued.slice(0, 20));

  // Away and back: the page has forgotten it.
  await page.getByRole('link', { name: 'Open steps' }).click();
  await page.getByRole('link', { name: 'Accounts and tokens' }).click();
  await form.waitFor();
  expect(await page.content()).not.toContain(issued.slice(0, 60));

  const revoke = page.getByRole('form', { name: 'Revoke tokens' });
  await revoke.getByLabel('Id or name').fill(id);
  await revoke.getByRole('button', { name: 'Revoke' }).click();
  await page.getByText(`The token ${id} is taken back.`).waitFor();
  expect(await roleOf(issued)).toBeUndefined();
  expect(troubles).toEqual([]);
  await close();
});

it('is for admins only', async () => {
  const { issueToken } = await ask<{ issueToken: { token: string } }>('mutation { issueToken(subject: "an editor", role: EDITOR) { token } }', {}, token);
  const { page, close } = await open('/admin/accounts');
  await enter(page, issueToken.token);
  await page.getByText('只有管理角色可以').waitFor();
  expect(await page.getByRole('link', { name: '账号与令牌' }).count()).toBe(0);
  await close();
});
