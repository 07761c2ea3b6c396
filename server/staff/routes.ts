import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { accountOf } from '#server/platform/auth/actors.ts';
import type { App } from '#server/platform/http.ts';
import { Id } from '#server/platform/schema.ts';
import * as schema from './schema.ts';
import * as staff from './service.ts';

const tags = ['staff'];
const params = Type.Object({ id: Id });
const response = { 200: schema.Person };

export function staffRoutes(app: App, ctx: Context): void {
  app.get(
    '/api/staff/people',
    {
      schema: {
        ...{ operationId: 'findPeople', tags, querystring: schema.PeopleQuery },
        response: { 200: schema.PersonList },
      },
    },
    (request) => staff.findPeople(ctx, accountOf(request), request.query),
  );
  app.get(
    '/api/staff/people/:id',
    { schema: { operationId: 'getPerson', tags, params, response } },
    (request) => staff.readPerson(ctx, accountOf(request), request.params.id),
  );
  app.post(
    '/api/staff/people/:id/unlocking',
    { schema: { operationId: 'unlockPerson', tags, params, response } },
    (request) => staff.unlockPerson(ctx, accountOf(request), request.params.id),
  );
  app.delete(
    '/api/staff/people/:id/sessions',
    { schema: { operationId: 'endSessionsOf', tags, params, response } },
    (request) => staff.endSessions(ctx, accountOf(request), request.params.id),
  );
  app.post(
    '/api/staff/people/:id/second-factor-reset',
    {
      schema: { operationId: 'resetSecondFactorOf', tags, params, body: schema.FactorResetBody, response },
    },
    (request) => staff.resetSecondFactor(ctx, accountOf(request), request.params.id, request.body.reason),
  );
  app.get(
    '/api/staff/deliveries',
    {
      schema: {
        ...{ operationId: 'listDeliveries', tags, querystring: schema.DeliveriesQuery },
        response: { 200: schema.StaffDeliveryList },
      },
    },
    (request) => staff.listDeliveries(ctx, accountOf(request), request.query),
  );
  app.post(
    '/api/staff/deliveries/:id/resending',
    { schema: { operationId: 'resendDelivery', tags, params, response: { 200: schema.StaffDelivery } } },
    (request) => staff.resend(ctx, accountOf(request), request.params.id),
  );
}
