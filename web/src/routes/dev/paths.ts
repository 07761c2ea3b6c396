import type {
  BehaviourBody,
  CaughtMail,
  DemoFaults,
  DemoPayments,
  DemoPerson,
  Phone,
  Phones,
} from '#server/dev/schema.ts';
import type { Act, Card } from '#server/common/enums/demo-payments.ts';

type Answered<Data> = { responses: { 200: { content: { 'application/json': Data } } } };
type Read<Data> = { get: Answered<Data> };
type ById = { parameters: { path: { id: string } } };
type Sent<Body> = { requestBody: { content: { 'application/json': Body } } };
type ByNumber = { parameters: { path: { number: string } } };
type Press = { post: ByNumber & Answered<Phone> };
type PressWith<Body> = {
  post: ByNumber & Sent<Body> & Answered<Phone>;
};

/** The operations that only the demo serves and the OpenAPI document leaves out. */
export type DemoPaths = {
  '/dev/people.json': Read<DemoPerson[]>;
  '/dev/mail.json': Read<CaughtMail[]>;
  '/dev/payments.json': Read<DemoPayments>;
  '/dev/payments/{id}/pay': {
    post: ById & Sent<{ card: Card }> & Answered<{ next: string | null }>;
  };
  '/dev/payments/{id}/acts': { post: ById & Sent<{ act: Act }> & Answered<DemoPayments> };
  '/dev/payments/faults': { put: Sent<DemoFaults> & Answered<DemoPayments> };
  '/dev/payments/kept': { post: Answered<DemoPayments> };
  '/dev/phones.json': Read<Phones>;
  '/dev/phones/{number}/open': PressWith<{ holder: string }>;
  '/dev/phones/{number}/close': PressWith<{ holder: string }>;
  '/dev/phones/{number}/answer': Press;
  '/dev/phones/{number}/hangup': Press;
  '/dev/phones/{number}/reject': Press;
  '/dev/phones/{number}/press': PressWith<{ digits: string }>;
  '/dev/phones/{number}/persona': PressWith<BehaviourBody>;
};
