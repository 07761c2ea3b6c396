export { seeMissed } from './missed/service.ts';
export { isStoppedBy } from './numbers/spending.ts';
