import type { Db } from '#db/client.ts';

/** A point in a feature at which features above it can act. */
export interface Hook<P extends object> {
  name: string;
  /** Never set: carries the payload's type. */
  payload?: P;
}

export const defineHook = <P extends object>(name: string): Hook<P> => ({ name });

export interface Reaction {
  hook: Hook<object>;
  run: (tx: Db, payload: object) => Promise<void>;
}

export function reactTo<P extends object>(
  hook: Hook<P>,
  run: (tx: Db, payload: P) => Promise<void>,
): Reaction {
  return { hook, run: (tx, payload) => run(tx, payload as P) };
}

export interface Hooks {
  /** Runs the reactions one by one in the caller's transaction. An error rolls it back. */
  run<P extends object>(tx: Db, hook: Hook<P>, payload: P): Promise<void>;
}

export function createHooks(reactions: readonly Reaction[]): Hooks {
  return {
    async run(tx, { name }, payload) {
      for (const { hook, run } of reactions) if (hook.name === name) await run(tx, payload);
    },
  };
}
