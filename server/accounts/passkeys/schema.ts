import { type Static, Type } from 'typebox';
import { Id, Instant, InstantOrNull } from '#server/platform/schema.ts';

export const Passkey = Type.Object(
  {
    id: Id,
    name: Type.String(),
    createdAt: Instant,
    /** When it last finished a login; null: not yet. */
    usedAt: InstantOrNull,
  },
  { title: 'Passkey' },
);
export type Passkey = Static<typeof Passkey>;

const PasskeyName = Type.String({ minLength: 1, maxLength: 60 });

/** What `PublicKeyCredential.toJSON()` returns, whose fields grow with each level of WebAuthn. */
const Credential = Type.Object(
  { id: Type.String({ maxLength: 1_400 }), response: Type.Record(Type.String(), Type.Unknown()) },
  { additionalProperties: true },
);
export type Credential = Static<typeof Credential>;

export const AddPasskeyBody = Type.Object(
  { name: PasskeyName, credential: Credential },
  { additionalProperties: false },
);
export type AddPasskeyBody = Static<typeof AddPasskeyBody>;

export const PasskeyNameBody = Type.Object({ name: PasskeyName }, { additionalProperties: false });

export const CredentialBody = Type.Object({ credential: Credential }, { additionalProperties: false });

/** What `PublicKeyCredential.parseCreationOptionsFromJSON()` or `parseRequestOptionsFromJSON()` takes. */
export const PasskeyOptions = Type.Object(
  { options: Type.Record(Type.String(), Type.Unknown()) },
  { title: 'PasskeyOptions' },
);
export type PasskeyOptions = Static<typeof PasskeyOptions>;

export const AddedPasskey = Type.Object(
  {
    ...Passkey.properties,
    /** New ones with the account's first factor, shown this once; else empty. */
    recoveryCodes: Type.Array(Type.String()),
  },
  { title: 'AddedPasskey' },
);
export type AddedPasskey = Static<typeof AddedPasskey>;
