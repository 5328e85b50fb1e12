/* Seal what waits on this device with a key that no script can read, and so nobody can take along. */

export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  content: ArrayBuffer;
}

const BITS = 256;
const NONCE_BYTES = 12;

/** A new key of AES-GCM: it can be used and kept, and not be read. */
export function newKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: "AES-GCM", length: BITS }, false, ["encrypt", "decrypt"]);
}

/** What was given, sealed for one record: it opens for no other. */
export async function seal(key: CryptoKey, record: string, what: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const text = new TextEncoder().encode(JSON.stringify(what));
  return { iv, content: await crypto.subtle.encrypt(bound(iv, record), key, text) };
}

/** What was sealed. */
export async function unseal<What>(key: CryptoKey, record: string, { iv, content }: Sealed): Promise<What> {
  const text = await crypto.subtle.decrypt(bound(iv, record), key, content);
  return JSON.parse(new TextDecoder().decode(text)) as What;
}

function bound(iv: Uint8Array<ArrayBuffer>, record: string): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(record) };
}
