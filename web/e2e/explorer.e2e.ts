import { beforeAll, describe, expect, it } from 'vitest';
import { ask, sampleIds, settle, useBrowser } from './browser';

const open = useBrowser();
let ids: Awaited<ReturnType<typeof sampleIds>>;
beforeAll(async () => {
  ids = await sampleIds();
});

describe('reading', () => {
  it('goes from the start page to a meeting, its decisions and their chains', async () => {
    const { page, troubles, close } = await open('/');
    await page.getByRole('link', { name: '会议', exact: true }).first().click();
    await page.getByRole('searchbox', { name: '包含文字' }).fill('太仓');
    await page.keyboard.press('Enter');
    await page.locator('.rows h3 a').first().click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settle(page);
    expect(await page.locator('.item').count()).toBe(9);
    expect(await page.locator('.decision').count()).toBe(6);
    const chain = page.locator('.item').nth(1).locator('.step');
    expect(await chain.count()).toBe(3);
    expect(await chain.nth(2).textContent()).toContain('名义');
    expect(troubles).toEqual([]);
    await close();
  });

  it('follows a fact to its sentence, and back', async () => {
    const { page, close } = await open(`/meetings/${ids.meeting}`);
    const words = (await page.locator('.decision blockquote').first().innerText()).replace(/[\s¶\u2060]/g, '');
    await page.locator('.decision blockquote .source').first().click();
    await page.locator('.minutes-text mark').first().waitFor();
    const marked = async () => (await page.locator('.minutes-text mark').allInnerTexts()).join('').replace(/\s/g, '');
    await expect.poll(marked).toBe(words);
    expect(page.url()).toMatch(/\/minutes\/.+\?at=\d+-\d+$/);
    expect(await page.locator('.minutes-text mark').first().isVisible()).toBe(true);
    await page.goBack();
    await page.locator('.decision').first().waitFor();
    await close();
  });

  it('finds the record of a sentence', async () => {
    const { page, close } = await open(`/minutes/${ids.minutes}`);
    const facts = page.locator('.fact-list li');
    await expect.poll(() => facts.count(), { timeout: 20_000 }).toBeGreaterThan(100);
    await page.locator('.fact-list .fact-level-decision .choose').first().click();
    await page.locator('.chosen').getByRole('link').click();
    await page.waitForURL(/\/decisions\//);
    await close();
  });

  it('shows attendance by capacity and unit', async () => {
    const { page, close } = await open(`/meetings/${ids.meeting}`);
    const observing = page.getByRole('region', { name: '列席' });
    expect(await observing.locator('.attendee').count()).toBe(63);
    expect(await page.getByRole('region', { name: '出席', exact: true }).locator('.attendee').count()).toBe(6);
    const office = observing.locator('.unit', { hasText: '王晨清' });
    expect(await office.locator('.attendee').count()).toBe(8);
    await close();
  });

  it('says so where there is no such record', async () => {
    const { page, close } = await open('/meetings/no-such-id');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('找不到这条记录');
    await close();
  });
});

describe('finding', () => {
  it('suggests while typing and goes there by keyboard', async () => {
    const { page, close } = await open('/');
    await page.keyboard.press('/');
    await page.keyboard.type('胡卫江');
    const option = page.getByRole('option').first();
    await option.waitFor();
    expect(await option.locator('mark').textContent()).toBe('胡卫江');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/people\//);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('胡卫江');
    await close();
  });

  it('finds words wherever they stand, marks them, and narrows by type', async () => {
    const { page, close } = await open('/search?q=%E9%A3%9F%E5%93%81%E5%AE%89%E5%85%A8');
    expect((await page.locator('.rows mark').allInnerTexts()).every((text) => text === '食品安全')).toBe(true);
    await page.locator('.facet[aria-label="类型"] a', { hasText: '议题' }).click();
    await page.waitForURL(/type=AGENDA_ITEM/);
    await settle(page);
    await page.locator('.conditions .chip').waitFor();
    await page.locator('.rows h3 a').first().click();
    await page.waitForURL(/\/items\//);
    await close();
  });

  it('finds a person by pinyin', async () => {
    const { page, close } = await open('/');
    await page.getByRole('combobox', { name: '搜索' }).fill('hwj');
    await page.getByRole('option', { name: /胡卫江/ }).first().click();
    await page.waitForURL(/\/people\//);
    await close();
  });

  it('keeps the conditions of a list in the address, and back undoes them', async () => {
    const { page, close } = await open('/items');
    const count = page.locator('.results-head [role=status]');
    const before = await count.textContent();
    await page.locator('.facet[aria-label="类别"] a', { hasText: '学习' }).click();
    await page.waitForURL(/kind=STUDY/);
    await settle(page);
    await page.locator('.conditions .chip').waitFor();
    await expect.poll(() => count.textContent()).not.toBe(before);
    const { agendaItems } = await ask<{ agendaItems: { totalCount: number } }>('{ agendaItems(filter: { kind: { eq: STUDY } }) { totalCount } }');
    expect(await count.textContent()).toContain(String(agendaItems.totalCount));
    await page.goBack();
    await expect.poll(() => count.textContent()).toBe(before);
    await close();
  });

  it('narrows a list by a bar of a chart', async () => {
    const { page, close } = await open('/figures');
    await page.locator('.bars a[aria-label^="原则同意"]').first().click();
    await page.waitForURL(/\/decisions\?.*outcome=APPROVED_IN_PRINCIPLE/);
    await settle(page);
    expect(await page.locator('.rows > li').count()).toBeGreaterThan(0);
    await close();
  });

  it('opens a shared link as it was, in the language of the link', async () => {
    const { page, close } = await open('/decisions?status=OPEN&lang=en');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Decisions');
    expect(await page.locator('.conditions .chip').textContent()).toContain('open');
    await close();
  });
});

describe('the reader’s choices', () => {
  it('switches the language in place', async () => {
    const { page, close } = await open(`/meetings/${ids.meeting}`);
    await page.getByRole('button', { name: 'English' }).click();
    expect(await page.locator('html').getAttribute('lang')).toBe('en-GB');
    expect(await page.locator('#agenda').textContent()).toBe('Agenda and decisions');
    expect(await page.locator('.record-head time').first().textContent()).toBe('1 June 2022');
    await page.getByRole('button', { name: '中文' }).click();
    expect(await page.locator('.record-head time').first().textContent()).toBe('2022年6月1日');
    await close();
  });

  it('switches between light and dark, and remembers', async () => {
    const { page, close } = await open('/');
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await page.getByRole('combobox', { name: '外观' }).selectOption('dark');
    expect(await paper()).not.toBe(light);
    await page.reload();
    await settle(page);
    expect(await paper()).not.toBe(light);
    await close();
  });

  it('shows the queries behind a page, and GraphiQL opens them', async () => {
    const { page, close } = await open('/meetings');
    await page.getByText('本页用到的查询').click();
    const link = page.getByRole('link', { name: '在 GraphiQL 中打开' }).first();
    expect(await link.getAttribute('href')).toMatch(/^\/graphiql\?query=/);
    await close();
  });
});

it('prints a meeting on paper without anything to click', async () => {
  const { page, close } = await open(`/meetings/${ids.meeting}`);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.shell').isVisible()).toBe(false);
  expect(await page.locator('.contents').isVisible()).toBe(false);
  expect(await page.locator('.decision').first().isVisible()).toBe(true);
  await close();
});

it('offers to try again when the server cannot be reached', async () => {
  const { page, close } = await open('/');
  await page.route('**/graphql', (route) => route.abort());
  await page.getByRole('link', { name: '文件', exact: true }).first().click();
  await page.getByRole('alert').waitFor();
  await page.unroute('**/graphql');
  await page.getByRole('button', { name: '重试' }).click();
  await page.locator('.rows > li').first().waitFor();
  await close();
});
