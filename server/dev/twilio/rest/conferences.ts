import type { FastifyInstance } from 'fastify';
import { rfc2822 } from '../callbacks.ts';
import type { Network } from '../network.ts';
import type { Participant, Room } from '../rooms.ts';
import { whyNotFrom, whyNotTo } from '../numbers.ts';
import { subscribe } from '../subscription.ts';
import { runCall } from '../twiml/run.ts';
import { apiVersion } from './call-resource.ts';
import { notFound, RestError } from './errors.ts';
import { answerWithFaults, type Form, many, one } from './exchange.ts';
import { pageOf } from './paging.ts';

/** Conferences and their participants: fetch, list, end; add, change, take out. */
export function conferenceRoutes(app: FastifyInstance, network: Network, base: string): void {
  const { account, rooms } = network;
  const find = (key: string): Room => {
    const room = rooms.find(key);
    if (!room) throw notFound(`${base}/Conferences/${key}.json`);
    return room;
  };
  const view = (room: Room) => conferenceResource(room, account.accountSid);

  app.get<{ Querystring: Record<string, string> }>(`${base}/Conferences.json`, (request, reply) =>
    answerWithFaults(network, 'fetch', '', request, reply, () => {
      const { Status, FriendlyName } = request.query;
      const found = rooms
        .all()
        .filter(
          (room) => (!Status || room.status === Status) && (!FriendlyName || room.name === FriendlyName),
        );
      const path = `${base}/Conferences.json`;
      return { status: 200, body: pageOf('conferences', found.toReversed().map(view), path, request.query) };
    }),
  );
  app.get<{ Params: { sid: string } }>(`${base}/Conferences/:sid.json`, (request, reply) =>
    answerWithFaults(network, 'fetch', '', request, reply, () => ({
      status: 200,
      body: view(find(request.params.sid)),
    })),
  );
  app.post<{ Params: { sid: string }; Body: Form }>(`${base}/Conferences/:sid.json`, (request, reply) =>
    answerWithFaults(network, 'update', '', request, reply, () => {
      const room = find(request.params.sid);
      if (one(request.body, 'Status') === 'completed') rooms.end(room, 'conference-ended-via-api', null);
      return { status: 200, body: view(room) };
    }),
  );
  participantRoutes(app, network, base, find);
}

function participantRoutes(
  app: FastifyInstance,
  network: Network,
  base: string,
  find: (key: string) => Room,
): void {
  const { account, rooms } = network;
  const view = (room: Room, participant: Participant) =>
    participantResource(room, participant, account.accountSid);
  const member = (room: Room, key: string): Participant => {
    const found = room.participants.find(({ leg, label }) => leg.sid === key || label === key);
    if (!found) throw notFound(`${base}/Conferences/${room.sid}/Participants/${key}.json`);
    return found;
  };
  const list = `${base}/Conferences/:room/Participants.json`;
  const item = `${base}/Conferences/:room/Participants/:key.json`;
  type One = { Params: { room: string; key: string }; Body: Form };

  app.post<{ Params: { room: string }; Body: Form }>(list, (request, reply) =>
    answerWithFaults(network, 'create', one(request.body, 'To') ?? '', request, reply, () =>
      addParticipant(network, request.params.room, request.body ?? {}),
    ),
  );
  app.get<{ Params: { room: string }; Querystring: Record<string, string> }>(list, (request, reply) =>
    answerWithFaults(network, 'fetch', '', request, reply, () => {
      const room = find(request.params.room);
      const found = room.participants.map((participant) => view(room, participant));
      const path = `${base}/Conferences/${room.sid}/Participants.json`;
      return { status: 200, body: pageOf('participants', found, path, request.query) };
    }),
  );
  app.get<One>(item, (request, reply) =>
    answerWithFaults(network, 'fetch', '', request, reply, () => {
      const room = find(request.params.room);
      return { status: 200, body: view(room, member(room, request.params.key)) };
    }),
  );
  app.post<One>(item, (request, reply) =>
    answerWithFaults(network, 'update', '', request, reply, () => {
      const room = find(request.params.room);
      const participant = member(room, request.params.key);
      changeParticipant(network, room, participant, request.body ?? {});
      return { status: 200, body: view(room, participant) };
    }),
  );
  app.delete<One>(item, async (request, reply) => {
    const room = find(request.params.room);
    const { leg, leave } = member(room, request.params.key);
    leave('participant_updated_via_api');
    network.lines.end(leg, 'completed', 'api');
    rooms.find(room.sid);
    return reply.code(204).send();
  });
}

