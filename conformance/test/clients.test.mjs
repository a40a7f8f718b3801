// Apollo Client and urql as an application uses them: queries, variables, pages, errors.
import assert from 'node:assert/strict';
import test from 'node:test';
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { cacheExchange, createClient, fetchExchange } from '@urql/core';
import { endpoint, token } from '../server.mjs';

const page = `query Page($first: Int!, $after: String) {
  meetings(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id title } } }
}`;

function apollo(headers = {}) {
  return new ApolloClient({
    link: ApolloLink.from([new HttpLink({ uri: endpoint, headers })]),
    cache: new InMemoryCache({ typePolicies: { Query: { fields: { meetings: relayStylePagination() } } } }),
  });
}

test('Apollo Client reads a page', async () => {
  const { data, error } = await apollo().query({ query: gql(page), variables: { first: 2 } });
  assert.equal(error, undefined);
  assert.equal(typeof data.meetings.totalCount, 'number');
});

test('Apollo Client sees the codes of errors', async () => {
  const mutation = gql`mutation { deleteMeeting(id: "x", reason: ERROR) { deletedId } }`;
  await assert.rejects(apollo().mutate({ mutation }), (error) => CombinedGraphQLErrors.is(error)
    ? error.errors[0].extensions.code === 'UNAUTHENTICATED' : error.statusCode === 401);
  await assert.rejects(apollo().query({ query: gql(page), variables: { first: 'x' } }),
    (error) => CombinedGraphQLErrors.is(error) && error.errors[0].extensions.code === 'BAD_USER_INPUT');
});

test('Apollo Client sends a token', async () => {
  const { data } = await apollo({ authorization: `Bearer ${token}` }).query({ query: gql`{ viewer { role } }` });
  assert.equal(data.viewer.role, 'ADMIN');
});

for (const preferGetMethod of [false, true]) {
  test(`urql reads a page by ${preferGetMethod ? 'GET' : 'POST'}`, async () => {
    const client = createClient({ url: endpoint, exchanges: [cacheExchange, fetchExchange], preferGetMethod });
    const { data, error } = await client.query(page, { first: 2 }).toPromise();
    assert.equal(error, undefined);
    assert.equal(typeof data.meetings.totalCount, 'number');
  });
}

test('urql sees the codes of errors', async () => {
  const client = createClient({ url: endpoint, exchanges: [fetchExchange], preferGetMethod: false });
  const { error } = await client.query('{ nothing }', {}).toPromise();
  assert.equal(error.graphQLErrors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED');
});
