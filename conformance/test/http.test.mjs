// GraphQL over HTTP: the audit of graphql-http, and what it does not ask.
import assert from 'node:assert/strict';
import test from 'node:test';
import { serverAudits } from 'graphql-http';
import { ask, endpoint } from '../server.mjs';

for (const audit of serverAudits({ url: endpoint, fetchFn: fetch })) {
  test(`${audit.id} ${audit.name}`, async () => {
    const result = await audit.fn();
    assert.equal(result.status, 'ok', result.reason);
  });
}

test('the whole audit was run', () => {
  assert.equal(serverAudits({ url: endpoint, fetchFn: fetch }).length, 61);
});

test('an answer by GET can be kept and asked for again', async () => {
  const url = `${endpoint}?query={__typename}`;
  const first = await fetch(url);
  const tag = first.headers.get('etag');
  assert.match(tag, /^"[^"]+"$/);
  await first.text();
  const again = await fetch(url, { headers: { 'if-none-match': tag } });
  assert.equal(again.status, 304);
});

test('the price is shown and can be asked for without running', async () => {
  const { body } = await ask('{ meetings(first: 3) { nodes { id } } }');
  assert.ok(body.extensions.cost.requested > 0);
});
