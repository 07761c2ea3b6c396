import { rfc2822 } from './callbacks.ts';
import { type Leg, newSid } from './leg.ts';
import type { SimulatorTime } from './time.ts';
import type { Web } from './web.ts';

export type RoomEvent = 'start' | 'end' | 'join' | 'leave' | 'mute' | 'hold';
export type LeaveReason =
  'participant_hung_up' | 'moderator_ended_conference' | 'participant_updated_via_api';

export interface Participant {
  leg: Leg;
  label: string | null;
  muted: boolean;
  hold: boolean;
  startsRoom: boolean;
  endsRoom: boolean;
  joinedAt: Date;
  /** Takes the leg out of the room. */
  leave: (reason: LeaveReason) => void;
}

export interface Room {
  sid: string;
  name: string;
  status: 'init' | 'in-progress' | 'completed';
  createdAt: Date;
  updatedAt: Date;
  endedBy: string | null;
  endReason: string | null;
  participants: Participant[];
  /** The first participant's; later ones count for nothing. */
  subscription: { url: string; method: string; events: Set<RoomEvent> } | null;
  events: number;
  /** What was told so far: in order, each after the answer to the one before. */
  telling: Promise<unknown>;
}

/** Conference rooms by name; a room that ended gives its name free. */
export interface Rooms {
  /** The open room of that name, made when there is none. */
  open(name: string, subscription: Room['subscription']): Room;
  find(sidOrName: string): Room | undefined;
  all(): Room[];
  /** Throws nothing; a second participant of one label is refused with false. */
  join(room: Room, participant: Participant): boolean;
  left(room: Room, participant: Participant, reason: LeaveReason): void;
  end(room: Room, reason: string, bySid: string | null): void;
  tell(room: Room, event: RoomEvent, participant: Participant | null, more?: Record<string, string>): void;
}

export function createRooms(accountSid: string, time: SimulatorTime, web: Web): Rooms {
  const rooms: Room[] = [];

  function tell(room: Room, event: RoomEvent, participant: Participant | null, more = {}): void {
    room.updatedAt = time.now();
    if (!room.subscription?.events.has(event)) return;
    const { url, method } = room.subscription;
    const about = participant ? aboutParticipant(participant) : {};
    const params = { AccountSid: accountSid, ...aboutEvent(room, event), ...about, ...more };
    room.telling = room.telling.then(() => web.ask({ url, method, params }));
  }

  function end(room: Room, reason: string, bySid: string | null): void {
    if (room.status === 'completed') return;
    room.status = 'completed';
    room.endReason = reason;
    room.endedBy = bySid;
    for (const participant of room.participants) participant.leave('moderator_ended_conference');
    if (room.participants.length === 0) tellEnd(room);
  }

  /** Once everybody is out. */
  function tellEnd(room: Room): void {
    tell(room, 'end', null, {
      ReasonConferenceEnded: room.endReason ?? '',
      ...(room.endedBy ? { CallSidEndingConference: room.endedBy } : {}),
    });
  }

  return {
    tell,
    end,
    all: () => rooms,
    find: (key) =>
      rooms.findLast((room) => room.sid === key || (room.name === key && room.status !== 'completed')),
    open(name, subscription) {
      const found = rooms.find((room) => room.name === name && room.status !== 'completed');
      if (found) return found;
      const room = newRoom(name, subscription, time.now());
      rooms.push(room);
      return room;
    },
    join(room, participant) {
      const { label } = participant;
      if (label && room.participants.some((other) => other.label === label)) return false;
      room.participants.push(participant);
      tell(room, 'join', participant);
      if (room.status === 'init' && participant.startsRoom && room.participants.length > 1) {
        room.status = 'in-progress';
        tell(room, 'start', participant);
      }
      return true;
    },
    left(room, participant, reason) {
      room.participants = room.participants.filter((other) => other !== participant);
      tell(room, 'leave', participant, { ReasonParticipantLeft: reason });
      const isLast = room.participants.length === 0;
      if (room.status === 'completed') {
        if (isLast) tellEnd(room);
      } else if (participant.endsRoom) {
        end(room, 'participant-with-end-conference-on-exit-left', participant.leg.sid);
      } else if (isLast) end(room, 'last-participant-left', participant.leg.sid);
    },
  };
}

function newRoom(name: string, subscription: Room['subscription'], now: Date): Room {
  return {
    sid: newSid('CF'),
    name,
    status: 'init',
    createdAt: now,
    updatedAt: now,
    endedBy: null,
    endReason: null,
    participants: [],
    subscription,
    events: 0,
    telling: Promise.resolve(),
  };
}

function aboutEvent(room: Room, event: RoomEvent) {
  const number = room.events;
  room.events += 1;
  return {
    ConferenceSid: room.sid,
    FriendlyName: room.name,
    SequenceNumber: String(number),
    Timestamp: rfc2822(room.updatedAt),
    StatusCallbackEvent:
      event === 'start' || event === 'end' ? `conference-${event}` : `participant-${event}`,
  };
}

function aboutParticipant({ leg, label, muted, hold, startsRoom, endsRoom }: Participant) {
  return {
    CallSid: leg.sid,
    ...(label ? { ParticipantLabel: label } : {}),
    ParticipantCallStatus: leg.status,
    Muted: String(muted),
    Hold: String(hold),
    StartConferenceOnEnter: String(startsRoom),
    EndConferenceOnExit: String(endsRoom),
  };
}
