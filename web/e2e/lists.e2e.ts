import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { barriers, useBrowser } from './browser';
import { editing, make, read, signIn } from './desk';

const open = useBrowser();
const mark = `${Date.now()}`;
let ids: Record<'north' | 'south' | 'paper' | 'meeting' | 'item' | 'second' | 'decision' | 'directive' | 'person' | 'seat', string>;

/** Two bureaus of one name under two bodies, and one record of each type that has lists. */
beforeAll(async () => {
  const [city, county] = [await make('Organization', { name: `北市${mark}` }), await make('Organization', { name: `南县${mark}` })];
  const bureau = (parent: string) => make('Organization', { name: `同名局${mark}`, kind: 'DEPARTMENT', parent });
  const [north, south] = [await bureau(city), await bureau(county)];
  const paper = await make('Document', { title: `方案${mark}`, kind: 'PLAN' });
  const minutes = await make('Document', { title: `纪要${mark}`, kind: 'MINUTES' });
  const meeting = await make('Meeting', { title: `常务会议${mark}`, heldOn: '2024-03-01', body: city, minutes });
  const item = await make('AgendaItem', { meeting, position: 1, kind: 'DELIBERATE', title: `议题甲${mark}`, presenters: [{ organization: north }] });
  const second = await make('AgendaItem', { meeting, position: 2, kind: 'OTHER', title: `议题乙${mark}` });
  const decision = await make('Decision', { agendaItem: item, text: `同意${mark}`, steps: [{ kind: 'REVISE', actors: [north] }] });
  const directive = await make('Directive', { agendaItem: item, position: 1, text: `抓好落实${mark}` });
  const person = await make('Person', { name: `王同名${mark}` });
  const seat = await make('Attendance', { meeting, person, label: `王同名${mark}`, capacity: 'ATTENDING', position: 1 });
  ids = { north, south, paper, meeting, item, second, decision, directive, person, seat };
});

const list = (page: Page, name: string) => page.getByRole('region', { name });
const beginNew = (section: Locator) => section.getByRole('button', { name: '添加…' }).click();
const save = (section: Locator) => section.getByRole('button', { name: '添加', exact: true }).click();

/** Types into a field that finds records, and takes the one whose line says this. */
async function pick(page: Page, section: Locator, field: string, typed: string, line: string | RegExp) {
  await section.getByLabel(field, { exact: true }).pressSequentially(typed);
  await page.getByRole('option').filter({ hasText: line }).first().click();
}

const settle = (section: Locator, said: string) => section.getByText(said).waitFor();

it('tells records of the same name apart, adds the right one, and takes it back', async () => {
  const { page, troubles, close } = await open(editing(ids.item));
  await signIn(page);
  const presenters = list(page, '汇报');
  await beginNew(presenters);
  await presenters.getByLabel('机构', { exact: true }).pressSequentially(`同名局${mark}`);
  const options = page.getByRole('option');
  await options.nth(1).waitFor();
  expect((await options.allTextContents()).sort()).toEqual([`机构同名局${mark}部门 · 北市${mark}`, `机构同名局${mark}部门 · 南县${mark}`]);
  await options.filter({ hasText: '南县' }).click();
  await presenters.getByLabel('次序').fill('1');
  await save(presenters);
  await settle(presenters, '已添加。');
  const now = () => read<{ presenters: { nodes: { organization: { id: string } }[] } }>(ids.item, '... on AgendaItem { presenters { nodes { organization { id } } } }');
  expect((await now()).presenters.nodes.map(({ organization }) => organization.id)).toEqual([ids.south, ids.north]);
  expect(await barriers(page)).toEqual([]);
  await presenters.getByRole('button', { name: '撤销此变更' }).click();
  await presenters.getByRole('button', { name: '撤销此变更' }).click();
  await expect.poll(async () => (await now()).presenters.nodes.length).toBe(1);
  await expect.poll(() => presenters.getByRole('listitem').count()).toBe(1);
  expect(troubles).toEqual([]);
  await close();
});

it('says beside the field what is wrong', async () => {
  const { page, close } = await open(editing(ids.item));
  await signIn(page);
  const presenters = list(page, '汇报');
  await beginNew(presenters);
  await save(presenters);
  expect(await presenters.getByRole('alert').textContent()).toBe('needs organization or person');
  await presenters.getByLabel('机构', { exact: true }).pressSequentially('市');
  await presenters.getByLabel('次序').fill('9');
  expect(await presenters.getByLabel('机构', { exact: true }).inputValue()).toBe('');
  await pick(page, presenters, '机构', `同名局${mark}`, '南县');
  await save(presenters);
  const place = presenters.getByLabel('次序');
  await expect.poll(() => place.getAttribute('aria-invalid')).toBe('true');
  expect(await page.locator(`[id="${await place.getAttribute('aria-describedby')}"]`).textContent()).toBe('must be from 1 to 2');
  await presenters.getByRole('button', { name: '取消' }).click();
  const papers = list(page, '文件');
  await beginNew(papers);
  await save(papers);
  expect(await papers.getByRole('alert').textContent()).toContain('从列表中选择');
  await close();
});

