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
  const hidden = { hide: true, params: byLeg };

  const asked = {
    'agent/:legId': answers.agentAnswered,
    'agent/:legId/digits': answers.agentPressed,
    'agent/:legId/done': answers.dialDone,
    'visitor/:legId': answers.visitorAnswered,
    'visitor/:legId/digits': answers.visitorPressed,
  };
  for (const [path, answer] of Object.entries(asked)) {
    app.post(`/webhooks/twilio/${path}`, { bodyLimit, schema: hidden }, async (request, reply) => {
      return sendXml(reply, await answer(ctx, request.params.legId, fieldsOf(request)));
    });
  }
  app.post('/webhooks/twilio/status/:legId', { bodyLimit, schema: hidden }, async (request, reply) => {
    await storeStatusCallback(ctx, request.params.legId, fieldsOf(request));
    return reply.code(204).send();
  });
  app.post('/webhooks/twilio/fallback', { bodyLimit, schema: { hide: true } }, async (request, reply) => {
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
