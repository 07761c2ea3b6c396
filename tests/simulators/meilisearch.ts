import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SearchParams, Settings } from 'meilisearch';
import { type IndexDocument, matching } from './meilisearch-matching.ts';

/** The state of the fake server, and its behaviour from now on. */
export interface State {
  key: string;
  indexes: Map<string, FakeIndex>;
  /** Every search for words, oldest first. */
  searches: { q: string; matchingStrategy: string }[];
  /** The number of requests so far, answered or not. */
  asked: number;
  mood: 'well' | 'slow' | 'broken' | 'talking nonsense';
  /** Makes tasks of this type fail with the code, although their requests are accepted. */
  failTask: { type: string; code: string } | null;
  /** The number of documents that tasks have added so far. */
  documentsTaken: number;
}

/**
 * Starts a fake of the part of Meilisearch's HTTP API that we use: writes are tasks that run one after the other, some
 * time after they were accepted.
 */
export interface FakeMeilisearch extends State {
  url: string;
  down(): Promise<void>;
  up(): Promise<void>;
}

export interface FakeIndex {
  documents: Map<number, IndexDocument>;
  settings: Settings;
}

interface Answer {
  status: number;
  body: unknown;
}

interface Task {
  uid: number;
  indexUid: string | null;
  status: string;
  type: string;
  error: { message: string; code: string; type: string; link: string } | null;
}

const slowMs = 1_500;
const taskMs = 20;

const freshSettings = (): Settings => ({
  searchableAttributes: ['*'],
  sortableAttributes: [],
  typoTolerance: {
    enabled: true,
    minWordSizeForTypos: { oneTypo: 5, twoTypos: 9 },
    disableOnWords: [],
    disableOnAttributes: [],
    disableOnNumbers: false,
  },
  searchCutoffMs: null,
});

class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(`refused: ${code}`);
    this.status = status;
    this.code = code;
  }
}

const errorBody = (code: string) => ({
  message: `refused: ${code}`,
  code,
  type: code.includes('key') || code.includes('authorization') ? 'auth' : 'invalid_request',
  link: `https://docs.meilisearch.com/errors#${code}`,
});

interface Tasks {
  enqueue(type: string, indexUid: string | null, work: () => void): Answer;
  find(uid: string): Task;
}

function tasksOf(state: State): Tasks {
  const tasks: Task[] = [];
  let queue = Promise.resolve();
  return {
    enqueue(type, indexUid, work) {
      const task: Task = { uid: tasks.length, indexUid, status: 'enqueued', type, error: null };
      tasks.push(task);
      queue = queue.then(async () => {
        await new Promise((resolve) => setTimeout(resolve, taskMs));
        try {
          if (state.failTask?.type === type) throw new Refusal(0, state.failTask.code);
          work();
          task.status = 'succeeded';
        } catch (error) {
          task.status = 'failed';
          task.error = errorBody(error instanceof Refusal ? error.code : 'internal');
        }
      });
      const { uid: taskUid, status } = task;
      return { status: 202, body: { taskUid, indexUid, status, type, enqueuedAt: new Date().toISOString() } };
    },
    find(uid) {
      const task = tasks[Number(uid)];
      if (!task) throw new Refusal(404, 'task_not_found');
      return task;
    },
  };
}

type Route = (uid: string, body: never) => Answer;

