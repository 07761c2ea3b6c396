export const complaintSubjects = ['call', 'order', 'enquiry', 'product'] as const;
export type ComplaintSubjectType = (typeof complaintSubjects)[number];

export const complaintStatuses = ['open', 'in_review', 'resolved', 'rejected', 'withdrawn'] as const;
export type ComplaintStatus = (typeof complaintStatuses)[number];

export const complaintCategories = [
  'quality',
  'not_solved',
  'charge',
  'line',
  'behaviour',
  'late',
  'damaged',
  'wrong_item',
  'other',
] as const;
export type ComplaintCategory = (typeof complaintCategories)[number];

/** The categories that fit a subject, as a form offers them. */
export const categoriesOf: Readonly<Record<ComplaintSubjectType, readonly ComplaintCategory[]>> = {
  call: ['not_solved', 'charge', 'line', 'behaviour', 'quality', 'other'],
  order: ['late', 'damaged', 'wrong_item', 'quality', 'charge', 'other'],
  enquiry: ['late', 'behaviour', 'quality', 'other'],
  product: ['quality', 'damaged', 'wrong_item', 'not_solved', 'other'],
};

export const complaintWishes = ['answer', 'refund', 'replacement', 'repair'] as const;
export type ComplaintWish = (typeof complaintWishes)[number];

export const wishesOf: Readonly<Record<ComplaintSubjectType, readonly ComplaintWish[]>> = {
  call: ['answer', 'refund'],
  order: ['answer', 'refund', 'replacement', 'repair'],
  enquiry: ['answer'],
  product: ['answer', 'refund', 'replacement', 'repair'],
};

export const complaintSides = ['buyer', 'vendor', 'staff'] as const;
export type ComplaintSide = (typeof complaintSides)[number];

/** Who reads a message: everybody in the thread, or as a note the vendor and staff, or staff alone. */
export const complaintAudiences = ['everyone', 'vendor_and_staff', 'staff'] as const;
export type ComplaintAudience = (typeof complaintAudiences)[number];

export const complaintDecisions = ['resolved', 'rejected'] as const;
