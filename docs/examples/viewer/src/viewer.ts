import type { ApiPromise } from '@polkadot/api';
import type { AddressOrPair, SubmittableExtrinsic } from '@polkadot/api/types';
import { u8aConcat, u8aToHex } from '@polkadot/util';
import { cryptoWaitReady, sr25519PairFromSeed, sr25519Sign } from '@polkadot/util-crypto';
import type { Code } from './frames.ts';
import { WordChannel } from './channel.ts';
import { load, save, type State, type Store } from './state.ts';
import { drawSecrets, sha256, WordChain } from './words.ts';

/** What a person agrees to. Nothing that a server says later changes it. */
export interface Consent {
  stream: number;
  /** The most that a tick may cost, plancks; the chain refuses to open the session at more. */
  maxRate: bigint;
  /** What goes into escrow, plancks: the most that all of it can cost. */
  deposit: bigint;
  /** The most ticks to watch; the length of the hash chain. */
  ticks: number;
}

export interface Progress {
  /** Ticks whose words were handed out: what the viewer has agreed to pay. */
  released: number;
  /** The collector's word on what it knows; only for display. */
  paidTicks: number;
  settledTicks: number;
  leftTicks: number;
  /** Why nothing is paid any more, where that is so. */
  stopped: Code | undefined;
}

const STOPS: readonly Code[] = ['mismatch', 'closing', 'exhausted', 'unknown'];
const CONTEXT = new TextEncoder().encode('vilokanam/tick-stream/entitlement/1');

/**
 * Pays one session second by second. The player calls `watched(seconds)`: that alone decides which word is released. The
 * answers of the collector are shown, and may stop the paying; they never make it pay more.
 */
export class Viewer {
  private readonly chain: WordChain;
  private channel: WordChannel | undefined;
  private shown: Omit<Progress, 'released'> = { paidTicks: 0, settledTicks: 0, leftTicks: 0, stopped: undefined };
  private readonly base: number;

  private constructor(
    private readonly api: ApiPromise,
    private readonly store: Store,
    private readonly key: string,
    private readonly state: State,
  ) {
    this.chain = new WordChain(state.secrets);
    this.base = state.released;
  }

  /** Where the secrets of a viewer's session of a stream are kept. */
  static key(address: string, stream: number): string {
    return `vilokanam-session-${address}-${stream}`;
  }

  /** Opens a session: the one thing that is signed. Secrets are kept before the transaction is sent. */
  static async open(api: ApiPromise, signer: AddressOrPair, address: string, consent: Consent, store: Store): Promise<Viewer> {
    await cryptoWaitReady();
    const secrets = drawSecrets(consent.ticks);
    const state: State = { stream: consent.stream, session: undefined, released: 0, secrets };
    const key = Viewer.key(address, consent.stream);
    if (load(store, key) !== undefined) throw new Error(`there is a session of ${address} and stream ${consent.stream}: resume it`);
    save(store, key, state);
    const viewer = new Viewer(api, store, key, state);
    const call = api.tx.tickStream!.openSession!(consent.stream, consent.deposit, consent.maxRate, consent.ticks,
      viewer.chain.word(0), secrets.salt, sr25519PairFromSeed(secrets.sessionSeed).publicKey, sha256(secrets.close));
    try {
      await inBlock(api, call, signer);
    } catch (error) {
      store.removeItem(key);
      throw error;
    }
    if (!(await viewer.findOnChain(address))) throw new Error('the transaction is in a block, but opened no session');
    return viewer;
  }

  /** Takes up a session after a reload or crash; nothing where there is none, or it is over. */
  static async resume(api: ApiPromise, address: string, stream: number, store: Store): Promise<Viewer | undefined> {
    await cryptoWaitReady();
    const key = Viewer.key(address, stream);
    const state = load(store, key);
    if (state === undefined) return undefined;
    const viewer = new Viewer(api, store, key, state);
    if (await viewer.findOnChain(address)) return viewer;
    store.removeItem(key);
    return undefined;
  }

  /** Whether the session on chain has this viewer's own anchor chain. */
  private async findOnChain(address: string): Promise<boolean> {
    const found = (await this.api.call.tickStreamApi!.sessionOf!(address, this.state.stream)).toJSON() as
      [number | string, { anchor: string; settledTicks: number }] | null;
    if (found === null) return false;
    const { anchor, settledTicks } = found[1];
    if (settledTicks > this.state.secrets.ticks || u8aToHex(this.chain.word(settledTicks)) !== anchor) return false;
    this.state.session = BigInt(found[0]);
    save(this.store, this.key, this.state);
    return true;
  }

  get session(): bigint {
    if (this.state.session === undefined) throw new Error('the session is not on chain yet');
    return this.state.session;
  }

  get progress(): Progress {
    return { released: this.state.released, ...this.shown };
  }

  /** Begins to send words to a tick listener; after a reload the newest one again, whose answer tells what is paid. */
  connect(url: string, Socket?: typeof WebSocket): void {
    this.channel = new WordChannel(url, (answer) => {
      if (answer.session !== this.state.session) return;
      this.shown = {
        paidTicks: answer.paidTicks,
        settledTicks: answer.settledTicks,
        leftTicks: answer.leftTicks,
        stopped: STOPS.includes(answer.code) ? answer.code : undefined,
      };
    }, Socket);
    const { released } = this.state;
    if (released > 0) this.channel.send(this.session, released, this.chain.word(released));
  }

  /** The player has played so many seconds since this viewer was made; pays them, never more. */
  watched(seconds: number): void {
    const ticks = Math.min(this.base + Math.floor(seconds), this.chain.length);
    if (ticks <= this.state.released || this.shown.stopped !== undefined) return;
    this.state.released = ticks;
    save(this.store, this.key, this.state);
    this.channel?.send(this.session, ticks, this.chain.word(ticks));
  }

  /** Ticks that were watched and are not acknowledged: a player should pause when this grows. */
  get behind(): number {
    return this.state.released - this.shown.paidTicks;
  }

  /** Proves to a media server that the session is this viewer's. */
  answerChallenge(challenge: Uint8Array): Uint8Array {
    const session = new Uint8Array(8);
    new DataView(session.buffer).setBigUint64(0, this.session, true);
    return sr25519Sign(u8aConcat(CONTEXT, this.api.genesisHash.toU8a(), session, challenge),
      sr25519PairFromSeed(this.state.secrets.sessionSeed));
  }

  /** Closes without a transaction: the collector takes the secret to the chain. The rest comes back after the challenge window. */
  async close(): Promise<void> {
    const provider = (this.api as unknown as { _rpcCore: { provider: { send(method: string, params: unknown[]): Promise<unknown> } } })._rpcCore.provider;
    await provider.send('tickStream_v1_release', [this.session.toString(), u8aToHex(this.state.secrets.close)]);
    this.disconnect();
  }

  /** Stops sending; the session stays open. */
  disconnect(): void {
    this.channel?.close();
    this.channel = undefined;
  }
}

/** Sends a transaction and waits until a block holds it and it has worked. */
export function inBlock(api: ApiPromise, call: SubmittableExtrinsic<'promise'>, signer: AddressOrPair): Promise<void> {
  return new Promise((resolve, reject) => {
    call.signAndSend(signer, ({ status, dispatchError, isError }) => {
      if (dispatchError !== undefined) {
        reject(new Error(dispatchError.isModule ? api.registry.findMetaError(dispatchError.asModule).docs.join(' ') : dispatchError.toString()));
      } else if (status.isInBlock) {
        resolve();
      } else if (isError) {
        reject(new Error(`the transaction was not taken: ${status.type}`));
      }
    }).catch(reject);
  });
}
