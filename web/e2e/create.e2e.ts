import type { Page } from 'playwright-core';
import { beforeAll, expect, inject, it } from 'vitest';
import { ask, barriers, settle, useBrowser } from './browser';
import { editing, make, read, signIn } from './desk';

const open = useBrowser();
const mark = `${Date.now()}`;
let body: string;
let meeting: string;

beforeAll(async () => {
  body = await make('Organization', { name: `新建市${mark}`, kind: 'GOVERNMENT' });
  meeting = await make('Meeting', { title: `新建会议${mark}`, heldOn: '2024-03-01', body, series: `专题${mark}`, ordinal: 1 });
});

const add = (page: Page) => page.getByRole('button', { name: '新建', exact: true }).click();
const further = (page: Page) => page.getByRole('button', { name: '新建并继续添加' }).click();
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });

/** Goes to an address without loading the page anew, by which the token would be lost. */
async function go(page: Page, path: string) {
  await page.evaluate((to) => history.pushState(null, '', to), path);
  await settle(page);
}

async function pick(page: Page, name: string, typed: string) {
  await field(page, name).pressSequentially(typed);
  await page.getByRole('option').first().click();
}

it('adds items to a meeting from its page, one after the other', async () => {
  const { page, troubles, close } = await open('/admin');
  await signIn(page);
  await go(page, `/meetings/${encodeURIComponent(meeting)}`);
  await page.getByRole('link', { name: '新增议题' }).click();
  await field(page, '标题').waitFor();
  expect(await field(page, '会议').inputValue()).toBe(`新建会议${mark}`);
  expect(await field(page, '次序').inputValue()).toBe('1');
  await add(page);
  expect(await page.locator('.field', { hasText: '标题' }).getByRole('alert').textContent()).toBe('必填。');
  expect(await barriers(page)).toEqual([]);
  await field(page, '标题').fill(`第一项${mark}`);
  await field(page, '类别').selectOption('STUDY');
  await further(page);
  await page.getByRole('status').getByText('已新建。').waitFor();
  expect(await field(page, '次序').inputValue()).toBe('2');
  expect(await field(page, '标题').inputValue()).toBe('');
  await field(page, '标题').fill(`第二项${mark}`);
  await field(page, '类别').selectOption('OTHER');
  await add(page);
  await page.getByText('已新建。').waitFor();
  expect(page.url()).toContain('/admin/edit/item_');
  await page.getByRole('heading', { name: '汇报' }).waitFor();
  expect(await read(meeting, '... on Meeting { agendaItems { nodes { title position kind visibility } } }')).toEqual({
    agendaItems: {
      nodes: [
        { title: `第一项${mark}`, position: 1, kind: 'STUDY', visibility: 'INTERNAL' },
        { title: `第二项${mark}`, position: 2, kind: 'OTHER', visibility: 'INTERNAL' },
      ],
    },
  });
  await go(page, editing(meeting));
  await page.getByRole('region', { name: '议题' }).getByRole('link', { name: `第二项${mark}` }).waitFor();
  expect(await barriers(page)).toEqual([]);
  expect(troubles).toEqual([]);
  await close();
});

it('leads to the record that is there already', async () => {
  const { page, close } = await open(`/admin/new/Organization?in=${encodeURIComponent(body)}`);
  await signIn(page);
  const first = await make('Organization', { name: `已有局${mark}`, kind: 'DEPARTMENT', parent: body });
  expect(await field(page, '隶属').inputValue()).toBe(`新建市${mark}`);
  await field(page, '名称').fill(`已有局${mark}`);
  await field(page, '类别').selectOption('DEPARTMENT');
  await add(page);
  const alert = page.locator('.field', { hasText: '名称' }).getByRole('alert');
  await alert.getByRole('link', { name: `已有局${mark}` }).waitFor();
  expect(await barriers(page)).toEqual([]);
  page.once('dialog', (dialog) => void dialog.accept());
  await alert.getByRole('link').click();
  await page.waitForURL((url) => decodeURIComponent(url.pathname).endsWith(first));
  await close();
});

it('makes a record of every type', async () => {
  const { page, troubles, close } = await open('/admin/new');
  await signIn(page);
  expect(await barriers(page)).toEqual([]);
  expect(await page.locator('.new-types a').count()).toBe(9);
  const made = async () => {
    await add(page);
    await page.waitForURL(/\/admin\/edit\//);
    return decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1)!);
  };
  const begin = async (type: string, within?: string) => {
    await go(page, `/admin/new/${type}${within ? `?in=${encodeURIComponent(within)}` : ''}`);
    await page.getByRole('button', { name: '新建', exact: true }).waitFor();
  };

  await begin('Person');
  await field(page, '名称').fill(`欧阳新${mark}`);
  const person = await made();
  await begin('Organization');
  await field(page, '名称').fill(`新局${mark}`);
  await field(page, '类别').selectOption('DEPARTMENT');
  await made();
  await begin('Meeting', body);
  await field(page, '标题').fill(`又一次会议${mark}`);
  await field(page, '召开').fill('2024-05-06');
  const other = await made();
  await begin('AgendaItem', other);
  await field(page, '标题').fill(`议题${mark}`);
  await field(page, '类别').selectOption('STUDY');
  const item = await made();
  await begin('Decision', item);
  await field(page, '原文').fill(`会议同意${mark}`);
  const decision = await made();
  await begin('Directive', item);
  await field(page, '原文').fill(`要抓紧${mark}`);
  const directive = await made();
  await begin('Attendance', other);
  await field(page, '原文写法').fill(`欧阳新${mark}`);
  await pick(page, '人员', `欧阳新${mark}`);
  const seat = await made();
  await begin('Document', other);
  await field(page, '标题').fill(`会议纪要${mark}`);
  await field(page, '类别').selectOption('MINUTES');
  await field(page, '全文').fill('会议纪要全文');
  const paper = await made();
  await begin('Membership', person);
  await pick(page, '机构', `新局${mark}`);
  await field(page, '职务').fill('局长');
  const membership = await made();

  const all = await ask<Record<string, object>>(
    `query ($decision: ID!, $directive: ID!, $seat: ID!, $paper: ID!, $membership: ID!) {
      decision(id: $decision) { position agendaItem { id } } directive(id: $directive) { position agendaItem { id } }
      attendance(id: $seat) { position capacity status person { id } meeting { id } } document(id: $paper) { kind text meeting { id } }
      membership(id: $membership) { role person { id } organization { name } }
    }`,
    { decision, directive, seat, paper, membership },
    inject('token'),
  );
  expect(all).toEqual({
    decision: { position: 1, agendaItem: { id: item } },
    directive: { position: 1, agendaItem: { id: item } },
    attendance: { position: 1, capacity: 'ATTENDING', status: 'PRESENT', person: { id: person }, meeting: { id: other } },
    document: { kind: 'MINUTES', text: '会议纪要全文', meeting: { id: other } },
    membership: { role: '局长', person: { id: person }, organization: { name: `新局${mark}` } },
  });
  expect(troubles).toEqual([]);
  await close();
});
