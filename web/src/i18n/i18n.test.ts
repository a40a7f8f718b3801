import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chooseLanguage, makeWords } from '.';
import en from './en.json';
import zh from './zh.json';

const places = (message: unknown) => [...JSON.stringify(message).matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

describe('messages', () => {
  it('exist in both languages, with the same values to fill in', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
    for (const key of Object.keys(zh) as (keyof typeof zh)[]) {
      expect([key, [...new Set(places(en[key]))]]).toEqual([key, [...new Set(places(zh[key]))]]);
    }
  });

  it('have a word for every value of the enums that pages show', () => {
    const sdl = readdirSync('../graph')
      .filter((name) => name.endsWith('.graphqls'))
      .map((name) => readFileSync(`../graph/${name}`, 'utf8'))
      .join('\n');
    const shown = new Set(Object.keys(zh).flatMap((key) => /^enum\.(\w+)\./.exec(key)?.[1] ?? []));
    for (const [, name, body] of sdl.matchAll(/^enum (\w+) \{([\s\S]*?)^\}/gm)) {
      if (!shown.has(name!)) continue;
      const values = body!.replace(/"[^"]*"/g, '').match(/\b[A-Z][A-Z_]*\b/g) ?? [];
      for (const value of values) expect(Object.keys(zh)).toContain(`enum.${name}.${value}`);
    }
  });
});

describe('words', () => {
  it('choose the plural form', () => {
    const { t } = makeWords('en');
    expect(t('count.meetings', { n: 1 })).toBe('1 meeting');
    expect(t('count.meetings', { n: 1200 })).toBe('1,200 meetings');
    expect(makeWords('zh').t('count.meetings', { n: 1 })).toBe('1 次会议');
  });

  it('write days as the language does, whatever the time zone', () => {
    expect(makeWords('zh').date('2022-06-01')).toBe('2022年6月1日');
    expect(makeWords('en').date('2022-06-01')).toBe('1 June 2022');
    expect(makeWords('en').date(null)).toBe('');
  });

  it('show a value of an enum that is newer than the page', () => {
    expect(makeWords('zh').term('DecisionOutcome', 'SOMETHING_NEW')).toBe('SOMETHING_NEW');
  });
});

describe('chooseLanguage', () => {
  it('goes by the address, then an earlier choice, then the browser', () => {
    expect(chooseLanguage('?lang=en', 'zh', ['zh-CN'])).toBe('en');
    expect(chooseLanguage('', 'en', ['zh-CN'])).toBe('en');
    expect(chooseLanguage('?lang=xx', null, ['fr', 'en-US', 'zh'])).toBe('en');
    expect(chooseLanguage('', null, ['fr'])).toBe('zh');
  });
});
