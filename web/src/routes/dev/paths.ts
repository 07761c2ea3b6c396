import type { BehaviourBody, CaughtMail, DemoPerson, Phone, Phones } from '#server/dev/schema.ts';

type Answered<Data> = { responses: { 200: { content: { 'application/json': Data } } } };
type Read<Data> = { get: Answered<Data> };
type ByNumber = { parameters: { path: { number: string } } };
type Press = { post: ByNumber & Answered<Phone> };
type PressWith<Body> = {
  post: ByNumber & { requestBody: { content: { 'application/json': Body } } } & Answered<Phone>;
};

/** The operations that only the demo serves and the OpenAPI document leaves out. */
export type DemoPaths = {
  '/dev/people.json': Read<DemoPerson[]>;
  '/dev/mail.json': Read<CaughtMail[]>;
  '/dev/phones.json': Read<Phones>;
  '/dev/phones/{number}/open': PressWith<{ holder: string }>;
  '/dev/phones/{number}/close': PressWith<{ holder: string }>;
  '/dev/phones/{number}/answer': Press;
  '/dev/phones/{number}/hangup': Press;
  '/dev/phones/{number}/reject': Press;
  '/dev/phones/{number}/press': PressWith<{ digits: string }>;
  '/dev/phones/{number}/persona': PressWith<BehaviourBody>;
};
