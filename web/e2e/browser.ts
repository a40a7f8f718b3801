import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';

const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Starts a browser for the tests of a file; the returned function opens a page of the server in it. */
export function useBrowser() {
  let browser: Browser;
  beforeAll(async () => {
    const executablePath = places.find((place) => place && existsSync(place));
    if (!executablePath) throw new Error('No Chromium was found: install Debian’s package chromium, or set CHROMIUM to its path.');
    browser = await chromium.launch({
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });
  afterAll(() => browser?.close());
  return (path: string, options: BrowserContextOptions = {}) => open(browser, path, options);
}

/** A page that fails its test on a script error, a refusal of the content policy, or a request to anywhere else. */
export interface Watched {
  page: Page;
  troubles: string[];
  close(): Promise<void>;
}

async function open(browser: Browser, path: string, options: BrowserContextOptions): Promise<Watched> {
  const url = inject('url');
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', ...options });
  // Not every refusal of the content policy is told on the console.
  await context.addInitScript(() =>
    addEventListener('securitypolicyviolation', (event) => console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`)),
  );
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(`script: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url())) troubles.push(`elsewhere: ${request.url()}`);
  });
  await page.goto(url + path);
  await settle(page);
  return { page, troubles, close: () => context.close() };
}

/** Signs in at the desk with a token. */
export async function enter(page: Page, token = inject('token')) {
  await page.locator('#token').fill(token);
  await page.locator('#token').press('Enter');
  await page.locator('.signed-in').waitFor();
  await settle(page);
}

/** Waits until nothing is loading any more. */
export async function settle(page: Page) {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => !document.querySelector('.loading'));
}

/** Barriers of a page by WCAG 2.2 A and AA and good practice, each with its place. */
export async function barriers(page: Page): Promise<string[]> {
  return look(page, { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
}

/** Words of a page that do not stand out enough from what is behind them. */
export async function contrasts(page: Page): Promise<string[]> {
  return look(page, { type: 'rule', values: ['color-contrast'] });
}

async function look(page: Page, runOnly: { type: 'tag' | 'rule'; values: string[] }): Promise<string[]> {
  // From outside of the page, whose content policy forbids inline scripts.
  await page.evaluate(await readFile(axe, 'utf8'));
  return page.evaluate(async (only) => {
    const { axe: tool } = window as unknown as {
      axe: { run(root: Document, options: object): Promise<{ violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[] }> };
    };
    const { violations } = await tool.run(document, { runOnly: only });
    return violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`));
  }, runOnly);
}

/** Asks the API, as the tests need ids of real records. */
export async function ask<T>(query: string, variables: object = {}, token = ''): Promise<T> {
  const answer = await fetch(`${inject('url')}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await answer.json()) as { data: T; errors?: { message: string }[] };
  if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
  return data;
}

/** Ids of records of the sample minutes to open pages of. */
export async function sampleIds() {
  type Ids = Record<string, { nodes: { id: string }[] }>;
  const found = await ask<Ids>(`{
    meeting: meetings(filter: { title: { contains: "第7次" } }, first: 1) { nodes { id } }
    item: agendaItems(filter: { title: { contains: "生物医药" } }, first: 1) { nodes { id } }
    anyDecision: decisions(filter: { steps: { count: { gte: 3 } } }, first: 1) { nodes { id } }
    directive: directives(first: 1) { nodes { id } }
    plan: documents(filter: { title: { contains: "生物医药" } }, first: 1) { nodes { id } }
    minutes: documents(filter: { kind: { eq: MINUTES }, title: { contains: "太仓" } }, first: 1) { nodes { id } }
    organization: organizations(filter: { presentations: { count: { gte: 2 } } }, first: 1) { nodes { id } }
    person: people(filter: { name: { eq: "胡卫江" } }, first: 1) { nodes { id } }
  }`);
  const id = (name: string) => encodeURIComponent(found[name]?.nodes[0]?.id ?? 'missing');
  return {
    meeting: id('meeting'),
    item: id('item'),
    decision: id('anyDecision'),
    directive: id('directive'),
    plan: id('plan'),
    minutes: id('minutes'),
    organization: id('organization'),
    person: id('person'),
  };
}

/** Addresses of one page of each kind. */
export async function samplePages(): Promise<[name: string, path: string][]> {
  const ids = await sampleIds();
  return [
    ['start', '/'],
    ['meetings', '/meetings'],
    ['items', '/items'],
    ['decisions', '/decisions'],
    ['directives', '/directives'],
    ['documents', '/documents'],
    ['organizations', '/organizations'],
    ['people', '/people'],
    ['meeting', `/meetings/${ids.meeting}`],
    ['item', `/items/${ids.item}`],
    ['decision', `/decisions/${ids.decision}`],
    ['directive', `/directives/${ids.directive}`],
    ['document', `/documents/${ids.plan}`],
    ['minutes', `/minutes/${ids.minutes}?at=421-465`],
    ['organization', `/organizations/${ids.organization}`],
    ['person', `/people/${ids.person}`],
    ['search', '/search?q=%E5%A4%AA%E4%BB%93'],
    ['figures', '/figures'],
    ['network', '/network'],
    ['canvas', `/canvas?steps=${ids.person}&node=${ids.person}`],
    ['path', `/path?from=${ids.organization}&to=${ids.person}`],
    ['changes', '/changes'],
    ['desk', '/admin'],
    ['no page', '/nothing-here'],
  ];
}
