import { compactVerify, importJWK } from "jose";
import { expect, it } from "vitest";

/** RFC 8032, section 7.1: public key, message, signature. */
const VECTORS = [
  [
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "",
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  ],
  [
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "72",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  ],
  [
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    "af82",
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  ],
] as const;

/** As jose asks the runtime: with the key's 32 bytes. A key that is no point cannot be imported. */
const fits = (key: Buffer, message: Buffer, signature: Buffer): Promise<boolean> =>
  crypto.subtle
    .importKey("raw", bytes(key), { name: "Ed25519" }, false, ["verify"])
    .then((imported) =>
      crypto.subtle.verify({ name: "Ed25519" }, imported, bytes(signature), bytes(message)),
    )
    .catch(() => false);
const bytes = (of: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(of);

function* neighbours(of: Buffer): Generator<Buffer> {
  for (let bit = 0; bit < of.length * 8; bit++) {
    const other = Buffer.from(of);
    other[bit >> 3] = (other[bit >> 3] as number) ^ (1 << (bit & 7));
    yield other;
  }
}

it("the published vectors of Ed25519 fit, and none of their neighbours does", async () => {
  for (const [key, message, signature] of VECTORS) {
    const [k, m, s] = [key, message, signature].map((hex) => Buffer.from(hex, "hex"));
    if (!k || !m || !s) throw new Error("no vector");
    expect(await fits(k, m, s)).toBe(true);
    for (const other of neighbours(s)) expect(await fits(k, m, other)).toBe(false);
    for (const other of neighbours(k)) expect(await fits(other, m, s)).toBe(false);
    for (const other of neighbours(m)) expect(await fits(k, other, s)).toBe(false);
    for (const other of [s.subarray(0, 63), Buffer.concat([s, Buffer.alloc(1)]), Buffer.alloc(0)]) {
      expect(await fits(k, m, other)).toBe(false);
    }
  }
});

it("the published token of RFC 8037 is verified under its own key", async () => {
  const jwk = { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" };
  const token =
    "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
  const key = await importJWK(jwk, "EdDSA");
  const { payload } = await compactVerify(token, key, { algorithms: ["EdDSA"] });
  expect(Buffer.from(payload).toString()).toBe("Example of Ed25519 signing");
});
