/** Returns a fake document of a page, and what its socket sends. */
export const listeners = new Map<string, (event: object) => void>();

export const page = {
  hidden: false,
  addEventListener: (type: string, listener: () => void) => listeners.set(type, listener),
};

export const happen = (type: string, event: object = {}) => listeners.get(type)?.(event);

export const state = (version: number, value: unknown, topic = 'product:1') => ({
  type: 'state',
  topic,
  version,
  state: value,
});
