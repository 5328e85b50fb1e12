/* Format 1 of a vault: what is made of a code, and how the vault key and the items are sealed.
 *
 * docs/reference/vault.md specifies it. Nothing here may change without a new number of the format.
 */
import { fromBase64url, toBase64url, toHex, utf8, type Bytes } from "./bytes";

export const FORMAT = "ongedeeld.vault.1";
export type LockKind = "card" | "recovery";

/** With what a device finds a vault and shows that it knows the code; neither opens it. */
export interface Showing {
  locator: string;
  proof: string;
}

export interface Derived extends Showing {
  /** Wraps the vault key; it never leaves this page. */
  wrapping: CryptoKey;
}

/** The vault key wrapped under one code, as it goes to the workbench. */
export interface Lock extends Showing {
  kind: LockKind;
  wrapped: string;
}

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const BLOCK_BYTES = 256;

/** Everything that a code gives. */
export async function derive(code: Bytes): Promise<Derived> {
  const secret = await crypto.subtle.importKey("raw", code, "HKDF", false, ["deriveBits", "deriveKey"]);
  const [locate, prove, wrapping] = await Promise.all([
    crypto.subtle.deriveBits(from("locate"), secret, KEY_BYTES * 8),
    crypto.subtle.deriveBits(from("prove"), secret, KEY_BYTES * 8),
    crypto.subtle.deriveKey(from("wrap"), secret, { name: "AES-GCM", length: KEY_BYTES * 8 }, false, ["wrapKey", "unwrapKey"]),
  ]);
  return { locator: toHex(new Uint8Array(locate)), proof: toBase64url(new Uint8Array(prove)), wrapping };
}

/** A new key for a vault, which can be wrapped; `closed` makes of it the key that works with items. */
export function newVaultKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: "AES-GCM", length: KEY_BYTES * 8 }, true, ["encrypt", "decrypt"]);
}

/** The same key, that can be used and kept, and not be read. */
export async function closed(key: CryptoKey): Promise<CryptoKey> {
  const raw = new Uint8Array(await crypto.subtle.exportKey("raw", key));
  const made = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  raw.fill(0);
  return made;
}

/** A lock on a vault key: the key wrapped under a code, for this vault and this kind of code alone. */
export async function lock(key: CryptoKey, { locator, proof, wrapping }: Derived, vault: string, kind: LockKind): Promise<Lock> {
  const iv = nonce();
  const wrapped = await crypto.subtle.wrapKey("raw", key, wrapping, bound(iv, `${vault}|lock|${kind}`));
  return { kind, locator, proof, wrapped: joined(iv, wrapped) };
}

/** The vault key of a lock; throws where the code is another, or it was made for another vault or kind.
 *
 * Only to wrap it again under a new code is it `readable`.
 */
export async function unlock(wrapped: string, { wrapping }: Derived, vault: string, kind: LockKind, readable = false): Promise<CryptoKey> {
  const [iv, sealed] = parted(wrapped);
  const uses: KeyUsage[] = ["encrypt", "decrypt"];
  return crypto.subtle.unwrapKey("raw", sealed, wrapping, bound(iv, `${vault}|lock|${kind}`), "AES-GCM", readable, uses);
}

/** Seal the contents of one version of one item, filled up so that its size tells little. */
export async function sealItem(key: CryptoKey, vault: string, id: string, version: number, contents: unknown): Promise<string> {
  const iv = nonce();
  const sealed = await crypto.subtle.encrypt(bound(iv, `${vault}|item|${id}|${version}`), key, padded(utf8(JSON.stringify(contents))));
  return joined(iv, sealed);
}

/** The contents of an item; throws where it was changed, or made for another vault, item or version. */
export async function openItem(key: CryptoKey, vault: string, id: string, version: number, ciphertext: string): Promise<unknown> {
  const [iv, sealed] = parted(ciphertext);
  const text = await crypto.subtle.decrypt(bound(iv, `${vault}|item|${id}|${version}`), key, sealed);
  return JSON.parse(new TextDecoder().decode(text));
}

function from(info: "locate" | "prove" | "wrap"): HkdfParams {
  return { name: "HKDF", hash: "SHA-256", salt: utf8(FORMAT), info: utf8(info) };
}

function bound(iv: Bytes, to: string): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: utf8(`${FORMAT}|${to}`) };
}

function nonce(): Bytes {
  return crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
}

function joined(iv: Bytes, sealed: ArrayBuffer): string {
  const whole = new Uint8Array(NONCE_BYTES + sealed.byteLength);
  whole.set(iv);
  whole.set(new Uint8Array(sealed), NONCE_BYTES);
  return toBase64url(whole);
}

function parted(text: string): [Bytes, Bytes] {
  const whole = fromBase64url(text);
  return [whole.slice(0, NONCE_BYTES), whole.slice(NONCE_BYTES)];
}

/** With spaces behind it, which JSON does not mind, to a whole number of blocks. */
function padded(text: Bytes): Bytes {
  const whole = new Uint8Array(Math.ceil(text.length / BLOCK_BYTES) * BLOCK_BYTES).fill(0x20);
  whole.set(text);
  return whole;
}
