import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { examples, linkedExample } from './examples';

const schema = buildSchema(
  readdirSync('../graph')
    .filter((name) => name.endsWith('.graphqls'))
    .map((name) => readFileSync(`../graph/${name}`, 'utf8'))
    .join('\n'),
);

describe('the examples', () => {
  it.each(examples.map((example) => [/(\w+)(?=[\s({]*[({])/.exec(example.query.replace(/#.*/g, ''))?.[0], example] as const))(
    '%s fits the schema',
    (_, { query, variables, headers }) => {
      expect(validate(schema, parse(query)).map(({ message }) => message)).toEqual([]);
      for (const json of [variables, headers]) if (json) expect(() => JSON.parse(json) as unknown).not.toThrow();
    },
  );

  it('end with one that writes, with a place for the token', () => {
    const last = examples.at(-1)!;
    expect(last.query).toContain('mutation');
    expect(last.headers).toContain('Bearer TOKEN');
  });
});

describe('a linked query', () => {
  it('is taken from the address', () => {
    expect(linkedExample('?query=%7Bviewer%7Brole%7D%7D&variables=%7B%7D')).toEqual({ query: '{viewer{role}}', variables: '{}' });
    expect(linkedExample('')).toBeNull();
  });
});
