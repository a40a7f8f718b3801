// graphql-transport-ws with the client of graphql-ws.
import assert from 'node:assert/strict';
import test from 'node:test';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { socket, token } from '../server.mjs';

/** The results of one operation. */
function collect(client, query, variables) {
  return new Promise((resolve, reject) => {
    const results = [];
    client.subscribe({ query, variables }, { next: (r) => results.push(r), error: reject, complete: () => resolve(results) });
  });
}

test('a query over a socket', async () => {
  const client = createClient({ url: socket, webSocketImpl: WebSocket, connectionParams: { authorization: `Bearer ${token}` } });
  const [result, ...more] = await collect(client, '{ __typename viewer { role } }');
  assert.deepEqual(result.data, { __typename: 'Query', viewer: { role: 'ADMIN' } });
  assert.equal(more.length, 0);
  await client.dispose();
});

test('what is wrong with an operation comes as an error, and the socket goes on', async () => {
  const client = createClient({ url: socket, webSocketImpl: WebSocket, lazy: false });
  await assert.rejects(collect(client, '{ nothing }'), (errors) => errors[0].extensions.code === 'GRAPHQL_VALIDATION_FAILED');
  await assert.rejects(collect(client, 'mutation { deleteMeeting(id: "x", reason: ERROR) { deletedId } }'),
    (errors) => errors[0].extensions.code === 'UNAUTHENTICATED');
  assert.equal((await collect(client, '{ __typename }')).length, 1);
  await client.dispose();
});

test('many operations at once', async () => {
  const client = createClient({ url: socket, webSocketImpl: WebSocket });
  const all = await Promise.all(Array.from({ length: 15 }, () => collect(client, '{ __typename }')));
  assert.ok(all.every(([result]) => result.data.__typename === 'Query'));
  await client.dispose();
});

/** The close code of a socket that sends the messages. */
function closing(messages, protocol = 'graphql-transport-ws') {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(socket, protocol);
    ws.on('open', () => messages.forEach((m) => ws.send(typeof m === 'string' ? m : JSON.stringify(m))));
    ws.on('close', resolve);
    ws.on('error', reject);
  });
}

const init = { type: 'connection_init' };
const query = { id: '1', type: 'subscribe', payload: { query: '{ __typename }' } };
for (const [name, messages, code] of [
  ['a message that is no JSON', [init, 'nope'], 4400],
  ['an operation before connection_init', [query], 4401],
  ['a bad token', [{ ...init, payload: { authorization: 'Bearer x.y.z' } }], 4403],
  ['silence', [], 4408],
  ['connection_init twice', [init, init], 4429],
]) {
  test(`${name} closes with ${code}`, async () => assert.equal(await closing(messages), code));
}
