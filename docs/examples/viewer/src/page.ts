/** A video that plays while it is paid, and stops when it is not. For dev chains: the account is a development one. */
import { ApiPromise, Keyring, WsProvider } from '@polkadot/api';
import { Viewer } from './viewer.ts';

/** For how many milliseconds a second may be watched whose word is not acknowledged: with that second itself, less than two. */
const PATIENCE = 900;
const MINUTES = 10;

const element = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const video = element<HTMLVideoElement>('video');
const status = element('status');
const setting = (name: string, other: string) => new URLSearchParams(location.search).get(name) ?? other;

/** Stands in for a stream: a moving picture, drawn here. */
function drawPicture(): MediaStream {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [640, 360];
  const pen = canvas.getContext('2d')!;
  setInterval(() => {
    pen.fillStyle = `hsl(${(Date.now() / 50) % 360} 60% 40%)`;
    pen.fillRect(0, 0, 640, 360);
    pen.fillStyle = 'white';
    pen.font = '48px sans-serif';
    pen.fillText(new Date().toLocaleTimeString(), 220, 190);
  }, 100);
  return canvas.captureStream(10);
}

async function start(): Promise<void> {
  const stream = Number(setting('stream', '0'));
  const api = await ApiPromise.create({ provider: new WsProvider(setting('rpc', 'ws://127.0.0.1:9944')) });
  const account = new Keyring({ type: 'sr25519' }).addFromUri(setting('account', '//Charlie'));
  const maxRate = BigInt(setting('max-rate', '1000000000'));
  const ticks = MINUTES * 60;
  const viewer = (await Viewer.resume(api, account.address, stream, localStorage))
    ?? (await Viewer.open(api, account, account.address, { stream, maxRate, deposit: maxRate * BigInt(ticks), ticks }, localStorage));
  viewer.connect(setting('ticks', 'ws://127.0.0.1:9946'));
  video.srcObject = drawPicture();
  let played = 0;
  let last = performance.now();
  let paidAt = last;
  let isHeldBack = false;
  setInterval(() => {
    const now = performance.now();
    if (!video.paused) played += (now - last) / 1_000;
    last = now;
    viewer.watched(played);
    if (viewer.behind <= 0) paidAt = now;
    const { released, settledTicks, stopped } = viewer.progress;
    if (!video.paused && (stopped !== undefined || now - paidAt > PATIENCE)) {
      video.pause();
      isHeldBack = stopped === undefined;
    } else if (isHeldBack && viewer.behind <= 0) {
      isHeldBack = false;
      void video.play();
    }
    status.textContent = `session ${viewer.session}: ${released} s paid, ${settledTicks} s settled${stopped ? `, ${stopped}` : ''}`;
  }, 50);
  element('play').onclick = () => void (video.paused ? video.play() : video.pause());
  element('close').onclick = () => void viewer.close().then(() => video.pause());
}

start().catch((error: Error) => (status.textContent = error.message));