it('edits the chain of a decision in place while the text above is unsaved, and saves both', async () => {
  const { page, close } = await open(editing(ids.decision));
  await signIn(page);
  await page.getByLabel('原文', { exact: true }).fill(`原则同意${mark}`);
  const chain = list(page, '后续步骤');
  await beginNew(chain);
  await chain.getByLabel('类别').selectOption('ISSUE');
  await pick(page, chain, '执行单位', `同名局${mark}`, '北市');
  await pick(page, chain, '执行单位', `同名局${mark}`, '南县');
  await pick(page, chain, '发布名义', `北市${mark}`, /^机构北市/);
  await chain.getByLabel('限期').fill('2024-06-30');
  await save(chain);
  await settle(chain, '已添加。');
  await chain.getByRole('button', { name: /^编辑: 印发/ }).click();
  await chain.getByRole('button', { name: `移除: 同名局${mark}` }).first().click();
  await chain.getByLabel('条件').fill('修改完善后');
  await chain.getByRole('button', { name: '保存' }).click();
  await settle(chain, '已修改。');
  await chain.getByRole('button', { name: /^上移: 印发/ }).click();
  await settle(chain, '已移动。');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('已保存。').waitFor();
  const decision = await read<{ text: string; steps: object[] }>(ids.decision, '... on Decision { text steps { kind condition dueOn actors { id } inNameOf { name } } }');
  expect(decision).toEqual({
    text: `原则同意${mark}`,
    steps: [
      { kind: 'ISSUE', condition: '修改完善后', dueOn: '2024-06-30', actors: [{ id: ids.south }], inNameOf: [{ name: `北市${mark}` }] },
      { kind: 'REVISE', condition: null, dueOn: null, actors: [{ id: ids.north }], inNameOf: [] },
    ],
  });
  const papers = list(page, '文件');
  await beginNew(papers);
  await pick(page, papers, '文件', `方案${mark}`, '计划');
  await save(papers);
  await settle(papers, '已添加。');
  await papers.getByRole('link', { name: `方案${mark}` }).waitFor();
  await papers.getByRole('button', { name: /^移除/ }).click();
  await settle(papers, '已移除。');
  expect((await read<{ documents: { totalCount: number } }>(ids.decision, '... on Decision { documents { totalCount } }')).documents.totalCount).toBe(0);
  await close();
});

it('addresses a directive, limits a seat to an item, sends minutes, and files a name and an identifier', async () => {
  const { page, close } = await open(editing(ids.directive));
  await signIn(page);
  const addressees = list(page, '要求对象');
  await beginNew(addressees);
  await pick(page, addressees, '机构', `同名局${mark}`, '南县');
  await save(addressees);
  await settle(addressees, '已添加。');
  expect(await read(ids.directive, '... on Directive { addressees { nodes { id } } }')).toEqual({ addressees: { nodes: [{ id: ids.south }] } });

  const go = async (id: string) => {
    await page.evaluate((path) => {
      history.pushState(null, '', path);
    }, editing(id));
    await page.waitForFunction(() => !document.querySelector('.loading'));
  };
  await go(ids.seat);
  const items = list(page, '仅参加的议题');
  await beginNew(items);
  await items.getByLabel('议题', { exact: true }).selectOption({ label: `议题乙${mark}` });
  await save(items);
  await settle(items, '已添加。');
  expect(await read(ids.seat, '... on Attendance { agendaItems { id } }')).toEqual({ agendaItems: [{ id: ids.second }] });

  await go(ids.meeting);
  const sent = list(page, '分发');
  await beginNew(sent);
  await sent.getByLabel('类别').selectOption('CC');
  await sent.getByLabel('原文写法').fill('各区人民政府');
  await sent.getByLabel('集体名称').check();
  await save(sent);
  await settle(sent, '已添加。');
  expect(await read(ids.meeting, '... on Meeting { minutes { distribution { kind label collective } } }')).toEqual({
    minutes: { distribution: [{ kind: 'CC', label: '各区人民政府', collective: true }] },
  });

  await go(ids.person);
  const names = list(page, '名称');
  expect(await names.getByRole('button', { name: /^移除/ }).count()).toBe(0);
  await beginNew(names);
  await names.getByLabel('名称', { exact: true }).fill(`王曾用${mark}`);
  await names.getByLabel('类别').selectOption('FORMER');
  await save(names);
  await settle(names, '已添加。');
  const identifiers = list(page, '在其他系统中的编号');
  await beginNew(identifiers);
  await identifiers.getByLabel('系统').fill('wikidata');
  await identifiers.getByLabel('编号').fill(`Q${mark}`);
  await save(identifiers);
  await settle(identifiers, '已添加。');
  await names.getByRole('button', { name: new RegExp(`^移除: 王曾用${mark}`) }).click();
  await settle(names, '已移除。');
  expect(await read(ids.person, '... on Person { names { text } } ... on Record { identifiers { scheme value } }')).toEqual({
    names: [{ text: `王同名${mark}` }],
    identifiers: [{ scheme: 'wikidata', value: `Q${mark}` }],
  });
  expect(await barriers(page)).toEqual([]);
  await close();
});
