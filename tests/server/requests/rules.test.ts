import { describe, expect, test } from 'vitest';
import { enquiryStatuses } from '#server/common/enums/requests.ts';
import {
  afterAction,
  buyerCan,
  enquiryActions,
  enquiryActors,
  linksExpireAt,
  openUntil,
} from '#server/requests/enquiries/rules.ts';
import { orderLineState } from '#server/requests/orders/rules.ts';
import { quoteStatus } from '#server/requests/quotes/rules.ts';
import { requestStatus } from '#server/requests/rules.ts';
import type { EnquiryStatus } from '#server/requests/schema.ts';

/** The transitions that each side has in each state, written out by hand: `action>next state`. */
const expected: Record<EnquiryStatus, { vendor: string; buyer: string; system: string }> = {
  sent: {
    vendor: 'open>opened answer>answered declineAll>declined confirm>confirmed',
    buyer: '',
    system: 'lose>lost',
  },
  opened: {
    vendor: 'open>opened answer>answered declineAll>declined confirm>confirmed',
    buyer: '',
    system: 'lose>lost',
  },
  answered: {
    vendor: 'open>answered answer>answered declineAll>declined confirm>confirmed',
    buyer:
      'askRevision>revision_asked acceptAll>accepted acceptPart>partly_accepted reject>lost rejectRest>partly_accepted',
    system: 'lose>lost',
  },
  revision_asked: {
    vendor: 'open>revision_asked answer>answered declineAll>declined confirm>confirmed',
    buyer:
      'askRevision>revision_asked acceptAll>accepted acceptPart>partly_accepted reject>lost rejectRest>partly_accepted',
    system: 'lose>lost',
  },
  declined: {
    vendor: 'open>declined answer>answered declineAll>declined confirm>confirmed',
    buyer: 'askRevision>revision_asked',
    system: 'lose>lost',
  },
  confirmed: { vendor: 'open>confirmed', buyer: '', system: '' },
  accepted: { vendor: 'open>accepted', buyer: '', system: '' },
  partly_accepted: {
    vendor: 'open>partly_accepted',
    buyer: 'acceptAll>accepted acceptPart>partly_accepted',
    system: '',
  },
  lost: { vendor: 'open>lost', buyer: '', system: '' },
};

describe('the transitions of an enquiry', () => {
  test('the table of transitions covers every state', () => {
    expect(Object.keys(expected).toSorted()).toEqual([...enquiryStatuses].toSorted());
  });

  for (const status of enquiryStatuses) {
    for (const actor of ['vendor', 'buyer', 'system'] as const) {
      test(`the ${actor} may take exactly the listed actions while an enquiry is ${status}`, () => {
        const possible = enquiryActions
          .filter((action) => enquiryActors[action] === actor)
          .map((action) => [action, afterAction(status, action)])
          .filter(([, next]) => next !== null)
          .map(([action, next]) => `${action}>${next}`);
        expect(possible.join(' ')).toBe(expected[status][actor]);
      });
    }
  }
});

describe('the status of a request', () => {
  const cases: [EnquiryStatus[], lines: number, accepted: number, status: string][] = [
    [['sent', 'opened'], 3, 0, 'sent'],
    [['answered', 'sent'], 3, 0, 'partly_answered'],
    [['declined', 'sent'], 3, 0, 'partly_answered'],
    [['answered', 'declined'], 3, 0, 'answered'],
    [['revision_asked', 'answered'], 3, 0, 'partly_answered'],
    [['declined', 'lost'], 3, 0, 'closed'],
    [['partly_accepted', 'answered'], 3, 1, 'partly_accepted'],
    [['accepted', 'lost'], 3, 3, 'accepted'],
    [['confirmed'], 2, 2, 'accepted'],
  ];
  for (const [states, lines, accepted, status] of cases) {
    test(`a request is ${status} with ${states.join(' + ')} enquiries and ${accepted} of ${lines} lines accepted`, () => {
      const enquiries = states.map((state) => ({ status: state, canAccept: false }));
      expect(requestStatus(enquiries, lines, accepted)).toBe(status);
    });
  }

  test('an answer that is to be changed counts while it can be accepted', () => {
    const toBeChanged = (canAccept: boolean) => ({ status: 'revision_asked' as const, canAccept });
    expect(requestStatus([toBeChanged(true)], 3, 0)).toBe('answered');
    expect(requestStatus([toBeChanged(true), { status: 'sent', canAccept: false }], 3, 0)).toBe(
      'partly_answered',
    );
    expect(requestStatus([toBeChanged(false)], 3, 0)).toBe('sent');
  });
});

const now = new Date('2026-11-21T12:00:00Z');
const later = new Date('2026-12-01T23:00:00Z');
const earlier = new Date('2026-11-20T23:00:00Z');

describe('the status of a quote', () => {
  const fresh = { isNewest: true, expiresAt: later, isDeclined: false, offered: 2, accepted: 0 };
  test.each([
    ['current', fresh, 'answered'],
    ['expired', { ...fresh, expiresAt: now }, 'answered'],
    ['superseded', { ...fresh, isNewest: false }, 'answered'],
    ['superseded', { ...fresh, isNewest: false, expiresAt: earlier }, 'answered'],
    ['declined', { ...fresh, isDeclined: true }, 'lost'],
    ['lost', fresh, 'lost'],
    ['accepted', { ...fresh, accepted: 2 }, 'accepted'],
    ['accepted', { ...fresh, accepted: 2, expiresAt: earlier }, 'accepted'],
    ['partly_accepted', { ...fresh, accepted: 1 }, 'partly_accepted'],
  ] as const)('a quote is %s with the facts of case %#', (status, facts, enquiry) => {
    expect(quoteStatus(facts, enquiry, now)).toBe(status);
  });
});

