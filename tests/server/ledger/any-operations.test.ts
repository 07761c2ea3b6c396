import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import * as ledger from '#server/ledger/service.ts';
import { cause, creditOf, faultsOf, house, move, newBuyer, openBooks, subject } from './books.ts';

const books = await openBooks();
const { db } = books;

/** What the accounts of a sequence's owners should have, in plain numbers. */
interface Model {
  posted: number[];
  holds: { owner: number; amount: number; isOpen: boolean; expiresAt: number }[];
  now: number;
}

const owners = 3;
const owner = fc.nat(owners - 1);
const amount = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 500 }));
const which = fc.nat(5);
const seconds = fc.integer({ min: 1, max: 60 });
const part = fc.integer({ min: 1, max: 100 });
const operations = fc.oneof(
  fc.record({ does: fc.constant('add' as const), to: owner, amount }),
  fc.record({ does: fc.constant('move' as const), from: owner, to: owner, amount }),
  fc.record({ does: fc.constant('hold' as const), from: owner, amount, seconds }),
  fc.record({ does: fc.constant('capture' as const), which, to: owner, part }),
  fc.record({ does: fc.constant('release' as const), which }),
  fc.record({ does: fc.constant('wait' as const), seconds }),
);
type Operation = typeof operations extends fc.Arbitrary<infer T> ? T : never;

const heldOf = ({ holds }: Model, of: number) =>
  holds.filter((hold) => hold.isOpen && hold.owner === of).reduce((sum, hold) => sum + hold.amount, 0);
const availableOf = (model: Model, of: number) => model.posted[of]! - heldOf(model, of);
const capturedOf = (held: number, percent: number) => Math.max(1, Math.floor((held * percent) / 100));

/** Changes the model as the operation should. Returns whether it is possible. */
function change(model: Model, step: Operation): boolean {
  const { posted, holds } = model;
  if (step.does === 'wait') {
    model.now += step.seconds;
    for (const hold of holds) if (hold.expiresAt <= model.now) hold.isOpen = false;
    return true;
  }
  if (step.does === 'capture' || step.does === 'release') {
    const hold = holds[step.which];
    if (!hold?.isOpen) return false;
    hold.isOpen = false;
    if (step.does === 'release') return true;
    const captured = capturedOf(hold.amount, step.part);
    posted[hold.owner]! -= captured;
    if (step.to !== hold.owner) posted[step.to]! += captured;
    return true;
  }
  if (step.does !== 'add' && availableOf(model, step.from) < step.amount) return false;
  if (step.does === 'hold') {
    holds.push({
      ...{ owner: step.from, amount: step.amount, isOpen: true },
      expiresAt: model.now + step.seconds,
    });
    return true;
  }
  if (step.does === 'move') posted[step.from]! -= step.amount;
  posted[step.to]! += step.amount;
  return true;
}

/** Returns what does operations for owners that no other sequence has. */
function createOwners() {
  const accounts = Array.from({ length: owners }, () => creditOf(newBuyer()));
  const holdIds: string[] = [];

  /** Returns a step as a function that does it and returns whether that changed something. */
  function prepare(step: Operation, model: Model): (tx: Db) => Promise<boolean> {
    const operationId = randomUUID();
    const at = new Date(cause.at.getTime() + model.now * 1_000);
    if (step.does === 'wait') {
      return async () => {
        await ledger.expireDueHolds({ db, clock: { now: () => at } });
        return true;
      };
    }
    if (step.does === 'hold') {
      const expiresAt = new Date(at.getTime() + step.seconds * 1_000);
      const held = { account: accounts[step.from]!, amount: BigInt(step.amount), subject, operationId };
      return async (tx) => {
        const hold = await ledger.hold(tx, { ...held, at, expiresAt });
        if (!hold || holdIds.includes(hold.id)) return false;
        holdIds.push(hold.id);
        return true;
      };
    }
    if (step.does === 'capture' || step.does === 'release') {
      const [holdId, hold] = [holdIds[step.which], model.holds[step.which]];
      if (holdId === undefined || !hold) return async () => false;
      if (step.does === 'release') return (tx) => ledger.release(tx, holdId, at);
      const to = step.to === hold.owner ? creditOf(house) : accounts[step.to]!;
      const captured = { account: to, amount: BigInt(capturedOf(hold.amount, step.part)) };
      return (tx) => ledger.capture(tx, { ...cause, at, holdId, to: [captured] });
    }
    const from = step.does === 'add' ? creditOf(house) : accounts[step.from]!;
    const entries = move(from, accounts[step.to]!, BigInt(step.amount));
    return async (tx) => (await ledger.post(tx, { ...cause, at, operationId, entries })) === 'posted';
  }

  const balances = () => Promise.all(accounts.map((account) => ledger.balancesOf(db, account)));
  return { prepare, balances };
}

const isToItself = (step: Operation) => step.does === 'move' && step.from === step.to;

test('any sequence of operations leaves the balances of a simple model, and a repeated one does nothing', async () => {
  const step = fc.record({
    operation: operations.filter((one) => !isToItself(one)),
    isRepeated: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
      const model: Model = { posted: Array.from({ length: owners }, () => 0), holds: [], now: 0 };
      const { prepare, balances } = createOwners();
      for (const { operation, isRepeated } of steps) {
        const isPossible = change(model, operation);
        const run = prepare(operation, model);
        expect(await db.transaction(run)).toBe(isPossible);
        if (isRepeated && operation.does !== 'wait') expect(await db.transaction(run)).toBe(false);
      }
      expect(await balances()).toEqual(
        model.posted.map((posted, of) => ({
          posted: BigInt(posted),
          held: BigInt(heldOf(model, of)),
          available: BigInt(availableOf(model, of)),
        })),
      );
    }),
    { numRuns: 2_000 },
  );
  expect(await faultsOf(books)).toEqual([]);
}, 900_000);
