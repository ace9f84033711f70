/** A real Pushgateway on a free port of this machine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { findEngine } from '../engines/find.ts';

export interface Pushgateway {
  readonly url: string;
  stop(): Promise<void>;
}

const READY_WITHIN_MILLISECONDS = 30_000;

/** @throws when it is not ready in time, with what it logged */
export async function startPushgateway(): Promise<Pushgateway> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address() as { port: number };
  probe.close();
  const url = `http://127.0.0.1:${address.port}`;
  const child = spawn(findEngine('pushgateway'), [`--web.listen-address=127.0.0.1:${address.port}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (log += chunk));
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  };
  for (const deadline = Date.now() + READY_WITHIN_MILLISECONDS; Date.now() < deadline;) {
    const isReady = await fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return { url, stop };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await stop();
  throw new Error(`Pushgateway was not ready in time:\n${log}`);
}
