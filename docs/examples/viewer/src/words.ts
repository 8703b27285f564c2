import { sha256 } from '@noble/hashes/sha2';

/** A word is kept each so many ticks; the ones between are hashed again when they are needed. */
const CHECKPOINT = 256;

/** The secrets of one session. Whoever has them can spend its deposit, though only to the chosen stream. */
export interface Secrets {
  /** Word number `ticks`, 32 bytes. */
  top: Uint8Array;
  /** 16 bytes. */
  salt: Uint8Array;
  /** Closes the session, 32 bytes. */
  close: Uint8Array;
  /** Seed of the key that proves to media servers whose session it is, 32 bytes. */
  sessionSeed: Uint8Array;
  /** Length of the hash chain. */
  ticks: number;
}

export function drawSecrets(ticks: number): Secrets {
  const draw = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  return { top: draw(32), salt: draw(16), close: draw(32), sessionSeed: draw(32), ticks };
}

export { sha256 };

/** A hash chain by checkpoints: w[i] = sha2_256(salt ‖ w[i + 1]). */
export class WordChain {
  private readonly checkpoints: Uint8Array[] = [];
  private readonly input = new Uint8Array(48);
  private segment: Uint8Array[] = [];
  private segmentIndex = -1;

  constructor(private readonly secrets: Secrets) {
    this.input.set(secrets.salt);
    let word = secrets.top;
    for (let i = secrets.ticks; ; i--) {
      if (i % CHECKPOINT === 0 || i === secrets.ticks) this.checkpoints[Math.ceil(i / CHECKPOINT)] = word;
      if (i === 0) break;
      word = this.before(word);
    }
  }

  private before(word: Uint8Array): Uint8Array {
    this.input.set(word, 16);
    return sha256(this.input);
  }

  get length(): number {
    return this.secrets.ticks;
  }

  /** The word that proves so many ticks; word 0 is the anchor. */
  word(ticks: number): Uint8Array {
    if (!Number.isInteger(ticks) || ticks < 0 || ticks > this.length) {
      throw new RangeError(`ticks: got ${ticks}, expected 0 to ${this.length}`);
    }
    const index = Math.ceil(ticks / CHECKPOINT);
    if (index !== this.segmentIndex) this.open(index);
    return this.segment[Math.min(index * CHECKPOINT, this.length) - ticks]!;
  }

  /** Hashes all words between two checkpoints. */
  private open(index: number): void {
    const last = Math.min(index * CHECKPOINT, this.length);
    const first = index === 0 ? 0 : (index - 1) * CHECKPOINT + 1;
    let word = this.checkpoints[index]!;
    this.segment = [word];
    for (let i = last; i > first; i--) this.segment.push((word = this.before(word)));
    this.segmentIndex = index;
  }
}
