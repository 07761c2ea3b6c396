import { type Static, Type } from 'typebox';
import {
  complaintAudiences,
  complaintCategories,
  complaintDecisions,
  complaintSides,
  complaintStatuses,
  complaintSubjects,
  complaintWishes,
} from '#server/common/enums/complaints.ts';
import { creditPattern } from '#server/common/credits.ts';
import { Id, Instant, InstantOrNull, Listing, PageQuery, StringEnum } from '#server/platform/schema.ts';
import { Upload, UploadIds } from '#server/uploads/schema.ts';

const longestText = 10_000;
const Text = Type.String({ minLength: 1, maxLength: longestText });
const Credit = Type.String({ pattern: '^[0-9]+\\.[0-9]{2}$' });

export const SubjectQuery = Type.Object({
  type: StringEnum(complaintSubjects),
  id: Id,
});

const subjectFields = {
  type: StringEnum(complaintSubjects),
  id: Id,
  /** A product's name, or a request's title. */
  title: Type.String(),
  /** A request's number or a product's code. */
  number: Type.Optional(Type.String()),
  agent: Type.Optional(Type.String()),
  at: Type.Optional(Instant),
  seconds: Type.Optional(Type.Integer()),
};

export const ComplaintSubject = Type.Object(subjectFields, { title: 'ComplaintSubject' });
export type ComplaintSubject = Static<typeof ComplaintSubject>;

const Vendor = Type.Object({ id: Id, name: Type.String() });

/** What a form about a subject begins with. Several vendors: of a product. */
export const ComplaintPrefill = Type.Object(
  {
    subject: ComplaintSubject,
    vendors: Type.Array(Vendor),
    categories: Type.Array(StringEnum(complaintCategories)),
    wishes: Type.Array(StringEnum(complaintWishes)),
  },
  { title: 'ComplaintPrefill' },
);
export type ComplaintPrefill = Static<typeof ComplaintPrefill>;

export const FileComplaintBody = Type.Object(
  {
    subject: Type.Object({ type: StringEnum(complaintSubjects), id: Id }, { additionalProperties: false }),
    /** Of a product that several vendors offer. */
    vendorId: Type.Optional(Id),
    category: StringEnum(complaintCategories),
    text: Text,
    wish: StringEnum(complaintWishes),
    uploads: Type.Optional(UploadIds),
  },
  { additionalProperties: false },
);
export type FileComplaintBody = Static<typeof FileComplaintBody>;

export const MessageBody = Type.Object(
  { text: Text, uploads: Type.Optional(UploadIds) },
  { additionalProperties: false },
);
export type MessageBody = Static<typeof MessageBody>;

export const NoteBody = Type.Object(
  {
    text: Text,
    audience: Type.Optional(StringEnum(['vendor_and_staff', 'staff'])),
    uploads: Type.Optional(UploadIds),
  },
  { additionalProperties: false },
);
export type NoteBody = Static<typeof NoteBody>;

export const DecisionBody = Type.Object(
  {
    decision: StringEnum(complaintDecisions),
    reason: Text,
    refundCredits: Type.Optional(Type.String({ pattern: creditPattern })),
  },
  { additionalProperties: false },
);
export type DecisionBody = Static<typeof DecisionBody>;

export const ComplaintMessage = Type.Object(
  {
    id: Id,
    author: StringEnum(complaintSides),
    name: Type.String(),
    audience: StringEnum(complaintAudiences),
    text: Type.String(),
    at: Instant,
    uploads: Type.Array(Upload),
  },
  { title: 'ComplaintMessage' },
);
export type ComplaintMessage = Static<typeof ComplaintMessage>;

const rowFields = {
  id: Id,
  number: Type.String(),
  status: StringEnum(complaintStatuses),
  subject: ComplaintSubject,
  vendor: Vendor,
  /** For the vendor and staff; null for the buyer. */
  buyer: Type.Union([Type.Object({ name: Type.String() }), Type.Null()]),
  category: StringEnum(complaintCategories),
  wish: StringEnum(complaintWishes),
  createdAt: Instant,
  statusAt: Instant,
  /** By when the vendor takes it up, or decides. */
  dueAt: InstantOrNull,
  isOverdue: Type.Boolean(),
};

export const ComplaintRow = Type.Object(rowFields, { title: 'ComplaintRow' });
export type ComplaintRow = Static<typeof ComplaintRow>;
export const ComplaintList = Listing(ComplaintRow);
export type ComplaintList = Static<typeof ComplaintList>;

export const ComplaintsQuery = Type.Object({
  ...PageQuery.properties,
  /** Only those that need a decision. */
  open: Type.Optional(Type.Boolean()),
});
export type ComplaintsQuery = Static<typeof ComplaintsQuery>;

export const Complaint = Type.Object(
  {
    ...rowFields,
    decision: Type.Union([
      Type.Object({
        decision: StringEnum(complaintDecisions),
        by: StringEnum(complaintSides),
        reason: Type.String(),
        refundCredits: Type.Optional(Credit),
      }),
      Type.Null(),
    ]),
    messages: Type.Array(ComplaintMessage),
    /** What the reader may do now. */
    can: Type.Object({
      message: Type.Boolean(),
      note: Type.Boolean(),
      review: Type.Boolean(),
      decide: Type.Boolean(),
      withdraw: Type.Boolean(),
    }),
    /** What is left of the call's charge to be refunded; for staff. */
    refundable: Type.Optional(Credit),
  },
  { title: 'Complaint' },
);
export type Complaint = Static<typeof Complaint>;

export const FiledComplaint = Type.Object({
  id: Id,
  number: Type.String(),
  status: StringEnum(complaintStatuses),
});
export type FiledComplaint = Static<typeof FiledComplaint>;

/** The figures of a vendor's quality. Shares are percents; null: too little has happened to say. */
export const VendorQuality = Type.Object(
  {
    /** 0 to 100. */
    score: Type.Union([Type.Integer(), Type.Null()]),
    days: Type.Integer(),
    enquiries: Type.Object({
      asked: Type.Integer(),
      answered: Type.Integer(),
      medianHours: Type.Union([Type.Number(), Type.Null()]),
    }),
    calls: Type.Object({ taken: Type.Integer(), missed: Type.Integer() }),
    complaints: Type.Object({
      count: Type.Integer(),
      perHundredCalls: Type.Union([Type.Number(), Type.Null()]),
    }),
  },
  { title: 'VendorQuality' },
);
export type VendorQuality = Static<typeof VendorQuality>;
