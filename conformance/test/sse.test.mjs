// Event streams with the client of graphql-sse, in the distinct connections mode.
import assert from 'node:assert/strict';
import test from 'node:test';
import { createClient } from 'graphql-sse';
import { endpoint, token } from '../server.mjs';

function collect(client, query) {
  return new Promise((resolve, reject) => {
    const results = [];
    client.subscribe({ query }, { next: (r) => results.push(r), error: reject, complete: () => resolve(results) });
  });
}

test('a query as an event stream', async () => {
  const client = createClient({ url: endpoint, headers: { authorization: `Bearer ${token}` } });
  const results = await collect(client, '{ __typename viewer { role } }');
  assert.deepEqual(results.map((r) => r.data), [{ __typename: 'Query', viewer: { role: 'ADMIN' } }]);
});

test('what is wrong with an operation is said in the stream', async () => {
  const [result] = await collect(createClient({ url: endpoint }), '{ nothing }');
  assert.equal(result.errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED');
});

test('a bad token is no stream', async () => {
  const client = createClient({ url: endpoint, headers: { authorization: 'Bearer x.y.z' }, retryAttempts: 0 });
  await assert.rejects(collect(client, '{ __typename }'), (error) => error.response.status === 401);
});
