/**
 * A process to be killed: writes two trees in turn, without end, into the folder named on the command line.
 * Bundled and run by killed.test.ts.
 */
import { writeOutput } from '../../src/output/write.ts';
import { TREES } from './two-trees.ts';

const [, , directory = ''] = process.argv;
for (let turn = 0; ; turn += 1) {
  writeOutput(directory, TREES[turn % 2] ?? []);
  if (turn === 1) process.stdout.write('ready\n');
}
