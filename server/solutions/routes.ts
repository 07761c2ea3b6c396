import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { rowId } from '#server/common/ids.ts';
import type { Context } from '#server/context.ts';
import { buyerOf, buyerOrNull } from '#server/platform/auth/actors.ts';
import { refuse } from '#server/platform/errors.ts';
import type { App } from '#server/platform/http.ts';
import { Id, KeyHeader, PageQuery } from '#server/platform/schema.ts';
import { currencyFor } from '#server/platform/currency.ts';
import { localeOf } from '#server/platform/locale.ts';
import { addByCode } from './by-code/service.ts';
import { listRoutes } from './lists/routes.ts';
import { sharingRoutes } from './sharing/routes.ts';
import { shareOf } from './sharing/service.ts';
import * as queries from './queries.ts';
import {
  firstPage,
  CodeRows,
  LineChange,
  LinesByCode,
  NewLine,
  NewSolution,
  PageOfLines,
  Solution,
  SolutionChange,
  SolutionLine,
  SolutionList,
  SolutionSummary,
  SummaryQuery,
} from './schema.ts';
import * as solutions from './service.ts';

const tags = ['solutions'];
const SolutionParams = Type.Object({ id: Id });
const LineParams = Type.Object({ id: Id, lineId: Id });

export function routes(app: App, ctx: Context): void {
  solutionRoutes(app, ctx);
  lineRoutes(app, ctx);
  listRoutes(app, ctx);
  sharingRoutes(app, ctx, read);
  app.post(
    '/api/solutions/:id/lines/by-code',
    {
      schema: {
        operationId: 'addSolutionLinesByCode',
        tags,
        params: SolutionParams,
        headers: KeyHeader,
        body: LinesByCode,
        response: { 200: CodeRows },
      },
    },
    async (request) => {
      const { id } = request.params;
      const key = request.headers['idempotency-key'] || null;
      const { buyerId } = buyerOf(request);
      return addByCode(ctx, { buyerId, id, key }, request.body);
    },
  );
}

function solutionRoutes(app: App, ctx: Context): void {
  app.get(
    '/api/solutions',
    {
      schema: { operationId: 'listSolutions', tags, querystring: PageQuery, response: { 200: SolutionList } },
    },
    async (request) => {
      const { page, perPage } = request.query;
      const buyer = buyerOrNull(request);
      if (!buyer) return { items: [], total: 0, page, perPage };
      const list = await queries.listSolutions(ctx.db, buyer.buyerId, { page, perPage });
      const items = list.items.map(({ sharedAt, shareVersion, ...item }) => ({
        ...item,
        shareUrl: shareOf(ctx, { id: item.id, sharedAt, shareVersion }),
      }));
      return { ...list, items };
    },
  );
  app.post(
    '/api/solutions',
    {
      schema: { operationId: 'createSolution', tags, body: NewSolution, response: { 201: Solution } },
    },
    async (request, reply) => {
      const { buyerId } = buyerOf(request);
      const solution = await solutions.create(ctx, buyerId, request.body);
      return reply.code(201).send(await read(ctx, buyerId, solution.id, request));
    },
  );
  app.get(
    '/api/solutions/current/summary',
    {
      schema: {
        operationId: 'getSolutionSummary',
        tags,
        querystring: SummaryQuery,
        response: { 200: SolutionSummary },
      },
    },
    async (request) => {
      const buyer = buyerOrNull(request);
      const productIds = productsAskedAbout(request.query.products);
      const summary = buyer && (await queries.summarise(ctx.db, buyer.buyerId, productIds));
      return summary ?? { id: null, name: '', lines: 0, inSolution: [] };
    },
  );
  app.get(
    '/api/solutions/:id',
    {
      schema: {
        operationId: 'getSolution',
        tags,
        params: SolutionParams,
        querystring: PageOfLines,
        response: { 200: Solution },
      },
    },
    async (request) => {
      const { id } = request.params;
      const { buyerId } = buyerOf(request);
      const currency = currencyFor(request);
      const part = { ...request.query, ...(currency === undefined ? {} : { currency }) };
      const solution = await solutions.describeSolution(ctx, buyerId, id, part, localeOf(request));
      if (solution) return solution;
      if (id === 'current') await solutions.ensureCurrent(ctx, buyerId);
      return read(ctx, buyerId, id, request);
    },
  );
  app.patch(
    '/api/solutions/:id',
    {
      schema: {
        operationId: 'updateSolution',
        tags,
        params: SolutionParams,
        body: SolutionChange,
        response: { 200: Solution },
      },
    },
    async (request) => {
      const { buyerId } = buyerOf(request);
      const { id } = await solutions.changeSolution(ctx, buyerId, request.params.id, request.body);
      return read(ctx, buyerId, id, request);
    },
  );
}

function lineRoutes(app: App, ctx: Context): void {
  app.post(
    '/api/solutions/:id/lines',
    {
      schema: {
        operationId: 'addSolutionLine',
        tags,
        params: SolutionParams,
        headers: KeyHeader,
        body: NewLine,
        response: { 201: SolutionLine },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const key = request.headers['idempotency-key'] || null;
      const { buyerId } = buyerOf(request);
      const line = await solutions.addLine(ctx, { buyerId, id, key }, request.body, localeOf(request));
      return reply.code(201).send(line);
    },
  );
  app.patch(
    '/api/solutions/:id/lines/:lineId',
    {
      schema: {
        operationId: 'updateSolutionLine',
        tags,
        params: LineParams,
        body: LineChange,
        response: { 200: SolutionLine },
      },
    },
    async (request) => {
      const { id, lineId } = request.params;
      return solutions.changeLine(ctx, buyerOf(request).buyerId, id, lineId, request.body, localeOf(request));
    },
  );
  app.delete(
    '/api/solutions/:id/lines/:lineId',
    {
      schema: {
        operationId: 'removeSolutionLine',
        tags,
        params: LineParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { id, lineId } = request.params;
      await solutions.removeLine(ctx, buyerOf(request).buyerId, id, lineId);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/solutions/:id/lines/:lineId/restoration',
    {
      schema: {
        operationId: 'restoreSolutionLine',
        tags,
        params: LineParams,
        response: { 200: SolutionLine },
      },
    },
    async (request) => {
      const { id, lineId } = request.params;
      return solutions.restoreLine(ctx, buyerOf(request).buyerId, id, lineId, localeOf(request));
    },
  );
}

/** Returns the first page of a buyer's solution, in the currency that the request asks for. Refuses `not_found`. */
export type ReadSolution = typeof read;

async function read(ctx: Context, buyerId: string, id: string, request: FastifyRequest): Promise<Solution> {
  const currency = currencyFor(request);
  const part = currency === undefined ? undefined : { ...firstPage, currency };
  const solution = await solutions.describeSolution(ctx, buyerId, id, part, localeOf(request));
  if (!solution) throw refuse('not_found');
  return solution;
}

function productsAskedAbout(joined = ''): number[] {
  return joined
    .split(',')
    .slice(0, 100)
    .map(rowId)
    .filter((id) => id !== null);
}
