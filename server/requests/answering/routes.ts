import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { uploadBytes } from '#server/common/enums/uploads.ts';
import type { Context } from '#server/context.ts';
import { namedBy } from '#server/platform/auth/actors.ts';
import { clientAddress } from '#server/platform/auth/origin.ts';
import type { App } from '#server/platform/http.ts';
import { countOrRefuse } from '#server/platform/limits.ts';
import { fileOf, takeFiles, unvalidated } from '#server/platform/multipart.ts';
import { Upload, UploadForm } from '#server/uploads/schema.ts';
import * as uploads from '#server/uploads/service.ts';
import { NewMessage } from '../deciding/schema.ts';
import { EnquiryMessage } from '../schema.ts';
import { tokenParams } from '../buyer-routes.ts';
import { checkAnswer, saveDraft, sendAnswer } from './answer.ts';
import { askMoreTime, postMessage } from './conversation.ts';
import { answerLink, type AnswerLinkHolder, markRead } from './answer-link.ts';
import { readEnquiry } from './queries.ts';
import {
  Answer,
  AnswerDraft,
  CheckedAnswer,
  EnquiryByLink,
  MoreTime,
  SavedDraft,
  SentAnswer,
} from './schema.ts';
import * as view from './view.ts';

const tags = ['quotes'];
const largestDraftBytes = 1024 * 1024;
const holderOf = (request: FastifyRequest): AnswerLinkHolder => namedBy(request, answerLink);

/** Registers what a vendor can do by its link. Everything except GET and HEAD marks the enquiry as opened. */
export function answeringRoutes(app: App, ctx: Context): void {
  app.addHook('preHandler', async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD') return;
    await countWrite(ctx, request);
    // Link scanners only send GET or HEAD, so this is a person.
    await markRead(ctx, holderOf(request));
  });
  void app.register(async (forms) => uploadRoute(forms as App, ctx));
  app.get(
    '/api/enquiry-links/:token',
    {
      schema: {
        operationId: 'getEnquiryByLink',
        tags,
        params: tokenParams,
        response: { 200: EnquiryByLink },
      },
    },
    async (request) => {
      const now = ctx.clock.now();
      return view.enquiryByLink(await readEnquiry(ctx.db, holderOf(request), now), now);
    },
  );
  app.put(
    '/api/enquiry-links/:token/draft',
    {
      bodyLimit: largestDraftBytes,
      schema: {
        operationId: 'saveAnswerDraft',
        tags,
        params: tokenParams,
        body: AnswerDraft,
        response: { 200: SavedDraft },
      },
    },
    (request) => saveDraft(ctx, holderOf(request), request.body),
  );
  app.post(
    '/api/enquiry-links/:token/answer',
    {
      schema: {
        operationId: 'sendAnswer',
        tags,
        params: tokenParams,
        body: Answer,
        response: { 200: SentAnswer, 201: SentAnswer },
      },
    },
    async (request, reply) => {
      const { sent, isNew } = await sendAnswer(ctx, holderOf(request), request.body);
      return reply.code(isNew ? 201 : 200).send(sent);
    },
  );
  app.post(
    '/api/enquiry-links/:token/answer/check',
    {
      schema: {
        operationId: 'checkAnswer',
        tags,
        params: tokenParams,
        body: Answer,
        response: { 200: CheckedAnswer },
      },
    },
    async (request) => checkAnswer(ctx, holderOf(request), request.body),
  );
  conversationRoutes(app, ctx);
}

function conversationRoutes(app: App, ctx: Context): void {
  app.post(
    '/api/enquiry-links/:token/reading',
    {
      schema: {
        operationId: 'markEnquiryRead',
        tags,
        params: tokenParams,
        response: { 204: Type.Null() },
      },
    },
    // The hook above has marked it as read.
    async (_request, reply) => reply.code(204).send(null),
  );
  app.post(
    '/api/enquiry-links/:token/messages',
    {
      schema: {
        operationId: 'postEnquiryMessage',
        tags,
        params: tokenParams,
        body: NewMessage,
        response: { 201: EnquiryMessage },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await postMessage(ctx, holderOf(request), request.body.text)),
  );
  app.post(
    '/api/enquiry-links/:token/more-time',
    {
      schema: {
        operationId: 'askMoreTime',
        tags,
        params: tokenParams,
        body: MoreTime,
        response: { 201: EnquiryMessage },
      },
    },
    async (request, reply) => reply.code(201).send(await askMoreTime(ctx, holderOf(request), request.body)),
  );
}

/** Counts writes by links per address. Refuses `too_many`. */
async function countWrite(ctx: Context, request: FastifyRequest): Promise<void> {
  const isDraft = request.method === 'PUT' || /\/(reading|check)$/.test(request.url);
  const [limit, windowSeconds] = isDraft
    ? (['writesPerMinute', 60] as const)
    : (['answersPerHour', 3_600] as const);
  const max = ctx.config.limits[limit];
  const key = `${limit}:${clientAddress(request)}`;
  await countOrRefuse(ctx.db, key, { max, windowSeconds }, ctx.clock.now());
}

/** Files for the vendor's next answer or message, which all who have its link may send. */
async function uploadRoute(app: App, ctx: Context): Promise<void> {
  await takeFiles(app, uploadBytes);
  app.post(
    '/api/enquiry-links/:token/uploads',
    {
      ...unvalidated,
      schema: {
        ...{ operationId: 'uploadByLink', tags: ['uploads'], params: tokenParams },
        body: { content: { 'multipart/form-data': { schema: UploadForm } } },
        response: { 201: Upload },
      },
    },
    async (request, reply) => {
      const owner = `enquiry:${holderOf(request).enquiry.id}`;
      const uploader = { owner, address: clientAddress(request) };
      return reply.code(201).send(await uploads.receive(ctx, uploader, await fileOf(request)));
    },
  );
}
