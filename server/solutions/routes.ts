import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { refuse } from '#server/platform/errors.ts';
import type { App } from '#server/platform/http.ts';
import { Id, KeyHeader, PageQuery } from '#server/platform/schema.ts';
import { addByCode } from './by-code/service.ts';
import type { StoredSolution } from './pricing.ts';
import * as queries from './queries.ts';
import {
  CodeRows,
  LineChange,
  LinesByCode,
  NewLine,
  NewSolution,
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
    async (request, reply) => {
      const { id } = request.params;
      const key = request.headers['idempotency-key'] || null;
      const visitorId = await visitorFor(ctx, request, reply, id);
      return addByCode(ctx, { visitorId, id, key }, request.body);
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
      const visitor = await ctx.visitors.find(request);
      if (!visitor) return { items: [], total: 0, page, perPage };
      return queries.listSolutions(ctx.db, visitor.id, { page, perPage });
    },
  );
  app.post(
    '/api/solutions',
    { schema: { operationId: 'createSolution', tags, body: NewSolution, response: { 201: Solution } } },
    async (request, reply) => {
      const visitor = await ctx.visitors.findOrCreate(request, reply);
      const solution = await solutions.create(ctx, visitor.id, request.body);
      return reply.code(201).send(await read(ctx, solution));
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
      const visitor = await ctx.visitors.find(request);
      const productIds = productsAskedAbout(request.query.products);
      const summary = visitor && (await queries.summarise(ctx.db, visitor.id, productIds));
      return summary ?? { id: null, name: '', lines: 0, inSolution: [] };
    },
  );
  app.get(
    '/api/solutions/:id',
    { schema: { operationId: 'getSolution', tags, params: SolutionParams, response: { 200: Solution } } },
    async (request, reply) => {
      const { id } = request.params;
      const visitorId = await visitorFor(ctx, request, reply, id);
      const solution = await queries.findSolution(ctx.db, visitorId, id);
      if (solution || id !== 'current') return read(ctx, solution);
      return read(ctx, await solutions.start(ctx, visitorId));
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
    async (request, reply) => {
      const visitorId = await visitorFor(ctx, request, reply, request.params.id);
      return read(ctx, await solutions.change(ctx, visitorId, request.params.id, request.body));
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
      const visitorId = await visitorFor(ctx, request, reply, id);
      return reply.code(201).send(await solutions.addLine(ctx, { visitorId, id, key }, request.body));
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
      return solutions.changeLine(ctx, await knownVisitor(ctx, request), id, lineId, request.body);
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
      await solutions.removeLine(ctx, await knownVisitor(ctx, request), id, lineId);
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
      return solutions.restoreLine(ctx, await knownVisitor(ctx, request), id, lineId);
    },
  );
}

async function read(ctx: Context, solution: StoredSolution | null): Promise<Solution> {
  if (!solution) throw refuse('not_found');
  return solutions.describe(ctx, solution);
}

async function knownVisitor(ctx: Context, request: FastifyRequest): Promise<string> {
  const visitor = await ctx.visitors.find(request);
  if (!visitor) throw refuse('not_found');
  return visitor.id;
}

/** Everyone has a current solution, and becomes a visitor by it; any other solution has an owner already. */
async function visitorFor(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
): Promise<string> {
  if (id !== 'current') return knownVisitor(ctx, request);
  return (await ctx.visitors.findOrCreate(request, reply)).id;
}

function productsAskedAbout(joined = ''): number[] {
  return joined
    .split(',')
    .slice(0, 100)
    .map((id) => queries.rowId(id))
    .filter((id) => id !== null);
}
