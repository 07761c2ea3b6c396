import { type Static, Type } from 'typebox';
import { TextOrNull, Words } from '#server/platform/schema.ts';

/** A mail that the demo caught instead of sending. `at` is when it arrived. */
export const CaughtMail = Type.Object({
  id: Type.String(),
  /** The envelope's recipient. */
  to: Type.String(),
  from: Type.String(),
  subject: Type.String(),
  messageId: Type.String(),
  text: Type.String(),
  html: TextOrNull,
  /** Every web address in either part, once. */
  links: Type.Array(Type.String()),
  at: Type.String({ format: 'date-time' }),
});
export type CaughtMail = Static<typeof CaughtMail>;

/** One of the demo people, with the password everybody may know. */
export const DemoPerson = Type.Object({
  name: Type.String(),
  email: Type.String(),
  password: Type.String(),
  role: Words(['buyer', 'agent', 'manager', 'staff']),
  vendorId: Type.Optional(Type.String()),
  agentId: Type.Optional(Type.String()),
});
export type DemoPerson = Static<typeof DemoPerson>;
