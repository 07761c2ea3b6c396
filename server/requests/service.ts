export { revokeAllLinks } from './links/service.ts';
