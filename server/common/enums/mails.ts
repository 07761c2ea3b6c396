/** Roles of recipients. */
export const deliveryRoles = ['vendor', 'agent', 'buyer'] as const;
