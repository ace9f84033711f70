import { setFlagsFromString } from 'node:v8';

/**
 * Turns V8's optimizing compiler off. A build runs each piece of code a few times on data of many shapes: what the
 * compiler makes is thrown away before it has paid off, also in a build of two thousand queries and in ten rebuilds
 * in a row. Without it a build takes two thirds of the time. See bench/build.ts.
 */
export function preferShortRuns(): void {
  setFlagsFromString('--no-opt');
}
