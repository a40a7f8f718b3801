import { mergeConfig } from 'vitest/config';
import base from './vitest.config';

process.env.MINUTEBOOK_PICTURES = 'yes';

/** Pictures instead of tests: `npm run shots` writes the ten of docs/explorer.md, `npm run shots:every` every page to web/shots. */
const config = mergeConfig(base, { test: { testTimeout: 300_000 } });
config.test.include = ['*.shots.ts'];

export default config;
