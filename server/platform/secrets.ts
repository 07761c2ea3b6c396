import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Keeps secrets in the database so that it alone, such as a stolen copy, gives none away. */
export interface SecretKeeper {
  /** Encrypts a secret. `context` names whose it is: sealed for one, it opens for nobody else. */
  seal(secret: Buffer, context: string): Buffer;
  /** Returns what was sealed; null if it was altered, or sealed for another context or with another SECRET_KEY. */
  open(sealed: Buffer, context: string): Buffer | null;
  /** Returns a hash that can't be guessed at without SECRET_KEY. */
  hash(text: string, context: string): Buffer;
}

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

export function createSecretKeeper(secretKey: string): SecretKeeper {
  const keyFor = (use: string) => Buffer.from(hkdfSync('sha256', secretKey, '', `quoteline ${use}`, 32));
  const [sealing, hashing] = [keyFor('sealed secrets'), keyFor('hashed secrets')];
  return {
    seal(secret, context) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, sealing, nonce).setAAD(Buffer.from(context));
      const encrypted = Buffer.concat([cipher.update(secret), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]);
    },
    open(sealed, context) {
      const nonce = sealed.subarray(0, nonceBytes);
      const tag = sealed.subarray(nonceBytes, nonceBytes + tagBytes);
      if (tag.length < tagBytes) return null;
      const decipher = createDecipheriv(algorithm, sealing, nonce, { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(context)).setAuthTag(tag);
      try {
        return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
      } catch {
        return null;
      }
    },
    hash: (text, context) => createHmac('sha256', hashing).update(`${context}:${text}`).digest(),
  };
}
