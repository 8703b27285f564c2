import type { Secrets } from './words.ts';

/** Where a viewer keeps what it must not lose; in a browser `localStorage` fits. */
export interface Store {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** What a viewer knows of its session. It is written before any of it is used. */
export interface State {
  stream: number;
  /** Unknown until the chain has it. */
  session: bigint | undefined;
  /** The highest tick whose word was ever handed out. */
  released: number;
  secrets: Secrets;
}

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const unhex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (byte) => parseInt(byte, 16));

export function save(store: Store, key: string, state: State): void {
  const { top, salt, close, sessionSeed, ticks } = state.secrets;
  store.setItem(key, JSON.stringify({
    stream: state.stream,
    session: state.session?.toString(),
    released: state.released,
    secrets: { top: hex(top), salt: hex(salt), close: hex(close), sessionSeed: hex(sessionSeed), ticks },
  }));
}

export function load(store: Store, key: string): State | undefined {
  const text = store.getItem(key);
  if (text === null) return undefined;
  const { stream, session, released, secrets } = JSON.parse(text);
  return {
    stream,
    session: session === undefined ? undefined : BigInt(session),
    released,
    secrets: {
      top: unhex(secrets.top),
      salt: unhex(secrets.salt),
      close: unhex(secrets.close),
      sessionSeed: unhex(secrets.sessionSeed),
      ticks: secrets.ticks,
    },
  };
}
