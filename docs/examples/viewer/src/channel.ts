import { decodeAnswers, encodeWord, type Answer } from './frames.ts';

const RETRY_MILLIS = [250, 500, 1_000, 2_000, 4_000];

/**
 * A connection to a tick listener that comes back by itself. Words that were not sent are not queued: a later word makes up
 * for all earlier ones, so only the newest is sent again.
 */
export class WordChannel {
  private socket: WebSocket | undefined;
  private newest: Uint8Array | undefined;
  private failures = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private isClosed = false;

  constructor(
    private readonly url: string,
    private readonly onAnswer: (answer: Answer) => void,
    private readonly Socket: typeof WebSocket = globalThis.WebSocket,
  ) {
    this.connect();
  }

  private connect(): void {
    const socket = new this.Socket(this.url);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      this.failures = 0;
      if (this.newest !== undefined) socket.send(this.newest as Uint8Array<ArrayBuffer>);
    };
    socket.onmessage = (event) => decodeAnswers(event.data as ArrayBuffer).forEach(this.onAnswer);
    socket.onerror = () => undefined; // A close event follows.
    socket.onclose = () => {
      if (this.isClosed) return;
      this.retry = setTimeout(() => this.connect(), RETRY_MILLIS[Math.min(this.failures++, RETRY_MILLIS.length - 1)]);
    };
    this.socket = socket;
  }

  send(session: bigint, ticks: number, word: Uint8Array): void {
    this.newest = encodeWord(session, ticks, word);
    if (this.socket?.readyState === this.Socket.OPEN) this.socket.send(this.newest as Uint8Array<ArrayBuffer>);
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.retry);
    this.socket?.close();
  }
}
