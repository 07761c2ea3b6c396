import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { refuse } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Paper } from './paper.ts';
import type { RenderOutcome, RenderTask } from './renderer.ts';

export interface PdfRenderer {
  /**
   * Returns a PDF/A-3a file, or a plain PDF where a sign isn't in the fonts. `at`: when it counts as made; the same paper
   * and time give the same bytes. Refuses `unavailable` while too many wait.
   */
  render(paper: Paper, at: Date): Promise<Buffer>;
  close(): void;
}

const longestQueue = 20;
const timeoutMs = 10_000;
/** The process takes 100 MB, so it ends when nobody has wanted a paper for a while. */
const idleMs = 30_000;

/** Renders in a process of its own, begun with the first paper: Typst would hold up everything else. */
export function createPdfRenderer(log: Log): PdfRenderer {
  const inTurn = pLimit(1);
  let child: ChildProcess | null = null;
  let idle: NodeJS.Timeout | undefined;
  let lastId = 0;

  function end(): void {
    clearTimeout(idle);
    child?.kill('SIGKILL');
    child = null;
  }

  function begin(): ChildProcess {
    clearTimeout(idle);
    // It gets no secrets and no loaders of this process.
    const started = fork(join(import.meta.dirname, 'renderer.ts'), {
      ...{ execArgv: ['--max-old-space-size=128'], env: {}, serialization: 'advanced' },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    // An idle renderer must not keep a process alive that has nothing else to do.
    started.unref();
    started.channel?.unref();
    started.once('exit', () => {
      if (child === started) child = null;
    });
    return started;
  }

  async function run(task: RenderTask): Promise<RenderOutcome> {
    child ??= begin();
    const renderer = child;
    return await new Promise<RenderOutcome>((resolve, reject) => {
      const settle = (done: () => void) => {
        clearTimeout(timer);
        renderer.off('message', answered).off('exit', lost).off('error', failed);
        done();
      };
      const answered = (outcome: RenderOutcome) => {
        if (outcome.id === task.id) settle(() => resolve(outcome));
      };
      const failed = (error: Error) => settle(() => reject(error));
      const lost = () => failed(new Error('the process that renders papers ended'));
      const timer = setTimeout(() => {
        end();
        failed(new Error(`a paper took longer than ${timeoutMs} ms`));
      }, timeoutMs);
      renderer.on('message', answered).once('exit', lost).once('error', failed);
      renderer.send(task);
    });
  }

  return {
    async render(paper, at) {
      if (inTurn.pendingCount >= longestQueue) throw refuse('unavailable', { retryAfterSeconds: 5 });
      return await inTurn(async () => {
        lastId += 1;
        const outcome = await run({ id: lastId, paper, createdAt: Math.floor(at.getTime() / 1000) });
        clearTimeout(idle);
        idle = setTimeout(end, idleMs).unref();
        if ('error' in outcome) throw new Error(`the paper could not be rendered: ${outcome.error}`);
        if (outcome.note !== undefined) log.warn({ reason: outcome.note }, 'a paper is not PDF/A');
        return Buffer.from(outcome.pdf);
      });
    },
    close: end,
  };
}
