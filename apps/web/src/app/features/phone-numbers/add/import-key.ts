const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

// Not randomUUID: it is absent outside secure contexts, such as plain HTTP on a host other than localhost.
const random = (): string => hex(crypto.getRandomValues(new Uint8Array(16)));

/**
 * The idempotency key of an import: the same for the same body, so that an attempt whose answer was lost is not carried
 * out twice. The body holds secrets, so only a salted digest of it is kept for the comparison.
 */
export class ImportKey {
  private readonly salt = random();
  private digest: string | null = null;
  private key = random();

  async for(body: object): Promise<string> {
    const digest = await this.digestOf(body);
    // Without a digest nothing shows that the body is the same, and a key must not serve two bodies.
    if (digest === null || digest !== this.digest) this.key = random();
    this.digest = digest;
    return this.key;
  }

  /** The outcome is settled and would only be repeated: the next attempt is a new one. */
  spend(): void {
    this.digest = null;
  }

  private async digestOf(body: object): Promise<string | null> {
    const subtle = (crypto as Partial<Crypto>).subtle;
    if (subtle === undefined) return null;
    const text = new TextEncoder().encode(this.salt + JSON.stringify(body));
    return hex(new Uint8Array(await subtle.digest('SHA-256', text)));
  }
}
