import type { XmlElement } from '@rgrove/parse-xml';
import type { LeaveReason, Participant, Room, RoomEvent } from '../rooms.ts';
import { Interrupted, pause, unlessStopped } from '../time.ts';
import { isOn, numberOf } from './document.ts';
import type { Run } from './step.ts';

const longestSeconds = 14_400;
const labelTaken = 16025;

/** Stays in the room until the participant or the room leaves; the answer is what the action hears. */
export async function enterRoom(
  run: Run,
  verb: XmlElement,
  noun: XmlElement,
): Promise<Record<string, string>> {
  const { leg, network } = run;
  const { rooms, time } = network;
  const room = rooms.open(noun.text.trim(), subscriptionOf(run, noun));
  const out = Promise.withResolvers<LeaveReason>();
  const participant: Participant = {
    leg,
    label: noun.attributes.participantLabel ?? null,
    muted: isOn(noun, 'muted', false),
    hold: false,
    startsRoom: isOn(noun, 'startConferenceOnEnter', true),
    endsRoom: isOn(noun, 'endConferenceOnExit', false),
    joinedAt: time.now(),
    leave: out.resolve,
  };
  if (!rooms.join(room, participant)) {
    leg.errors.push(labelTaken);
    return {};
  }
  joinTalks(run, room);
  const stop = new AbortController();
  const limit = numberOf(verb, 'timeLimit', longestSeconds, 1, longestSeconds);
  pause(time, limit, AbortSignal.any([run.signal, stop.signal])).then(
    () => out.resolve('participant_hung_up'),
    (error: unknown) => {
      if (!(error instanceof Interrupted)) throw error;
    },
  );
  let reason: LeaveReason = 'participant_hung_up';
  try {
    reason = await unlessStopped(out.promise, run.signal);
  } finally {
    stop.abort();
    if (leg.talk) leg.talk.to = time.now();
    rooms.left(room, participant, reason);
  }
  return { DialCallStatus: 'answered', DialBridged: 'true' };
}

/** Whoever is in a started room talks with the room. */
function joinTalks({ network }: Run, room: Room): void {
  if (room.status !== 'in-progress') return;
  for (const { leg } of room.participants) {
    if (leg.talk) continue;
    leg.talks.push({ with: `room:${room.name}`, from: network.time.now(), to: null });
    leg.events.emit('bridged');
    network.lines.touch(leg);
  }
}

function subscriptionOf(run: Run, noun: XmlElement): Room['subscription'] {
  const { statusCallback, statusCallbackMethod, statusCallbackEvent = '' } = noun.attributes;
  if (!statusCallback) return null;
  return {
    url: new URL(statusCallback, run.base).href,
    method: statusCallbackMethod ?? 'POST',
    events: new Set(statusCallbackEvent.split(' ') as RoomEvent[]),
  };
}
