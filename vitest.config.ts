import { defineConfig } from 'vitest/config';

const conditions = ['dashwright-source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/corpora/**', 'node_modules/**'],
    globalSetup: ['test/engines/install.ts'],
    testTimeout: 60_000,
    hookTimeout: 300_000,
  },
});
