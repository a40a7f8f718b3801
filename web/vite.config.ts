/// <reference types="vitest/config" />
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    sourcemap: false,
    target: 'es2022',
    // The budget that counts is checked by scripts/finish.ts, packed and per page.
    chunkSizeWarningLimit: 8000,
    rolldownOptions: {
      // GraphiQL's packages mark modules for the React compiler, which has already run on them.
      onwarn: (warning, warn) => {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
      input: { explorer: here('index.html'), graphiql: here('graphiql/index.html') },
    },
  },
  worker: { format: 'es' },
  server: { proxy: { '/graphql': process.env.MINUTEBOOK_URL ?? 'http://127.0.0.1:8080' } },
  test: {
    // Tests of what is drawn ask for jsdom themselves; it takes seconds to start.
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}', 'graphiql/**/*.test.ts', 'scripts/**/*.test.ts'],
    setupFiles: ['src/testing/setup.ts'],
  },
});
