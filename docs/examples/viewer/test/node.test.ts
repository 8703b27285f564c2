/** Against a running dev node: VILOKANAM_RPC (ws://127.0.0.1:9944) and VILOKANAM_TICKS (ws://127.0.0.1:9946). */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { ApiPromise, Keyring, WsProvider } from '@polkadot/api';
import { u8aToHex } from '@polkadot/util';
import { WebSocket as NodeSocket, WebSocketServer } from 'ws';
import type { Store } from '../src/state.ts';
import { inBlock, Viewer } from '../src/viewer.ts';

const RPC = process.env.VILOKANAM_RPC ?? 'ws://127.0.0.1:9944';
const TICKS = process.env.VILOKANAM_TICKS ?? 'ws://127.0.0.1:9946';
const RATE = 1_000_000_000n;
const Socket = NodeSocket as unknown as typeof WebSocket;

let api: ApiPromise;
let provider: WsProvider;
let stream: number;
const keys = new Keyring({ type: 'sr25519' });
const kept = new Map<string, string>();
const store: Store = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value), removeItem: (key) => void kept.delete(key) };

const pause = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis));
const until = async (what: string, isSo: () => boolean | Promise<boolean>) => {
  for (let i = 0; i < 200; i++) {
    if (await isSo()) return;
    await pause(100);
  }
  assert.fail(`waited 20 s: ${what}`);
};
const session = (id: bigint) => provider.send<{ settledTicks: number; paidTicks: number; status: string } | null>('tickStream_v1_session', [id.toString()]);

before(async () => {
  provider = new WsProvider(RPC);
  api = await ApiPromise.create({ provider, noInitWarn: true });
  await inBlock(api, api.tx.tickStream!.createStream!(RATE, [], 0, 'viewer test'), keys.addFromUri('//Bob'));
  const streams = await api.query.tickStream!.streams!.entries();
  stream = Math.max(...streams.map(([key]) => Number(key.args[0]!.toString())));
});
after(() => api.disconnect());

/** Plays in real time for so many seconds. */
async function play(viewer: Viewer, seconds: number): Promise<void> {
  const begin = Date.now();
  for (let played = 0; played < seconds; played = (Date.now() - begin) / 1_000) {
    viewer.watched(played);
    await pause(100);
  }
  viewer.watched(seconds);
}

test('pays what was watched, over a reload, to the planck', async () => {
  const charlie = keys.addFromUri('//Charlie');
  const consent = { stream, maxRate: RATE, deposit: 30n * RATE, ticks: 30 };
  const first = await Viewer.open(api, charlie, charlie.address, consent, store);
  first.connect(TICKS, Socket);
  await play(first, 3);
  await until('the collector knows 3 ticks', () => first.progress.paidTicks === 3);
  first.disconnect();

  const again = await Viewer.resume(api, charlie.address, stream, store);
  assert.ok(again !== undefined);
  assert.equal(again.session, first.session);
  assert.equal(again.progress.released, 3);
  again.connect(TICKS, Socket);
  await play(again, 2);
  await until('the collector knows 5 ticks', () => again.progress.paidTicks === 5);
  assert.equal(again.behind, 0);
  await until('5 ticks are settled', async () => (await session(again.session))?.settledTicks === 5);

  const challenge = crypto.getRandomValues(new Uint8Array(32));
  const asked = [again.session.toString(), u8aToHex(challenge), u8aToHex(again.answerChallenge(challenge))];
  const entitled = await provider.send<{ entitled: boolean; session: { paidTicks: number } }>('tickStream_v1_entitlement', asked);
  assert.ok(entitled.entitled);
  assert.equal(entitled.session.paidTicks, 5);

  await again.close();
  await until('the session is closing', async () => (await session(again.session))?.status !== 'open');
});

test('a session that was opened for more than agreed is refused by the chain', async () => {
  const dave = keys.addFromUri('//Dave');
  await assert.rejects(Viewer.open(api, dave, dave.address, { stream, maxRate: RATE - 1n, deposit: 30n * RATE, ticks: 30 }, store));
  assert.equal(store.getItem(Viewer.key(dave.address, stream)), null);
});

test('a server that lies about what is paid gets nothing for it', async (context) => {
  const ferdie = keys.addFromUri('//Ferdie');
  const heard: number[] = [];
  const liar = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  context.after(() => {
    liar.close();
    liar.clients.forEach((client) => client.terminate());
  });
  await once(liar, 'listening');
  liar.on('connection', (socket) => socket.on('message', (frame: Buffer) => {
    heard.push(frame.readUInt32LE(8));
    const answer = Buffer.alloc(21);
    frame.copy(answer, 0, 0, 8);
    answer.writeUInt32LE(29, 8);
    answer.writeUInt32LE(29, 12);
    answer.writeUInt32LE(1_000_000, 16);
    socket.send(answer);
  }));
  const viewer = await Viewer.open(api, ferdie, ferdie.address, { stream, maxRate: RATE, deposit: 30n * RATE, ticks: 30 }, store);
  viewer.connect(`ws://127.0.0.1:${(liar.address() as { port: number }).port}`, Socket);
  await play(viewer, 2);
  await until('the liar was heard', () => viewer.progress.paidTicks === 29);
  viewer.watched(2.9);
  assert.equal(viewer.progress.released, 2);
  await until('both words were heard', () => heard.includes(2));
  assert.equal(Math.max(...heard), 2);
  await viewer.close();
});
