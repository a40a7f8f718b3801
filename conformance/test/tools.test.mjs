// Tools that read the schema: relay-compiler, graphql-codegen with the TypeScript compiler, @graphql-eslint.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import test from 'node:test';
import { ask, here, schemaFile } from '../server.mjs';

const schema = await schemaFile();

/** Runs a tool of node_modules; its output is the message when it fails. */
function tool(name, args, options = {}) {
  try {
    return execFileSync(`${here}node_modules/.bin/${name}`, args, { cwd: here, encoding: 'utf8', stdio: 'pipe', ...options });
  } catch (error) {
    assert.fail(`${name}: ${error.stdout}${error.stderr}`);
  }
}

test('relay-compiler compiles a refetchable connection, and the server runs what it made', async () => {
  const work = `${here}.cache/relay`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  cpSync(`${here}src/Meetings.js`, `${work}/Meetings.js`);
  const config = { src: work, schema, language: 'javascript', eagerEsModules: true, artifactDirectory: `${work}/__generated__` };
  writeFileSync(`${work}/relay.config.json`, JSON.stringify(config));
  mkdirSync(config.artifactDirectory);
  tool('relay-compiler', [`${work}/relay.config.json`]);
  const artifacts = readdirSync(config.artifactDirectory);
  assert.ok(artifacts.includes('MeetingsPaginationQuery.graphql.js'), `artifacts: ${artifacts}`);
  const artifact = readFileSync(`${config.artifactDirectory}/MeetingsPaginationQuery.graphql.js`, 'utf8');
  const text = JSON.parse(/"text": ("(?:[^"\\]|\\.)*")/.exec(artifact)[1]);
  const { body } = await ask(text, { count: 2, cursor: null });
  assert.equal(body.errors, undefined, JSON.stringify(body.errors));
  assert.ok(Array.isArray(body.data.meetings.edges));
});

test('graphql-codegen makes types that compile', () => {
  const out = `${here}.cache/codegen/`;
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const config = `${here}.cache/codegen.json`;
  writeFileSync(config, JSON.stringify({ schema, documents: `${here}src/*.graphql`, generates: { [out]: { preset: 'client', config: { scalars: { Date: 'string', DateTime: 'string' } } } } }));
  tool('graphql-codegen', ['--config', config]);
  const made = readFileSync(`${out}graphql.ts`, 'utf8');
  assert.match(made, /CodegenMeetingsQuery\b/);
  assert.match(made, /heldOn: string/);
  tool('tsc', ['--noEmit', '--skipLibCheck', '--strict', '--module', 'esnext', '--moduleResolution', 'bundler', '--target', 'es2022', `${out}index.ts`]);
});

test("@graphql-eslint's rules for Relay pass on the schema", () => {
  // A Neighborhood is a piece of the graph, with nodes, edges between them and pages, and no connection of Relay's.
  const marked = readFileSync(schema, 'utf8').replace(/^type Neighborhood\b/m, '# eslint-disable-next-line @graphql-eslint/relay-connection-types\n$&');
  writeFileSync(schema, marked);
  const config = `${here}eslint.config.mjs`;
  tool('eslint', ['--config', config, '--no-ignore', '--max-warnings', '0', schema]);
});