function routesOf(state: State): Record<string, Route> {
  const tasks = tasksOf(state);
  const indexOf = (uid: string): FakeIndex => {
    const index = state.indexes.get(uid);
    if (!index) throw new Refusal(404, 'index_not_found');
    return index;
  };
  const create = (uid: string): FakeIndex => {
    const index = { documents: new Map(), settings: freshSettings() };
    state.indexes.set(uid, index);
    return index;
  };
  const ok = (body: unknown): Answer => ({ status: 200, body });
  return {
    'GET /health': () => ok({ status: 'available' }),
    'GET /tasks/:uid': (uid) => ok(tasks.find(uid)),
    'POST /indexes': (_, { uid }: { uid: string }) =>
      tasks.enqueue('indexCreation', uid, () => {
        if (state.indexes.has(uid)) throw new Refusal(0, 'index_already_exists');
        create(uid);
      }),
    'DELETE /indexes/:uid': (uid) =>
      tasks.enqueue('indexDeletion', uid, () => {
        indexOf(uid);
        state.indexes.delete(uid);
      }),
    'GET /indexes/:uid/settings': (uid) => ok(indexOf(uid).settings),
    'PATCH /indexes/:uid/settings': (uid, { typoTolerance, sortableAttributes, ...changes }: Settings) =>
      tasks.enqueue('settingsUpdate', uid, () => {
        const { settings } = state.indexes.get(uid) ?? create(uid);
        Object.assign(settings, changes);
        Object.assign(settings.typoTolerance ?? {}, typoTolerance);
        // Meilisearch returns sets in an order of its own.
        if (sortableAttributes) settings.sortableAttributes = sortableAttributes.toReversed();
      }),
    'GET /indexes/:uid/stats': (uid) => ok({ numberOfDocuments: indexOf(uid).documents.size }),
    'POST /indexes/:uid/documents': (uid, documents: IndexDocument[]) =>
      tasks.enqueue('documentAdditionOrUpdate', uid, () => {
        const index = state.indexes.get(uid) ?? create(uid);
        for (const document of documents) index.documents.set(document.id, document);
        state.documentsTaken += documents.length;
      }),
    'POST /indexes/:uid/search': (uid, asked: SearchParams) => {
      const { documents, settings } = indexOf(uid);
      const sorted = (asked.sort ?? []).map((order) => order.split(':')[0] ?? '');
      if (!sorted.every((name) => settings.sortableAttributes?.includes(name)))
        throw new Refusal(400, 'invalid_search_sort');
      const { q, matchingStrategy = 'last' } = asked;
      if (q) state.searches.push({ q, matchingStrategy });
      return ok({ hits: matching([...documents.values()], asked, settings), query: q ?? '' });
    },
    'POST /swap-indexes': (_, swaps: { indexes: [string, string]; rename?: boolean }[]) =>
      tasks.enqueue('indexSwap', null, () => {
        for (const { indexes } of swaps) {
          const [one, other] = indexes.map(indexOf) as [FakeIndex, FakeIndex];
          state.indexes.set(indexes[0], other).set(indexes[1], one);
        }
      }),
  };
}

export async function startMeilisearch(): Promise<FakeMeilisearch> {
  const state: State = {
    key: 'the key of the tests',
    indexes: new Map(),
    searches: [],
    asked: 0,
    mood: 'well',
    failTask: null,
    documentsTaken: 0,
  };
  const routes = routesOf(state);
  const server = createServer((request, response) => {
    respond(fake, routes, request, response).catch(() => response.destroy());
  });
  let port = 0;
  const up = () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const down = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const fake: FakeMeilisearch = Object.assign(state, { url: '', up, down });
  await up();
  port = (server.address() as AddressInfo).port;
  fake.url = `http://127.0.0.1:${port}`;
  return fake;
}

async function respond(
  state: State,
  routes: Record<string, Route>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  state.asked += 1;
  if (state.mood === 'slow') await new Promise((resolve) => setTimeout(resolve, slowMs));
  if (state.mood === 'talking nonsense') return void response.end('<html>A proxy greets you</html>');
  const { status, body } = await answerTo(state, routes, request).catch((error: unknown): Answer => {
    if (!(error instanceof Refusal)) throw error;
    return { status: error.status, body: errorBody(error.code) };
  });
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function answerTo(
  state: State,
  routes: Record<string, Route>,
  request: IncomingMessage,
): Promise<Answer> {
  const body = await textOf(request);
  if (state.mood === 'broken') throw new Refusal(500, 'internal');
  const [, first = '', uid = '', ...rest] = new URL(request.url ?? '/', 'http://fake').pathname.split('/');
  const { authorization } = request.headers;
  if (first !== 'health' && authorization === undefined)
    throw new Refusal(401, 'missing_authorization_header');
  if (first !== 'health' && authorization !== `Bearer ${state.key}`)
    throw new Refusal(403, 'invalid_api_key');
  const route = routes[`${request.method} /${[first, uid && ':uid', ...rest].filter(Boolean).join('/')}`];
  if (!route) throw new Refusal(404, 'not_found');
  return route(uid, (body === '' ? undefined : JSON.parse(body)) as never);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
