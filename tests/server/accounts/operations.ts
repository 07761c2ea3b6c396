import type { Call } from '../operations.ts';

export const anAddress = { name: 'Warehouse', place: 'Dunavska 8, Novi Sad', country: 'RS' };

/** Returns a call of each operation on one's own account. `address`: a delivery address. */
export const accountCalls = (address: string): Record<string, Call> => ({
  getMe: { method: 'GET', path: '/api/account/me' },
  logout: { method: 'POST', path: '/api/account/logout', body: {} },
  listSessions: { method: 'GET', path: '/api/account/sessions' },
  endSession: { method: 'DELETE', path: '/api/account/sessions/x' },
  endOtherSessions: { method: 'DELETE', path: '/api/account/sessions' },
  listDeliveryAddresses: { method: 'GET', path: '/api/account/addresses' },
  addDeliveryAddress: { method: 'POST', path: '/api/account/addresses', body: anAddress },
  updateDeliveryAddress: { method: 'PUT', path: `/api/account/addresses/${address}`, body: anAddress },
  removeDeliveryAddress: { method: 'DELETE', path: `/api/account/addresses/${address}` },
  getNotificationChoices: { method: 'GET', path: '/api/account/notifications' },
  setNotificationChoices: {
    ...{ method: 'PUT', path: '/api/account/notifications' },
    body: { answers: true, messages: true, payments: true, approvals: true },
  },
  exportMyData: { method: 'GET', path: '/api/account/export' },
  getErasure: { method: 'GET', path: '/api/account/erasure' },
  eraseAccount: { method: 'DELETE', path: '/api/account/me', body: { password: 'a guess' } },
});
