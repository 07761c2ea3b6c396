export { create, lock } from './queries.ts';
