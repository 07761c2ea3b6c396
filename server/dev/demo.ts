import { join } from 'node:path';
import type { Service } from '#server/app.ts';
import type { Config } from '#server/platform/config.ts';
import { startCards } from './cards.ts';
import { startCatcher } from './catcher.ts';
import { giveDemoCredit, setDemoPrices } from './credits.ts';
import { loadFirstCatalog, peopleFile } from './load.ts';
import { type Mailbox, openMailbox } from './mailbox.ts';
import { routes as paymentRoutes } from './payments/routes.ts';
import { demoPeople } from './people.ts';
import { knownNumbers } from './phones/known.ts';
import { routes as phoneRoutes } from './phones/routes.ts';
import { createSwitchboard } from './phones/switchboard.ts';
import { keepDemoRates } from './rates.ts';
import { routes } from './routes.ts';
import { makeAgentsAvailable } from './staffing.ts';
import type { StandIn } from './stripe/port.ts';
import { startTelephone } from './telephone.ts';
import type { Simulator } from './twilio/port.ts';

/** The demo's replacements for external services. */
export interface DemoParts {
  mailbox: Mailbox;
  /** Null with a real Twilio account. */
  simulator: Simulator | null;
  /** Null with a real Stripe account. */
  cards: StandIn | null;
  close(): Promise<void>;
}

/** Starts a mail catcher, a Twilio simulator and a stand-in for Stripe unless real ones are configured. Runs before the service is built. */
export async function startDemoParts(config: Config): Promise<DemoParts> {
  const mailbox = await openMailbox(join(config.dataDir, 'mail'));
  const catcher = config.smtpUrl ? null : await startCatcher(mailbox);
  if (catcher) config.smtpUrl = catcher.url;
  const simulator = await startTelephone(config);
  const cards = await startCards(config);
  return {
    mailbox,
    simulator,
    cards,
    async close() {
      await cards?.close();
      await simulator?.close();
      await catcher?.close();
    },
  };
}

const ratesEveryMs = 3_600_000;

/** Fills an empty database and registers the demo's pages. Runs before the service listens. */
export async function completeDemo(
  { ctx, app }: Service,
  { mailbox, simulator, cards }: DemoParts,
): Promise<void> {
  const isDemoCatalog = await loadFirstCatalog(ctx);
  await keepDemoRates(ctx);
  await setDemoPrices(ctx);
  const ratesTimer = setInterval(() => void keepDemoRates(ctx).catch(() => undefined), ratesEveryMs);
  app.addHook('onClose', async () => clearInterval(ratesTimer));
  await makeAgentsAvailable(ctx);
  const people = async () => (isDemoCatalog ? demoPeople(ctx.db, peopleFile) : []);
  await giveDemoCredit(ctx, await people());
  routes(app, mailbox, people);
  if (cards) await paymentRoutes(app, ctx.config, cards);
  const { twilio } = ctx.config;
  if (simulator && twilio) {
    const board = createSwitchboard(simulator, twilio.from);
    await phoneRoutes(app, ctx, board, async () => knownNumbers(ctx.db, await people()));
    app.addHook('onClose', async () => board.stop());
  }
  // Pages explain how to try a call only if phones are simulated.
  (globalThis as Record<symbol, unknown>)[Symbol.for('quoteline.demo')] = simulator !== null;
}
