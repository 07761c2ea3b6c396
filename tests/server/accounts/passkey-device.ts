import { createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import { sha256 } from '#server/platform/tokens.ts';
import type { Client } from '../../harness.ts';
import { chosen } from './registrants.ts';

/** What a browser and its authenticator do with a passkey; what a test gives wins over what they would say. */
export interface Ceremony {
  origin?: string;
  rpId?: string;
  challenge?: string;
  type?: string;
  counter?: number;
  /** User present: bit 0, user verified: bit 2. */
  flags?: number;
}

export interface Options {
  challenge: string;
  rp?: { id: string };
  rpId?: string;
  allowCredentials?: { id: string }[];
  excludeCredentials?: { id: string }[];
}

export const publicOrigin = 'http://quoteline.test';
const present = 0x01;
const withCredential = 0x40;

const uint = (value: number, bytes: number) => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
};

/** An authenticator with one passkey (WebAuthn level 3, chapters 6.1 and 6.5). */
export class Device {
  readonly id = randomBytes(24).toString('base64url');
  counter = 0;
  readonly #key: KeyObject;
  readonly #publicKey: Buffer;

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    this.#key = privateKey;
    const cose = new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Uint8Array.from(Buffer.from(x, 'base64url'))],
      [-3, Uint8Array.from(Buffer.from(y, 'base64url'))],
    ]);
    this.#publicKey = Buffer.from(isoCBOR.encode(cose));
  }

  /** Returns the credential that `navigator.credentials.create()` gives. */
  create(options: Options, said: Ceremony = {}) {
    const clientData = this.#clientData('webauthn.create', options, said);
    const id = Buffer.from(this.id, 'base64url');
    const attested = Buffer.concat([Buffer.alloc(16), uint(id.length, 2), id, this.#publicKey]);
    const flags = (said.flags ?? present) | withCredential;
    const authData = Buffer.concat([this.#authData(options, { ...said, flags }), attested]);
    const attestation = new Map<string, string | Map<string, never> | Uint8Array>([
      ['fmt', 'none'],
      ['attStmt', new Map<string, never>()],
      ['authData', Uint8Array.from(authData)],
    ]);
    return this.#credential({
      clientDataJSON: clientData.toString('base64url'),
      attestationObject: Buffer.from(isoCBOR.encode(attestation)).toString('base64url'),
      transports: ['internal'],
    });
  }

  /** Returns the credential that `navigator.credentials.get()` gives. */
  get(options: Options, said: Ceremony = {}) {
    this.counter += 1;
    const clientData = this.#clientData('webauthn.get', options, said);
    const authData = this.#authData(options, { counter: this.counter, flags: present, ...said });
    const signature = createSign('sha256').update(authData).update(sha256(clientData)).sign(this.#key);
    return this.#credential({
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: signature.toString('base64url'),
    });
  }

  #credential(response: object) {
    const { id } = this;
    return { id, rawId: id, type: 'public-key', response, clientExtensionResults: {} };
  }

  #clientData(type: string, options: Options, said: Ceremony): Buffer {
    const { challenge = options.challenge, origin = publicOrigin } = said;
    return Buffer.from(JSON.stringify({ type: said.type ?? type, challenge, origin, crossOrigin: false }));
  }

  #authData(options: Options, { rpId, flags = present, counter = this.counter }: Ceremony): Buffer {
    const host = rpId ?? options.rp?.id ?? options.rpId ?? '';
    return Buffer.concat([sha256(host), uint(flags, 1), uint(counter, 4)]);
  }
}

/** Asks for what is needed to add a passkey to the account that is logged in. */
export async function startAdding(browser: Client, password = chosen): Promise<Options> {
  const { body, status } = await browser.post('/api/account/passkey-challenges', { password });
  if (status !== 201) throw new Error(`no challenge: ${status} ${JSON.stringify(body)}`);
  return body.options as Options;
}

export const add = (browser: Client, credential: object, name = 'Laptop') =>
  browser.post('/api/account/passkeys', { name, credential });

/** Adds a passkey to the account that is logged in. Returns its id and the recovery codes of the first factor. */
export async function withPasskey(browser: Client, device: Device, name = 'Laptop') {
  const { status, body } = await add(browser, device.create(await startAdding(browser)), name);
  if (status !== 201) throw new Error(`no passkey: ${status} ${JSON.stringify(body)}`);
  return body as { id: string; recoveryCodes: string[] };
}

/** Asks for what the login that waits in this browser needs. */
export async function startUsing(browser: Client): Promise<Options> {
  const { body, status } = await browser.post('/api/account/second-step/passkey-challenges');
  if (status !== 201) throw new Error(`no challenge: ${status} ${JSON.stringify(body)}`);
  return body.options as Options;
}

export const finishWith = (browser: Client, credential: object) =>
  browser.post('/api/account/second-step/passkey', { credential });
