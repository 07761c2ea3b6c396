import { type Static, Type } from 'typebox';
import { creditPattern } from '#server/common/credits.ts';
import {
  creditEntryKinds,
  invoiceKinds,
  cardPaymentStates,
  cardDisputeStates,
  cardRefundStates,
  topUpFilters,
  topUpMethods,
  topUpStatuses,
  vatRules,
} from '#server/common/enums/credits.ts';
import {
  Day,
  Id,
  Instant,
  InstantOrNull,
  Listing,
  Money,
  PageQuery,
  StringEnum,
  TextOrNull,
} from '#server/platform/schema.ts';

/** Credit on input: up to two decimals. */
const CreditInput = Type.String({ pattern: creditPattern });
/** Credit in answers: two places, below zero where it is taken. */
export const Credit = Type.String({ pattern: '^-?[0-9]+\\.[0-9]{2}$' });
/** No statement or payment is older than this century. */
const RecentDay = Type.String({ format: 'date', pattern: '^2' });
const Currency = Type.String({ pattern: '^[A-Z]{3}$' });

/** What a buyer has. `secondsLeft`: of support at the usual rate. */
export const Credits = Type.Object(
  {
    ...{ posted: Credit, held: Credit, available: Credit, secondsLeft: Type.Integer() },
    /** Whether a card payment for it is disputed: then it can't be used for support calls. */
    isDisputed: Type.Boolean(),
  },
  { title: 'Credits' },
);
export type Credits = Static<typeof Credits>;

export const CreditEntry = Type.Object(
  {
    id: Id,
    at: Instant,
    kind: StringEnum(creditEntryKinds),
    amount: Credit,
    /** After it. */
    balance: Credit,
    /** What it is about, such as the reference of a top-up. */
    text: Type.String(),
    topUpId: Type.Optional(Id),
    callId: Type.Optional(Id),
  },
  { title: 'CreditEntry' },
);
export type CreditEntry = Static<typeof CreditEntry>;

export const CreditEntryList = Listing(CreditEntry);
export const EntriesQuery = PageQuery;
export const StatementQuery = Type.Object({
  from: Type.Optional(RecentDay),
  to: Type.Optional(RecentDay),
});
export type StatementQuery = Static<typeof StatementQuery>;

export const CreditTier = Type.Object({ from: Credit, price: Money }, { title: 'CreditTier' });

/** What credit costs in a currency, net. */
export const CreditPrices = Type.Object(
  {
    currency: Currency,
    /** Those that credit is sold in. */
    currencies: Type.Array(Currency),
    /** Empty: it isn't sold. */
    tiers: Type.Array(CreditTier),
    /** VAT of buyers in `country`, in percent, and of all who name no VAT number of another country. */
    vat: Type.Union([Type.Object({ country: Type.String(), rate: Type.String() }), Type.Null()]),
    /** How it can be paid. */
    methods: Type.Array(StringEnum(topUpMethods)),
  },
  { title: 'CreditPrices' },
);
export type CreditPrices = Static<typeof CreditPrices>;

export const PricesQuery = Type.Object({ currency: Type.Optional(Currency) });

export const CreateTopUpBody = Type.Object(
  {
    credits: CreditInput,
    method: StringEnum(topUpMethods),
    /** Default: the visitor's, if credit is sold in it, else the first one. */
    currency: Type.Optional(Currency),
    /** Of the buyer. Default: that of the house. */
    country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
    vatId: Type.Optional(Type.String({ maxLength: 30 })),
    /** Name and address on the invoice. Default: the account's company, else its name. */
    billTo: Type.Optional(Type.String({ maxLength: 500 })),
  },
  { additionalProperties: false },
);
export type CreateTopUpBody = Static<typeof CreateTopUpBody>;

/** An invoice, or a credit note that corrects one. */
export const InvoiceRef = Type.Object(
  { id: Id, number: Type.String(), kind: StringEnum(invoiceKinds), issuedAt: Instant },
  { title: 'InvoiceRef' },
);
export type InvoiceRef = Static<typeof InvoiceRef>;

/** A QR code that banks' apps read: EPC069-12 for euro, NBS IPS for dinars. */
export const PaymentQr = Type.Object(
  { standard: StringEnum(['EPC069-12', 'NBS IPS']), data: Type.String(), svg: Type.String() },
  { title: 'PaymentQr' },
);
export type PaymentQr = Static<typeof PaymentQr>;

