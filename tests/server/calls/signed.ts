import { sql } from 'drizzle-orm';
import webhooks from 'twilio/lib/webhooks/webhooks.js';
import type { Db } from '#db/client.ts';
import { telephoneAccount } from '../../telephony.ts';

/**
 * Posts a form with Twilio's signature; `signedAs` replaces the URL or the token that it is computed from.
 */
export async function postSigned(
  to: { url: string; publicUrl: string },
  path: string,
  fields: Record<string, string>,
  signedAs: { url?: string; token?: string } = {},
): Promise<{ status: number; body: string }> {
  const url = signedAs.url ?? to.publicUrl + path;
  const token = signedAs.token ?? telephoneAccount.authToken;
  const answer = await fetch(to.url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': webhooks.getExpectedTwilioSignature(token, url, fields),
    },
    body: new URLSearchParams(fields),
  });
  return { status: answer.status, body: await answer.text() };
}

export interface KnownLeg {
  id: string;
  role: string;
  sid: string;
}

/** Returns the legs of a call that Twilio knows, in their order. */
export async function legsOf(db: Db, callId: string): Promise<KnownLeg[]> {
  const rows = await db.execute<KnownLeg & Record<string, unknown>>(
    sql`select id::text, role, sid from call_legs where call_id = ${callId} and sid is not null order by id`,
  );
  return [...rows];
}
