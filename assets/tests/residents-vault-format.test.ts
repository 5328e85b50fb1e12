import { describe, expect, it } from "vitest";
import { fromBase32, fromBase64url, toBase32, toBase64url, toHex, utf8, type Bytes } from "../src/residents/vault/bytes";
import { codeOfQrText, codeOfWords, newCode, qrTextOf, readTyped, slips, wordOf, wordsOf } from "../src/residents/vault/codes";
import { closed, derive, lock, newVaultKey, openItem, sealItem, unlock } from "../src/residents/vault/locks";
import { WORDS } from "../src/residents/vault/wordlist";
import answers from "../../tests/web/residents/vault_format.json";

const bytes = (hex: string): Bytes => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

describe("bytes as text", () => {
  it("are those of RFC 4648, without padding", () => {
    const told = { "": ["", ""], f: ["Zg", "MY"], fo: ["Zm8", "MZXQ"], foo: ["Zm9v", "MZXW6"], foob: ["Zm9vYg", "MZXW6YQ"], fooba: ["Zm9vYmE", "MZXW6YTB"], foobar: ["Zm9vYmFy", "MZXW6YTBOI"] };
    for (const [text, [base64, base32]] of Object.entries(told)) {
      expect([toBase64url(utf8(text)), toBase32(utf8(text))]).toEqual([base64, base32]);
      expect([fromBase64url(base64!), fromBase32(base32!)]).toEqual([utf8(text), utf8(text)]);
    }
    expect(toBase64url(bytes("fbff"))).toBe("-_8");
  });

  it("are refused where they are none", () => {
    expect(() => fromBase64url("a+b/")).toThrow();
    expect([fromBase32("M1"), fromBase32("mz"), fromBase32("MZ")]).toEqual([null, null, null]);
  });
});

describe("the words", () => {
  it("are 1,024 simple ones in the order of the alphabet", () => {
    expect(WORDS.length).toBe(1024);
    expect([...WORDS].sort()).toEqual(WORDS);
    expect(WORDS.every((word) => /^[a-z]{3,8}$/.test(word))).toBe(true);
  });

  it("are told from each other by four letters", () => {
    expect(new Set(WORDS.map((word) => word.slice(0, 4))).size).toBe(1024);
    expect(WORDS.some((word) => WORDS.some((other) => other !== word && other.startsWith(word)))).toBe(false);
  });

  it("are never one slip of a finger apart", () => {
    expect(WORDS.flatMap((word, at) => WORDS.slice(at + 1).filter((other) => slips(word, other) < 2))).toEqual([]);
  });
});

describe("a code", () => {
  it.each(answers.codes)("has known words, QR text and keys: $code", async ({ code, words, qr, locator, proof }) => {
    expect(await wordsOf(bytes(code))).toEqual(words.split(" "));
    expect(await codeOfWords(words.split(" "))).toEqual(bytes(code));
    expect(qrTextOf(bytes(code))).toBe(qr);
    expect(codeOfQrText(qr)).toEqual(bytes(code));
    const derived = await derive(bytes(code));
    expect([derived.locator, derived.proof]).toEqual([locator, proof]);
    await expect(crypto.subtle.exportKey("raw", derived.wrapping)).rejects.toThrow();
  });

  it("comes back from its words and its QR code, whatever it is", async () => {
    for (let time = 0; time < 200; time += 1) {
      const code = newCode();
      expect(await codeOfWords(await wordsOf(code))).toEqual(code);
      expect(codeOfQrText(qrTextOf(code))).toEqual(code);
    }
  });

  it("does not come of words that are mistyped, missing or in another order", async () => {
    const words = answers.codes[1]!.words.split(" ");
    const swapped = [words[1]!, words[0]!, ...words.slice(2)];
    for (const wrong of [swapped, words.slice(1), [...words, "zweven"], [...words.slice(1), "zzz"], []]) expect(await codeOfWords(wrong)).toBeNull();
    const others = WORDS.filter((word) => word !== words[3]);
    const passed = await Promise.all(others.map((word) => codeOfWords([...words.slice(0, 3), word, ...words.slice(4)])));
    expect(passed.filter(Boolean).length).toBeLessThanOrEqual(2); // one in 4,096 passes by chance
  });

  it("is read from nothing but a card of ours", () => {
    for (const text of ["", "https://voorbeeld.invalid", "ONGEDEELD1:", "ONGEDEELD2:AAAAAAAAAAAAAAAAAAAAAAAAAA", "ONGEDEELD1:AAAA", `${qrTextOf(newCode())}A`]) expect(codeOfQrText(text)).toBeNull();
  });
});

