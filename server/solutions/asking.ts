import type { Db } from '#db/client.ts';
import * as lines from './lines/queries.ts';
import * as reading from './reading/queries.ts';
import * as rules from './rules.ts';

/** Lets each line of a locked solution ask everybody who sells its quantity, besides those it asks. */
export async function askEverybody(tx: Db, solutionId: string): Promise<void> {
  const changed = (await reading.findLines(tx, solutionId, {})).flatMap((line) => {
    const asked = rules.askedOffers(line);
    const offers = rules.mergeAskedOffers(rules.everyOffer(line.product, line.quantity), asked);
    const { id, quantity, options, note } = line;
    const offerIds = [...offers, ...line.withdrawn].map((offer) => offer.id);
    return offers.length > asked.length ? [{ id, quantity, options, note, offerIds }] : [];
  });
  if (changed.length > 0) await lines.rewriteLines(tx, changed);
}
