// The server under test, as run.mjs hands it over.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema } from 'graphql';

export const base = process.env.MINUTEBOOK_URL;
export const endpoint = `${base}/graphql`;
export const socket = endpoint.replace(/^http/, 'ws');
export const token = process.env.MINUTEBOOK_TOKEN;
export const here = fileURLToPath(new URL('.', import.meta.url));

/** The printed schema, as every client gets it. */
export async function sdl() {
  const response = await fetch(`${base}/schema.graphql`);
  if (!response.ok) throw new Error(`/schema.graphql answers ${response.status}`);
  return response.text();
}

/** The schema as graphql-js reads it. */
export async function schema() {
  return buildSchema(await sdl());
}

/** Writes the printed schema where tools look for it. */
export async function schemaFile() {
  mkdirSync(`${here}.cache`, { recursive: true });
  const path = `${here}.cache/schema.graphql`;
  writeFileSync(path, await sdl());
  return path;
}

/** One request by POST. */
export async function ask(query, variables, headers = {}) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}
