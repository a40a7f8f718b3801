import { inject } from 'vitest';
import type { Page } from 'playwright-core';
import { ask } from './browser';

/** Signs in with the token of the tests. */
export async function signIn(page: Page) {
  await page.locator('#token').fill(inject('token'));
  await page.locator('#token').press('Enter');
  await page.locator('.signed-in').waitFor();
}

/** Adds a record of this run to work on, through the API; the sample stays as it is. */
export async function make(type: string, input: object): Promise<string> {
  const field = type[0]!.toLowerCase() + type.slice(1);
  const { answer } = await ask<{ answer: Record<string, { id: string } | null> & { userErrors: { message: string }[] } }>(
    `mutation ($input: Create${type}Input!) { answer: create${type}(input: $input) { ${field} { id } userErrors { message } } }`,
    { input },
    inject('token'),
  );
  const record = answer[field];
  if (!record) throw new Error(`${type}: ${answer.userErrors.map(({ message }) => message).join('; ')}`);
  return record.id;
}

/** Reads fields of a record as somebody who may see everything. */
export async function read<T>(id: string, fields: string): Promise<T> {
  const { node } = await ask<{ node: T }>(`query ($id: ID!) { node(id: $id) { ${fields} } }`, { id }, inject('token'));
  return node;
}

export const editing = (id: string) => `/admin/edit/${encodeURIComponent(id)}`;
