/* Bytes as text, and back: hexadecimal, base64url without padding, and base32 (RFC 4648). */

export type Bytes = Uint8Array<ArrayBuffer>;

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const PIECE = 8192;

export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text);
}

export function toHex(bytes: Bytes): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function toBase64url(bytes: Bytes): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += PIECE) text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The bytes of a text; throws where it is not base64url. */
export function fromBase64url(text: string): Bytes {
  if (!/^[\w-]*$/.test(text)) throw new SyntaxError("this is not base64url");
  const read = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(read, (letter) => letter.charCodeAt(0));
}

export function toBase32(bytes: Bytes): string {
  return inGroups(bytes, 8, 5).map((at) => BASE32[at]).join("");
}

/** The bytes of a text of capitals and digits; null where it is none, or holds more than whole bytes. */
export function fromBase32(text: string): Bytes | null {
  const values = [...text].map((letter) => BASE32.indexOf(letter));
  const isSpare = (values.length * 5) % 8 >= 5;
  if (values.includes(-1) || isSpare) return null;
  const bytes = inGroups(values, 5, 8);
  const whole = Math.floor((values.length * 5) / 8);
  if (bytes.slice(whole).some((byte) => byte !== 0)) return null;
  return Uint8Array.from(bytes.slice(0, whole));
}

/** The same bits, highest first, in groups of another size; the last group is filled with zeros. */
export function inGroups(values: Iterable<number>, from: number, to: number): number[] {
  const groups: number[] = [];
  let held = 0;
  let bits = 0;
  for (const value of values) {
    held = (held << from) | value;
    bits += from;
    while (bits >= to) {
      bits -= to;
      groups.push((held >> bits) & ((1 << to) - 1));
      held &= (1 << bits) - 1;
    }
  }
  if (bits) groups.push((held << (to - bits)) & ((1 << to) - 1));
  return groups;
}
