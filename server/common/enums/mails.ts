/** Whom a mail is for. */
export const deliveryRoles = ['vendor', 'agent', 'buyer'] as const;
