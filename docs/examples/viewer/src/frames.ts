/** The bytes of a node's tick listener; see docs/tick-stream.md. */
const WORD = 44;
const ANSWER = 21;

export const CODES = ['accepted', 'stale', 'ahead', 'mismatch', 'closing', 'exhausted', 'unknown', 'limited', 'unavailable'] as const;
export type Code = (typeof CODES)[number];

export interface Answer {
  session: bigint;
  paidTicks: number;
  settledTicks: number;
  leftTicks: number;
  code: Code;
}

export function encodeWord(session: bigint, ticks: number, word: Uint8Array): Uint8Array {
  const frame = new Uint8Array(WORD);
  const view = new DataView(frame.buffer);
  view.setBigUint64(0, session, true);
  view.setUint32(8, ticks, true);
  frame.set(word, 12);
  return frame;
}

export function decodeAnswers(message: ArrayBuffer): Answer[] {
  if (message.byteLength % ANSWER !== 0) throw new Error(`answers: got ${message.byteLength} bytes, expected a multiple of ${ANSWER}`);
  const view = new DataView(message);
  const answers: Answer[] = [];
  for (let at = 0; at < message.byteLength; at += ANSWER) {
    const code = CODES[view.getUint8(at + 20)];
    if (code === undefined) throw new Error(`answer code: got ${view.getUint8(at + 20)}, expected 0 to ${CODES.length - 1}`);
    answers.push({
      session: view.getBigUint64(at, true),
      paidTicks: view.getUint32(at + 8, true),
      settledTicks: view.getUint32(at + 12, true),
      leftTicks: view.getUint32(at + 16, true),
      code,
    });
  }
  return answers;
}
