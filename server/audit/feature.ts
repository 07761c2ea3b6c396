import type { Feature } from '#server/platform/feature.ts';
import { personal } from './personal.ts';
import { staffRoutes } from './routes.ts';

export const audit = {
  name: 'audit',
  docs: {
    listAuditEntries: {
      summary: 'What staff looked at or changed of people, latest first',
      parameters: { subject: 'Only about the thing with this id' },
    },
  },
  routes: { staff: staffRoutes },
  personal,
} satisfies Feature;
