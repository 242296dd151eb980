/** A message of PostgreSQL's protocol, whole. */
export interface Message {
  /** Its letter; `startup` for the first one of a client, which has none. */
  type: string;
  bytes: Buffer;
}

/** Cuts a stream of bytes into messages. */
export class MessageReader {
  private buffer: Buffer = Buffer.alloc(0);

  constructor(private isStarted: boolean) {}

  read(data: Buffer): Message[] {
    this.buffer = Buffer.concat([this.buffer, data]);
    const messages: Message[] = [];
    for (;;) {
      const prefix = this.isStarted ? 1 : 0;
      if (this.buffer.length < prefix + 4) return messages;
      const length = prefix + this.buffer.readInt32BE(prefix);
      if (this.buffer.length < length) return messages;
      const bytes = this.buffer.subarray(0, length);
      this.buffer = this.buffer.subarray(length);
      messages.push({ type: this.isStarted ? String.fromCharCode(bytes[0] ?? 0) : 'startup', bytes });
      this.isStarted = true;
    }
  }
}

/** Knows which statement a message of one client's carries out: by its text, or by the name that the client gave a text before. */
export class StatementReader {
  private readonly texts = new Map<string, string>();

  /** The text of a simple query, or of the prepared statement that is bound; none for any other message. */
  read({ type, bytes }: Message): string | undefined {
    if (type === 'Q') return bytes.toString('utf8', 5, bytes.length - 1);
    if (type === 'P') {
      const [name = '', text = ''] = bytes.toString('utf8', 5).split('\0', 2);
      this.texts.set(name, text);
    }
    if (type !== 'B') return undefined;
    const [, name = ''] = bytes.toString('utf8', 5).split('\0', 2);
    return this.texts.get(name);
  }
}
