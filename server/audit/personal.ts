import type { PersonalData } from '#server/platform/personal.ts';

/** Names staff, and others only by the ids of their accounts. Nobody can change it. */
export const personal: PersonalData = { tables: { audit_entries: 'kept' } };
