/**
 * The page in a headless Chromium against a running dev node: VILOKANAM_RPC, VILOKANAM_TICKS, and VILOKANAM_BROWSER for the browser's
 * executable (/usr/bin/chromium). Skipped where there is no browser.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { ApiPromise, Keyring, WsProvider } from '@polkadot/api';
import { context as bundle } from 'esbuild';
import { launch, type Browser, type Page } from 'puppeteer-core';
import { inBlock } from '../src/viewer.ts';

const RPC = process.env.VILOKANAM_RPC ?? 'ws://127.0.0.1:9944';
const TICKS = new URL(process.env.VILOKANAM_TICKS ?? 'ws://127.0.0.1:9946');
const BROWSER = process.env.VILOKANAM_BROWSER ?? '/usr/bin/chromium';
const RATE = 1_000_000_000n;
/** What the protocol promises: a stream stops so soon when it is not paid. */
const STOPS_WITHIN = 2_000;

const pause = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis));

/** Stands between the page and the tick listener, and can be cut: words no longer get through, and no answers come back. */
class Wire {
  private readonly sockets = new Set<Socket>();
  private isCut = false;
  private readonly server: Server = createServer((near) => {
    if (this.isCut) return void near.destroy();
    const far = connect(Number(TICKS.port), TICKS.hostname);
    for (const [one, other] of [[near, far], [far, near]] as const) {
      this.sockets.add(one);
      one.on('data', (bytes) => this.isCut || other.write(bytes));
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
    }
  });

  listen(): Promise<number> {
    return new Promise((resolve) => this.server.listen(0, '127.0.0.1', () => resolve((this.server.address() as { port: number }).port)));
  }

  /** The connection stays, but says nothing any more: the worst that can happen. */
  cut(): void {
    this.isCut = true;
  }

  mend(): void {
    this.isCut = false;
    this.sockets.forEach((socket) => socket.destroy());
  }

  close(): void {
    this.sockets.forEach((socket) => socket.destroy());
    this.server.close();
  }
}

let api: ApiPromise;
let browser: Browser;
let page: Page;
let pages: Awaited<ReturnType<typeof bundle>>;
const wire = new Wire();
const hasBrowser = existsSync(BROWSER);
const skip = hasBrowser ? false : `there is no browser at ${BROWSER}`;

const isPaused = () => page.$eval('video', (video) => video.paused);
const time = () => page.$eval('video', (video) => video.currentTime);
const status = () => page.$eval('#status', (line) => line.textContent ?? '');
const paid = async () => Number(/: (\d+) s paid/.exec(await status())?.[1] ?? 0);
const session = async () => /session (\d+):/.exec(await status())?.[1];

async function until(what: string, isSo: () => Promise<boolean>, millis = 30_000): Promise<number> {
  const begin = Date.now();
  while (!(await isSo())) {
    if (Date.now() - begin > millis) assert.fail(`waited ${millis} ms: ${what}; the page says: ${await status()}`);
    await pause(20);
  }
  return Date.now() - begin;
}

before(async () => {
  if (!hasBrowser) return;
  api = await ApiPromise.create({ provider: new WsProvider(RPC), noInitWarn: true, throwOnConnect: true });
  await inBlock(api, api.tx.tickStream!.createStream!(RATE, [], 0, 'browser test'), new Keyring({ type: 'sr25519' }).addFromUri('//Bob'));
  const streams = await api.query.tickStream!.streams!.entries();
  const stream = Math.max(...streams.map(([key]) => Number(key.args[0]!.toString())));
  const root = new URL('..', import.meta.url).pathname;
  pages = await bundle({ absWorkingDir: root, entryPoints: ['src/page.ts'], bundle: true, format: 'esm', outdir: 'page', write: false });
  const { port } = await pages.serve({ servedir: `${root}page`, host: '127.0.0.1', port: 0 });
  browser = await launch({ executablePath: BROWSER, headless: true, args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'] });
  page = await browser.newPage();
  const ticks = await wire.listen();
  const settings = new URLSearchParams({ stream: String(stream), rpc: RPC, ticks: `ws://127.0.0.1:${ticks}`, account: '//Eve' });
  await page.goto(`http://127.0.0.1:${port}/?${settings}`);
  await until('a session opens', async () => (await session()) !== undefined, 120_000);
});

after(async () => {
  await browser?.close();
  await pages?.dispose();
  wire.close();
  await api?.disconnect();
});

test('a stream plays while it is paid', { skip }, async () => {
  await page.click('#play');
  await until('four seconds are paid', async () => (await paid()) >= 4);
  assert.equal(await isPaused(), false);
  assert.ok((await time()) >= 3, `the video stands at ${await time()} s`);
});

test('it stops within two seconds when it is not, and goes on when it is again', { skip }, async () => {
  wire.cut();
  const took = await until('the video stops', isPaused, 10_000);
  console.log(`stopped ${took} ms after its words were cut off`);
  assert.ok(took <= STOPS_WITHIN, `it took ${took} ms`);
  const stoodAt = await time();
  await pause(1_500);
  assert.equal(await isPaused(), true);
  assert.ok((await time()) - stoodAt < 0.2, 'the video stands still');
  wire.mend();
  await until('the video goes on', async () => !(await isPaused()));
  const before = await paid();
  await until('two more seconds are paid', async () => (await paid()) >= before + 2);
});

test('a reload takes up the same session, and pays no second twice', { skip }, async () => {
  await page.click('#play');
  await until('the video is paused', isPaused);
  await pause(200);
  const [id, before] = [await session(), await paid()];
  await page.reload();
  await until('the page is there again', async () => (await session()) === id, 60_000);
  assert.equal(await paid(), before);
  await page.click('#play');
  await until('another second is paid', async () => (await paid()) > before);
});

test('it stops within two seconds when the session closes', { skip }, async () => {
  const id = await session();
  const closing = until('the session is closing', async () => {
    const found = (await api.call.tickStreamApi!.session!(id)).toJSON() as { status: Record<string, unknown> } | null;
    return found === null || Object.keys(found.status)[0] === 'closing';
  });
  await page.click('#close');
  const took = await until('the video stops', isPaused, 10_000);
  assert.ok(took <= STOPS_WITHIN, `it took ${took} ms`);
  await closing;
});
