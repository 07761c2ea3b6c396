import formbody from '@fastify/formbody';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import type { App } from '#server/platform/http.ts';
import { storable } from '#server/platform/json.ts';
import { storeStatusCallback } from './machine/status-callbacks.ts';
import { hangUp } from './machine/twiml.ts';
import * as answers from './machine/voice-answers.ts';

const byLeg = Type.Object({ legId: Type.String({ format: 'uuid' }) });
const bodyLimit = 64 * 1024;

/** Registers the webhooks that Twilio posts forms to. */
export async function webhookRoutes(app: App, ctx: Context): Promise<void> {
  await app.register(formbody, { bodyLimit });
  const asked = [
    ['agentAnswered', 'agent/:legId', answers.agentAnswered],
    ['agentPressed', 'agent/:legId/digits', answers.agentPressed],
    ['dialDone', 'agent/:legId/done', answers.dialDone],
    ['visitorAnswered', 'visitor/:legId', answers.visitorAnswered],
    ['visitorPressed', 'visitor/:legId/digits', answers.visitorPressed],
  ] as const;
  for (const [operationId, path, answer] of asked) {
    const schema = { hide: true, operationId, params: byLeg };
    app.post(`/webhooks/twilio/${path}`, { bodyLimit, schema }, async (request, reply) => {
      return sendXml(reply, await answer(ctx, request.params.legId, fieldsOf(request)));
    });
  }
  const status = { hide: true, operationId: 'reportLegStatus', params: byLeg };
  app.post('/webhooks/twilio/status/:legId', { bodyLimit, schema: status }, async (request, reply) => {
    await storeStatusCallback(ctx, request.params.legId, fieldsOf(request));
    return reply.code(204).send();
  });
  const fallback = { hide: true, operationId: 'reportUnusableAnswer' };
  app.post('/webhooks/twilio/fallback', { bodyLimit, schema: fallback }, async (request, reply) => {
    ctx.log.error({ code: fieldsOf(request)['ErrorCode'] }, 'Twilio could not use our answer');
    return sendXml(reply, hangUp());
  });
}

const sendXml = (reply: FastifyReply, xml: string) => reply.type('text/xml; charset=utf-8').send(xml);

/** Returns the form's fields, without repeated ones and without what PostgreSQL can't store. */
function fieldsOf({ body }: FastifyRequest): answers.Fields {
  const isOnce = (field: [string, unknown]): field is [string, string] => typeof field[1] === 'string';
  const fields = Object.entries(body ?? {}).filter(isOnce);
  return Object.fromEntries(fields.map(([name, value]) => [name, storable(value)]));
}
