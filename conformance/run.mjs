// Runs every test against one server: the one at MINUTEBOOK_URL, or one that is started here, on a database of its own.
// With MINUTEBOOK_URL, MINUTEBOOK_TOKEN may hold a token of the role ADMIN of that server.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const program = join(here, '..', 'minutebook');

/** A port that nobody listens on. */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Starts a server in development mode and waits until it is ready. */
async function startServer() {
  const directory = mkdtempSync(join(tmpdir(), 'minutebook-conformance-'));
  const port = await freePort();
  const settings = {
    MINUTEBOOK_ADDR: `127.0.0.1:${port}`,
    MINUTEBOOK_DATABASE: `sqlite:${join(directory, 'conformance.db')}`,
    MINUTEBOOK_MODE: 'development',
    MINUTEBOOK_LOG_LEVEL: 'warn',
    MINUTEBOOK_JWT_SECRET: randomBytes(48).toString('base64url'),
    MINUTEBOOK_JWT_ISSUER: 'conformance',
    MINUTEBOOK_JWT_AUDIENCE: 'minutebook',
    MINUTEBOOK_RATE_REQUESTS: '100000',
  };
  const env = { ...process.env, ...settings };
  const made = spawnSync(program, ['token', '--role', 'ADMIN', '--subject', 'conformance'], { env, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`no token: ${made.stderr || made.error}`);
  const server = spawn(program, ['serve'], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  const url = `http://127.0.0.1:${port}`;
  const stop = () => {
    server.kill('SIGTERM');
    rmSync(directory, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 300; tries++) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    const ready = await fetch(`${url}/readyz`).then((r) => r.ok, () => false);
    if (ready) return { url, token: made.stdout.trim(), stop };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  stop();
  throw new Error('the server is not ready after 30 s');
}

const given = process.env.MINUTEBOOK_URL;
const server = given
  ? { url: given.replace(/\/$/, ''), token: process.env.MINUTEBOOK_TOKEN ?? '', stop: () => {} }
  : await startServer();
const files = readdirSync(join(here, 'test')).filter((name) => name.endsWith('.test.mjs')).map((name) => join('test', name));
const chosen = process.argv.slice(2);
const tests = spawn(process.execPath, ['--test', '--test-concurrency=1', ...(chosen.length ? chosen : files)], {
  cwd: here,
  stdio: 'inherit',
  env: { ...process.env, MINUTEBOOK_URL: server.url, MINUTEBOOK_TOKEN: server.token },
});
tests.on('exit', (code) => {
  server.stop();
  process.exitCode = code ?? 1;
});
