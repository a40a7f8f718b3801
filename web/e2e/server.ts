import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    url: string;
    /** A token of the role ADMIN, or empty where the server gave none. */
    token: string;
  }
}

const program = join(import.meta.dirname, '../../minutebook');

/**
 * Gives the tests a server: the one at MINUTEBOOK_URL with MINUTEBOOK_TOKEN, or else the program beside this folder, started
 * on a free port with a database of its own and the sample minutes.
 */
export default async function setup(project: TestProject) {
  const given = process.env.MINUTEBOOK_URL;
  if (given) {
    project.provide('url', given.replace(/\/$/, ''));
    project.provide('token', process.env.MINUTEBOOK_TOKEN ?? '');
    return;
  }
  if (!existsSync(program)) throw new Error('There is no server to test: run `make build`, or set MINUTEBOOK_URL.');
  const folder = mkdtempSync(join(tmpdir(), 'minutebook-e2e-'));
  const address = `127.0.0.1:${await freePort()}`;
  const server = spawn(program, ['serve', '--demo'], {
    // The pictures of the documentation show all the sample minutes, which are imported where their folder is found.
    cwd: process.env.MINUTEBOOK_PICTURES ? join(import.meta.dirname, '../..') : folder,
    env: { ...process.env, MINUTEBOOK_ADDR: address, MINUTEBOOK_DATABASE: `sqlite:${join(folder, 'test.db')}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collect(server);
  await ready(`http://${address}`, server, output);
  project.provide('url', `http://${address}`);
  const token = /^eyJ[\w.-]+$/m.exec(output())?.[0] ?? '';
  await fill(`http://${address}`, token);
  project.provide('token', token);
  return () => {
    server.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  };
}

function collect(server: ChildProcess): () => string {
  let text = '';
  for (const stream of [server.stdout, server.stderr]) stream?.on('data', (part: Buffer) => (text += part.toString()));
  return () => text;
}

async function ready(url: string, server: ChildProcess, output: () => string) {
  for (let i = 0; i < 150; i++) {
    if (server.exitCode !== null) break;
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  server.kill();
  throw new Error(`The server did not become ready:\n${output()}`);
}

/** Imports the minutes that the tests read, where the server has not done so itself; the same text again changes nothing. */
async function fill(url: string, token: string) {
  const text = readFileSync(join(import.meta.dirname, '../../samples/taicang-2022-08.txt'), 'utf8');
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({
      query: 'mutation ($text: String!) { importMinutes(input: { text: $text }) { meeting { id } userErrors { message } } }',
      variables: { text },
    }),
  });
  const said = await answer.text();
  if (!said.includes('"meeting":{"id"')) throw new Error(`The sample minutes could not be imported: ${said}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
