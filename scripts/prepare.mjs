/**
 * Runs after `npm ci` in a clone: bundles the command and lets it build once, so that the first build is as quick as
 * the next one. Whatever goes wrong will be said by the command that somebody asked for.
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const scripts = dirname(fileURLToPath(import.meta.url));
spawnSync(process.execPath, [join(scripts, 'dashwright.mjs'), 'build', '--check'], {
  cwd: join(scripts, '..'),
  stdio: 'ignore',
});
