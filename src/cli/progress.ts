/** Says what is being done once that takes longer than a second, on a terminal only. */
export interface Progress {
  /** Names the step that begins. */
  step(text: string): void;
  /** Clears the line. */
  done(): void;
}

const PATIENCE_MS = 1000;
const REFRESH_MS = 200;
const CLEAR = '\r\u001b[K';

/** @param stream stderr */
export function startProgress(stream: NodeJS.WriteStream, now: () => number = Date.now): Progress {
  if (!stream.isTTY) return { step: () => undefined, done: () => undefined };
  const started = now();
  let current = '';
  let shown = false;
  const draw = (): void => {
    const elapsed = now() - started;
    if (elapsed < PATIENCE_MS || current === '') return;
    shown = true;
    stream.write(`${CLEAR}${current} … ${Math.floor(elapsed / 1000)} s`);
  };
  const timer = setInterval(draw, REFRESH_MS);
  timer.unref();
  return {
    step: (text) => {
      current = text;
      draw();
    },
    done: () => {
      clearInterval(timer);
      if (shown) stream.write(CLEAR);
    },
  };
}
