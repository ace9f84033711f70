import { mergeConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** Checks over public expressions that are not part of the project: see .ci/run. */
const config = mergeConfig(base, {});
config.test = { ...config.test, include: ['test/corpora/**/*.test.ts'], exclude: [] };
export default config;
