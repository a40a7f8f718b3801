import { mergeConfig } from 'vitest/config';
import base from './vitest.config';

/** Pictures of the pages instead of tests: `npm run shots` writes them to web/shots. */
const config = mergeConfig(base, { test: { testTimeout: 300_000 } });
config.test.include = ['*.shots.ts'];

export default config;
