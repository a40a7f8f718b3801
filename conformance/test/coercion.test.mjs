// The server takes what graphql-js 16 takes, and refuses what it refuses: documents and variables.
import assert from 'node:assert/strict';
import test from 'node:test';
import { getVariableValues, parse, validate } from 'graphql';
import { ask, schema } from '../server.mjs';

const oracle = await schema();

const documents = [
  '{ meetings(first: 1) { nodes { id } } }',
  '{ meetings(first: "1") { nodes { id } } }',
  '{ meetings(first: 1.5) { nodes { id } } }',
  '{ meetings(first: 2147483648) { nodes { id } } }',
  '{ meeting(id: 1) { id } }',
  '{ meeting(id: 1.5) { id } }',
  '{ meeting(id: true) { id } }',
  '{ meeting { id } }',
  '{ meeting(id: null) { id } }',
  '{ meetings { nodes } }',
  '{ meetings { nodes { id { x } } } }',
  '{ meetings(orderBy: [{field: TITLE}]) { totalCount } }',
  '{ meetings(orderBy: {field: TITLE}) { totalCount } }',
  '{ meetings(orderBy: [{field: "TITLE"}]) { totalCount } }',
  '{ meetings(orderBy: [{field: NOTHING}]) { totalCount } }',
  '{ meetings(orderBy: [{direction: ASC}]) { totalCount } }',
  '{ meetings(filter: {title: {eq: "x", eq: "y"}}) { totalCount } }',
  '{ meetings(filter: {nothing: 1}) { totalCount } }',
  '{ a: meetings { totalCount } a: organizations { totalCount } }',
  '{ meetings { nodes { ... on Organization { name } } } }',
  '{ node(id: 1) { ... on Meeting { title } ... on Person { name } } }',
  '{ node(id: 1) { title } }',
  'query ($x: Int) { meetings(first: 1) { totalCount } }',
  'query ($x: Int, $x: Int) { meetings(first: $x) { totalCount } }',
  '{ meetings(first: $x) { totalCount } }',
  'query ($x: String) { meetings(first: $x) { totalCount } }',
  'query ($x: Int) { meetings(first: $x) { totalCount } }',
  'query ($x: ID) { meeting(id: $x) { id } }',
  'query ($x: ID = "1") { meeting(id: $x) { id } }',
  'query ($x: Meeting) { meeting(id: $x) { id } }',
  '{ meetings { totalCount @skip } }',
  '{ meetings { totalCount @skip(if: true) @skip(if: true) } }',
  '{ meetings { totalCount @nothing } }',
  '{ ...f } fragment f on Query { ...f }',
  '{ ...f }',
  '{ __typename } fragment f on Query { __typename }',
  'query a { __typename } query a { __typename }',
  '{ __typename } query a { __typename }',
  '{ meetings(first: 1, first: 2) { totalCount } }',
];

for (const document of documents) {
  test(`document ${document}`, async () => {
    const errors = validate(oracle, parse(document));
    const { body } = await ask(document);
    const refused = body.errors?.some((e) => e.extensions.code === 'GRAPHQL_VALIDATION_FAILED') ?? false;
    assert.equal(refused, errors.length > 0, `graphql-js says ${errors.map(String)}, the server ${JSON.stringify(body.errors)}`);
  });
}

const carriers = {
  Int: 'meetings(first: $v) { totalCount }',
  ID: 'node(id: $v) { id }',
  Boolean: 'meetings(first: 1) { totalCount @include(if: $v) __typename }',
  String: 'meetings(filter: {title: {eq: $v}}) { totalCount }',
  MeetingFilter: 'meetings(filter: $v) { totalCount }',
  '[MeetingOrder!]': 'meetings(orderBy: $v) { totalCount }',
};
const values = [
  1, 0, -1, 1.0, 1.5, 2147483647, 2147483648, '1', '', 'x', true, false, null, [], [1], {}, { title: null }, { nothing: 1 },
  { title: { eq: 'x' } }, { title: { eq: 1 } }, { title: { in: 'x' } }, { title: { in: [null] } }, { ordinal: { eq: '1' } }, { ordinal: { gt: 1 } },
  { state: { eq: 'HELD' } }, { state: { eq: 'held' } }, { and: { title: { eq: 'x' } } }, { field: 'TITLE' }, [{ field: 'TITLE', direction: 'DESC' }],
  [{ field: 'title' }], [{ direction: 'ASC' }], [{ field: 'TITLE', direction: null }],
];

// What graphql-js takes and the API refuses by its own rules: sizes of pages, null operands, ids of no record.
const ownRules = /must be from 0|is null: leave it out|is not an id|no such|id\b/i;

for (const [type, field] of Object.entries(carriers)) {
  for (const required of [false, true]) {
    const document = `query ($v: ${type}${required ? '!' : ''}) { ${field} }`;
    if (validate(oracle, parse(document)).length > 0) continue;
    for (const value of [...values, undefined]) {
      test(`${type}${required ? '!' : ''} from ${JSON.stringify(value)}`, async () => {
        const variables = value === undefined ? {} : { v: value };
        const { errors } = getVariableValues(oracle, parse(document).definitions[0].variableDefinitions, variables);
        const { body } = await ask(document, variables);
        const refused = body.errors?.find((e) => /^Variable "\$v"/.test(e.message));
        assert.equal(Boolean(refused), Boolean(errors), `graphql-js says ${errors}, the server ${JSON.stringify(body.errors)}`);
        for (const error of body.errors ?? []) {
          assert.ok(refused || ownRules.test(error.message), `an error of neither kind: ${error.message}`);
          assert.equal(error.extensions.code, 'BAD_USER_INPUT');
        }
      });
    }
  }
}
