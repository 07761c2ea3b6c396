export const accountRoles = ['buyer', 'agent', 'manager', 'staff'] as const;