describe("what somebody types", () => {
  it("is read with capitals, numbers, commas and the first four letters", () => {
    expect(readTyped("1. Aanbod, 2) AAND\n  zwembad")).toEqual({ words: ["aanbod", "aandacht", "zwembad"], unknown: [] });
    expect(wordOf("zwe")).toBeNull();
    expect(wordOf("zak")).toBe("zak");
  });

  it("tells which word is none, and which is meant", () => {
    expect(readTyped("aanbod zwambad qqqq").unknown).toEqual([
      { at: 1, typed: "zwambad", near: "zwembad" },
      { at: 2, typed: "qqqq", near: null },
    ]);
    const near = (typed: string) => readTyped(typed).unknown[0]!.near;
    expect(["zwembaden", "zwambda", "zwe", "wembat", "qqqqqqqq"].map(near)).toEqual(["zwembad", "zwembad", null, "zwembad", null]);
  });

  it("is one slip away with one letter changed, added, left out or swapped, and more with more of them", () => {
    const away = { bloem: 0, bloam: 1, bloemm: 1, bloe: 1, bleom: 1, bleam: 2, boelm: 2, bloemen: 2, bl: 3, "": 5 };
    for (const [typed, count] of Object.entries(away)) expect([typed, slips("bloem", typed), slips(typed, "bloem")]).toEqual([typed, count, count]);
  });
});

describe("a lock", () => {
  it.each(answers.locks)("that is known opens: $kind", async ({ code, vault, kind, wrapped, key }) => {
    const open = await unlock(wrapped, await derive(bytes(code)), vault, kind as "card" | "recovery", true);
    expect(toHex(new Uint8Array(await crypto.subtle.exportKey("raw", open)))).toBe(key);
  });

  it("opens for no other code, vault or kind, and the key can then not be read", async () => {
    const derived = await derive(newCode());
    const { wrapped } = await lock(await newVaultKey(), derived, "v", "card");
    const key = await unlock(wrapped, derived, "v", "card");
    await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
    await expect(unlock(wrapped, derived, "w", "card")).rejects.toThrow();
    await expect(unlock(wrapped, derived, "v", "recovery")).rejects.toThrow();
    await expect(unlock(wrapped, await derive(newCode()), "v", "card")).rejects.toThrow();
  });
});

describe("an item", () => {
  it.each(answers.items)("that is known opens: $id version $version", async ({ key, vault, id, version, ciphertext, contents }) => {
    const open = await crypto.subtle.importKey("raw", bytes(key), "AES-GCM", false, ["decrypt"]);
    expect(await openItem(open, vault, id, version, ciphertext)).toEqual(contents);
  });

  it("opens for no other vault, id or version, and not when a bit of it was changed", async () => {
    const key = await closed(await newVaultKey());
    const text = await sealItem(key, "v", "i", 2, { words: "De buren zijn er" });
    expect(await openItem(key, "v", "i", 2, text)).toEqual({ words: "De buren zijn er" });
    for (const [vault, id, version] of [["w", "i", 2], ["v", "j", 2], ["v", "i", 3]] as const) await expect(openItem(key, vault, id, version, text)).rejects.toThrow();
    const changed = fromBase64url(text);
    for (const at of [0, 12, changed.length - 1]) {
      const other = changed.slice();
      other[at]! ^= 1;
      await expect(openItem(key, "v", "i", 2, toBase64url(other))).rejects.toThrow();
    }
  });

  it("tells by its size no more than its blocks of 256, and is never sealed twice in the same way", async () => {
    const key = await closed(await newVaultKey());
    const sealed = await Promise.all(["", "a", "a".repeat(240)].map((words) => sealItem(key, "v", "i", 1, { words })));
    expect(sealed.map((text) => fromBase64url(text).length - 28)).toEqual([256, 256, 256]);
    expect(fromBase64url(await sealItem(key, "v", "i", 1, { words: "a".repeat(260) })).length - 28).toBe(512);
    expect(new Set([...sealed, await sealItem(key, "v", "i", 1, { words: "" })].map((text) => text.slice(0, 16))).size).toBe(4);
  });
});
