import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { useSearch } from 'wouter';
import en from './en.json';
import zh from './zh.json';

export type Language = 'zh' | 'en';
export type Key = keyof typeof zh;
type Message = string | { one: string; other: string };

const messages: Record<Language, Record<Key, Message>> = { zh, en };
const locales: Record<Language, string> = { zh: 'zh-CN', en: 'en-GB' };
const remembered = 'minutebook.language';

/** Words, dates and numbers in the language of the reader. Data is never translated. */
export interface Words {
  language: Language;
  locale: string;
  /** The message, with {name} filled from values; `n` also chooses the plural form. */
  t(key: Key, values?: Record<string, string | number>): string;
  /** The word for a value of an enum of the API; the value itself where the API has grown one. */
  term(type: string, value: string | null | undefined): string;
  /** A calendar day, 2022-06-01. */
  date(day: string | null | undefined, style?: 'long' | 'medium'): string;
  /** A moment, RFC 3339, in the reader's time zone. */
  moment(at: string): string;
  number(value: number): string;
  list(names: string[]): string;
  switchTo(language: Language): void;
}

export function makeWords(language: Language, switchTo: (language: Language) => void = () => {}): Words {
  const locale = locales[language];
  const table = messages[language];
  const plural = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const lists = new Intl.ListFormat(locale, { type: 'conjunction', style: language === 'zh' ? 'narrow' : 'long' });
  const days = {
    long: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }),
    medium: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }),
  };
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const pick = (message: Message, n: unknown): string =>
    typeof message === 'string' ? message : plural.select(Number(n)) === 'one' ? message.one : message.other;
  return {
    language,
    locale,
    t: (key, values = {}) =>
      pick(table[key], values.n).replace(/\{(\w+)\}/g, (whole, name: string) => {
        const value = values[name];
        return value === undefined ? whole : typeof value === 'number' ? numbers.format(value) : value;
      }),
    term(type, value) {
      if (!value) return '';
      const message = (table as Record<string, Message>)[`enum.${type}.${value}`];
      return message === undefined ? value : pick(message, 1);
    },
    date: (day, style = 'long') => (day ? days[style].format(new Date(`${day}T00:00:00Z`)) : ''),
    moment: (at) => moments.format(new Date(at)),
    number: (value) => numbers.format(value),
    list: (names) => lists.format(names),
    switchTo,
  };
}

const Context = createContext<Words>(makeWords('zh'));

/** The language of an address (`?lang=`), of an earlier choice, or of the browser, in this order. */
export function chooseLanguage(search: string, stored: string | null, browser: readonly string[]): Language {
  for (const candidate of [new URLSearchParams(search).get('lang'), stored, ...browser]) {
    const language = candidate?.slice(0, 2).toLowerCase();
    if (language === 'zh' || language === 'en') return language;
  }
  return 'zh';
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const search = useSearch();
  const [stored, setStored] = useState(() => localStorage.getItem(remembered));
  const language = chooseLanguage(search, stored, navigator.languages);
  const words = useMemo(
    () =>
      makeWords(language, (next) => {
        localStorage.setItem(remembered, next);
        setStored(next);
        const url = new URL(location.href);
        url.searchParams.set('lang', next);
        history.replaceState(history.state, '', url);
      }),
    [language],
  );
  useEffect(() => {
    document.documentElement.lang = locales[language];
  }, [language]);
  return <Context value={words}>{children}</Context>;
}

export const useWords = (): Words => useContext(Context);