describe('what the buyer can do about one vendor', () => {
  const asked = { deadline: later, linksExpireAt: later, isAllOrdered: false, wantsTime: false };
  const enquiry = (status: EnquiryStatus) => ({ ...asked, status });
  const offer = {
    ...{ status: 'current' as const, expiresAt: later, openOffers: 1 },
    ...{ isDeclined: false, hasBound: false },
  };

  test('the buyer can only write and give more time before an answer', () => {
    expect(buyerCan(enquiry('opened'), null, now)).toEqual({
      accept: false,
      decline: false,
      askRevision: false,
      message: true,
      giveMoreTime: true,
    });
  });

  test('the buyer can do everything with a current answer', () => {
    expect(Object.values(buyerCan(enquiry('answered'), offer, now))).toEqual([true, true, true, true, true]);
  });

  test('the buyer can ask to change an expired answer, but neither accept nor decline it', () => {
    const can = buyerCan(enquiry('answered'), { ...offer, status: 'expired', expiresAt: earlier }, now);
    expect(can).toMatchObject({ accept: false, decline: false, askRevision: true });
  });

  test('the buyer cannot accept more of a partly accepted answer that has expired', () => {
    const part = { ...offer, status: 'partly_accepted' as const, expiresAt: earlier };
    expect(buyerCan(enquiry('partly_accepted'), part, now).accept).toBe(false);
  });

  test('the buyer cannot accept an answer without open offers', () => {
    expect(buyerCan(enquiry('answered'), { ...offer, openOffers: 0 }, now).accept).toBe(false);
  });

  test('the buyer can decline what a vendor changed in an order, but not once nothing is left to decide', () => {
    const rest = { ...offer, status: 'partly_accepted' as const, hasBound: true };
    expect(buyerCan(enquiry('answered'), rest, now)).toMatchObject({ accept: true, decline: true });
    expect(buyerCan(enquiry('answered'), { ...rest, openOffers: 0 }, now).decline).toBe(false);
    const declined = buyerCan(enquiry('partly_accepted'), { ...rest, isDeclined: true }, now);
    expect(declined).toMatchObject({ accept: false, decline: false });
  });

  test('a vendor that declined everything is offered neither a change nor more time, unless it asks for time', () => {
    const none = { ...offer, openOffers: 0 };
    expect(buyerCan(enquiry('declined'), none, now)).toMatchObject({
      ...{ askRevision: false, giveMoreTime: false, message: true },
    });
    const can = buyerCan({ ...enquiry('declined'), wantsTime: true }, none, now);
    expect(can).toMatchObject({ askRevision: false, giveMoreTime: true });
  });

  test('the buyer is offered neither a change nor more time once all lines of the vendor are ordered', () => {
    for (const status of ['opened', 'answered', 'declined'] as const) {
      const can = buyerCan({ ...enquiry(status), isAllOrdered: true, wantsTime: true }, offer, now);
      expect(can, status).toMatchObject({ askRevision: false, giveMoreTime: false });
    }
  });

  test('the buyer is not offered to give more time where there is no deadline', () => {
    for (const status of ['opened', 'answered', 'revision_asked'] as const) {
      const can = buyerCan({ ...enquiry(status), deadline: null }, offer, now);
      expect(can, status).toMatchObject({ giveMoreTime: false, message: true });
    }
  });

  test('the buyer can neither write nor give more time once the links have expired', () => {
    expect(buyerCan({ ...enquiry('lost'), linksExpireAt: now }, null, now)).toMatchObject({
      message: false,
      giveMoreTime: false,
    });
  });

  test('the buyer cannot ask for a change once the links have expired', () => {
    expect(buyerCan({ ...enquiry('answered'), linksExpireAt: now }, offer, now).askRevision).toBe(false);
  });
});

describe('the state of a line of an order', () => {
  test.each([
    [false, undefined, false, 'waiting'],
    [true, 'confirm', false, 'confirmed'],
    [true, 'offer', false, 'accepted'],
    [false, 'offer', false, 'changed'],
    [false, 'alternative', true, 'rejected'],
    [false, 'decline', true, 'declined'],
    // Declining the rest leaves what is bound.
    [true, 'confirm', true, 'confirmed'],
  ] as const)(
    'a line that is bound: %s, answered %s, declined: %s is %s',
    (isBound, decision, isRejected, state) => {
      expect(orderLineState({ isBound }, decision && { decision }, isRejected)).toBe(state);
    },
  );
});

test('an enquiry asked again after its deadline counts as open until that moment', () => {
  expect(openUntil(earlier, now, 'UTC')).toEqual(now);
  expect(openUntil(later, now, 'UTC')).toEqual(later);
});

test('answer links live 90 days past the deadline, or past 30 days without one', () => {
  expect(linksExpireAt(later, now, 'UTC').toISOString()).toBe('2027-03-01T23:00:00.000Z');
  expect(linksExpireAt(null, now, 'UTC').toISOString()).toBe('2027-03-21T12:00:00.000Z');
});