/** Calls somebody who enters the room on answering. */
function addParticipant(network: Network, key: string, form: Form) {
  const { account, lines, rooms } = network;
  const [to, from] = [one(form, 'To'), one(form, 'From')];
  if (!to) throw new RestError(400, 21201);
  if (!from) throw new RestError(400, 21213);
  const wrong = whyNotFrom(from, account.from) ?? whyNotTo(to, network);
  if (wrong) throw new RestError(400, wrong);
  if (lines.liveCount() >= network.concurrency) throw new RestError(429, 16021);
  const name = rooms.find(key)?.name ?? key;
  const callback = one(form, 'StatusCallback');
  const leg = lines.place({
    to,
    from,
    direction: 'outbound-api',
    parent: null,
    timeout: Number(one(form, 'Timeout') ?? 60),
    timeLimit: one(form, 'TimeLimit') ? Number(one(form, 'TimeLimit')) : null,
    subscription: callback
      ? subscribe(callback, one(form, 'StatusCallbackMethod') ?? 'POST', many(form, 'StatusCallbackEvent'))
      : null,
  });
  const twiml = roomDocument(name, form);
  leg.events.once(
    'answered',
    () => void runCall(network, leg, { kind: 'document', from: { twiml }, params: {} }, null),
  );
  const room = rooms.open(name, null);
  const participant = {
    leg,
    label: one(form, 'Label') ?? null,
    muted: one(form, 'Muted') === 'true',
    hold: false,
    startsRoom: one(form, 'StartConferenceOnEnter') !== 'false',
    endsRoom: one(form, 'EndConferenceOnExit') === 'true',
    joinedAt: network.time.now(),
    leave: () => {},
  };
  const body = { ...participantResource(room, participant, account.accountSid), status: 'queued' };
  return { status: 201, body, leg, afterwards: () => lines.start(leg) };
}

function roomDocument(name: string, form: Form): string {
  const attribute = (as: string, value: string | undefined) =>
    value === undefined ? '' : ` ${as}="${escapeXml(value)}"`;
  return (
    '<Response><Dial><Conference' +
    attribute('participantLabel', one(form, 'Label')) +
    attribute('muted', one(form, 'Muted')) +
    attribute('startConferenceOnEnter', one(form, 'StartConferenceOnEnter')) +
    attribute('endConferenceOnExit', one(form, 'EndConferenceOnExit')) +
    attribute('statusCallback', one(form, 'ConferenceStatusCallback')) +
    attribute('statusCallbackEvent', many(form, 'ConferenceStatusCallbackEvent').join(' ') || undefined) +
    `>${escapeXml(name)}</Conference></Dial></Response>`
  );
}

const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function changeParticipant({ rooms }: Network, room: Room, participant: Participant, form: Form): void {
  const [muted, hold, ends] = ['Muted', 'Hold', 'EndConferenceOnExit'].map((name) => one(form, name));
  if (muted !== undefined) {
    participant.muted = muted === 'true';
    rooms.tell(room, 'mute', participant);
  }
  if (hold !== undefined) {
    participant.hold = hold === 'true';
    rooms.tell(room, 'hold', participant);
  }
  if (ends !== undefined) participant.endsRoom = ends === 'true';
}

function conferenceResource(room: Room, accountSid: string) {
  const uri = `/${apiVersion}/Accounts/${accountSid}/Conferences/${room.sid}`;
  return {
    account_sid: accountSid,
    api_version: apiVersion,
    call_sid_ending_conference: room.endedBy,
    date_created: rfc2822(room.createdAt),
    date_updated: rfc2822(room.updatedAt),
    friendly_name: room.name,
    reason_conference_ended: room.endReason,
    region: 'us1',
    sid: room.sid,
    status: room.status,
    uri: `${uri}.json`,
    subresource_uris: {
      participants: `${uri}/Participants.json`,
      recordings: `${uri}/Recordings.json`,
    },
  };
}

function participantResource(room: Room, participant: Participant, accountSid: string) {
  const { leg, label, muted, hold, startsRoom, endsRoom, joinedAt } = participant;
  return {
    account_sid: accountSid,
    call_sid: leg.sid,
    label,
    call_sid_to_coach: null,
    coaching: false,
    conference_sid: room.sid,
    date_created: rfc2822(joinedAt),
    date_updated: rfc2822(room.updatedAt),
    end_conference_on_exit: endsRoom,
    hold,
    muted,
    queue_time: null,
    start_conference_on_enter: startsRoom,
    status: leg.isOver ? 'complete' : leg.answeredAt ? 'connected' : leg.ringingAt ? 'ringing' : 'connecting',
    uri: `/${apiVersion}/Accounts/${accountSid}/Conferences/${room.sid}/Participants/${leg.sid}.json`,
  };
}