const topUpFields = {
  id: Id,
  reference: Type.String(),
  status: StringEnum(topUpStatuses),
  method: StringEnum(topUpMethods),
  credits: Credit,
  /** Before it was settled for what its payments buy; null: it wasn't. */
  orderedCredits: Type.Union([Credit, Type.Null()]),
  /** Of one credit. */
  price: Money,
  net: Money,
  vat: Money,
  /** Percent. */
  vatRate: Type.String(),
  vatRule: StringEnum(vatRules),
  vatId: TextOrNull,
  /** What is due, with VAT. */
  amount: Money,
  received: Money,
  /** Still to be paid. */
  rest: Money,
  /** Received beyond what was due, kept in the buyer's deposit. */
  surplus: Money,
  /** How much of its credit was refunded, and the money for it, with VAT. */
  refunded: Credit,
  refundedMoney: Money,
  /** What the buyer owes after a reversal. */
  owedCredits: Credit,
  owedMoney: Money,
  createdAt: Instant,
  paidAt: InstantOrNull,
  /** Null also after a payment revived it. */
  cancelledAt: InstantOrNull,
  /** Oldest first. */
  invoices: Type.Array(InvoiceRef),
  /** Of a payment by card; null: it is paid by transfer. */
  cardState: Type.Union([StringEnum(cardPaymentStates), Type.Null()]),
  /** The latest one of its payment by card; while it is open, its owner calls no support. */
  dispute: Type.Union([StringEnum(cardDisputeStates), Type.Null()]),
  /** What was or is to be paid back to the card, oldest first; the credit of a failed one was given back. */
  cardRefunds: Type.Array(
    Type.Object({ credits: Credit, amount: Money, state: StringEnum(cardRefundStates) }),
  ),
};

export const TopUp = Type.Object(
  {
    ...topUpFields,
    /** Whom and where to pay; only while it waits. */
    payee: Type.Optional(Type.Object({ name: Type.String(), account: Type.String() })),
    paymentQr: Type.Optional(PaymentQr),
    /** The provider's page for a payment by card; only while it can be paid there. */
    paymentUrl: Type.Optional(Type.String()),
  },
  { title: 'TopUp' },
);
export type TopUp = Static<typeof TopUp>;
export const TopUpList = Listing(TopUp);

export const TopUpPayment = Type.Object(
  {
    id: Id,
    bankReference: Type.String(),
    /** Whether that is the bank's own reference, not one made for a payment without. */
    isNamed: Type.Boolean(),
    amount: Money,
    receivedOn: Day,
    reversedAt: InstantOrNull,
    reversalReason: TextOrNull,
  },
  { title: 'TopUpPayment' },
);

/** A top-up as staff see it. */
export const StaffTopUp = Type.Object(
  {
    ...topUpFields,
    buyer: Type.Object({ name: Type.String(), email: Type.String() }),
    payments: Type.Array(TopUpPayment),
    /** How much of its credit is neither spent nor held; credit is spent oldest first. */
    refundable: Credit,
  },
  { title: 'StaffTopUp' },
);
export type StaffTopUp = Static<typeof StaffTopUp>;
export const StaffTopUpList = Listing(StaffTopUp);

export const StaffTopUpsQuery = Type.Object({
  ...PageQuery.properties,
  status: Type.Optional(StringEnum(topUpFilters)),
  /** A reference or its end, or a part of the buyer's name or address. */
  q: Type.Optional(Type.String({ maxLength: 100 })),
});

const BankReference = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' });
const Reason = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' });

export const ConfirmTopUpBody = Type.Object(
  { receivedOn: RecentDay, amount: Money, bankReference: Type.Optional(BankReference) },
  { additionalProperties: false },
);
export type ConfirmTopUpBody = Static<typeof ConfirmTopUpBody>;

export const ReversePaymentBody = Type.Object(
  { bankReference: BankReference, reason: Reason },
  { additionalProperties: false },
);
export type ReversePaymentBody = Static<typeof ReversePaymentBody>;

export const RefundTopUpBody = Type.Object(
  { amount: CreditInput, reason: Reason },
  { additionalProperties: false },
);
export type RefundTopUpBody = Static<typeof RefundTopUpBody>;

export const SetCreditPricesBody = Type.Object(
  {
    /** Default: today. */
    validFrom: Type.Optional(Day),
    tiers: Type.Array(
      Type.Object({
        from: CreditInput,
        price: Type.String({ pattern: '^(0|[1-9][0-9]{0,6})(\\.[0-9]{1,4})?$' }),
      }),
      {
        minItems: 1,
        maxItems: 20,
      },
    ),
  },
  { additionalProperties: false },
);
export type SetCreditPricesBody = Static<typeof SetCreditPricesBody>;
