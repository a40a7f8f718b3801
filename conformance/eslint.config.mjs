// The rules of the GraphQL Cursor Connections Specification. Three options differ from the preset, each within that text:
// nodes, the shortcut that GitHub's API has too, is a list of records that are no edges; the log is read forward only; and
// what stands in the log, or between an item and its presenter, has no place under node(id:).
import graphql from '@graphql-eslint/eslint-plugin';

export default [
  {
    files: ['**/*.graphql'],
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: '.cache/schema.graphql' } } },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      ...graphql.configs['flat/schema-relay'].rules,
      '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false }],
      '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
    },
  },
];
