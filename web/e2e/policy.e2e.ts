import { beforeAll, expect, inject, it } from 'vitest';
import { samplePages, useBrowser } from './browser';

const open = useBrowser();
const desk = ['import', 'steps', 'merge', 'accounts', 'edit/organization_x'].map((page) => `/admin/${page}`);
let paths: string[];
beforeAll(async () => {
  paths = [...(await samplePages()).map(([, path]) => path), ...desk];
});

/** The directives of a policy, by name. */
const directives = (policy: string) => new Map(policy.split(';').map((part) => part.trim().split(/\s+/)).map(([name, ...values]) => [name!, values]));

it('every page runs our own files and nothing else, and talks to our own server only', async () => {
  for (const path of paths) {
    const answer = await fetch(inject('url') + path);
    const policy = directives(answer.headers.get('content-security-policy') ?? '');
    for (const name of ['default-src', 'script-src', 'style-src', 'connect-src', 'form-action']) expect([path, name, policy.get(name)]).toEqual([path, name, ["'self'"]]);
    for (const name of ['object-src', 'base-uri', 'frame-ancestors']) expect([path, name, policy.get(name)]).toEqual([path, name, ["'none'"]]);
    const html = await answer.text();
    expect(html.match(/<script(?![^>]*\ssrc=)/g), `${path}: inline scripts`).toBeNull();
    expect(html.match(/<style|\sstyle=|\son\w+=/g), `${path}: inline styles and handlers`).toBeNull();
    expect(html.match(/(?:src|href)="(?:https?:)?\/\/[^"]*/g), `${path}: files from elsewhere`).toBeNull();
  }
});

it('GraphiQL runs no script but its own files', async () => {
  const answer = await fetch(`${inject('url')}/graphiql`);
  const policy = directives(answer.headers.get('content-security-policy') ?? '');
  expect(policy.get('script-src')).toEqual(["'self'"]);
  expect(policy.get('connect-src')).toEqual(["'self'"]);
  expect((await answer.text()).match(/<script(?![^>]*\ssrc=)/g)).toBeNull();
});

it('an inline script is refused, and so is a request to anywhere else', async () => {
  const { page, troubles, close } = await open('/');
  const came = await page.evaluate(async () => {
    const script = document.body.appendChild(document.createElement('script'));
    script.textContent = 'window.ran = true';
    const elsewhere = await fetch('http://192.0.2.1/').then(() => true, () => false);
    return [(window as { ran?: boolean }).ran ?? false, elsewhere];
  });
  expect(came).toEqual([false, false]);
  await expect.poll(() => troubles.filter((trouble) => trouble.includes('content policy: script-src')).length).toBe(1);
  expect(troubles.some((trouble) => trouble.includes('content policy: connect-src'))).toBe(true);
  await close();
});
