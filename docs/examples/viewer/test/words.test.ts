import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { decodeAnswers, encodeWord } from '../src/frames.ts';
import { load, save, type Store } from '../src/state.ts';
import { drawSecrets, WordChain } from '../src/words.ts';

for (const ticks of [1, 255, 256, 257, 1_000]) {
  test(`a chain of ${ticks} words is the same by checkpoints as hashed in a row`, () => {
    const secrets = drawSecrets(ticks);
    const chain = new WordChain(secrets);
    let word = Buffer.from(secrets.top);
    for (let i = ticks; i >= 0; i--) {
      assert.deepEqual(Buffer.from(chain.word(i)), word);
      word = createHash('sha256').update(secrets.salt).update(word).digest();
    }
    for (const i of [0, ticks, Math.floor(ticks / 2), 1]) chain.word(i);
    assert.throws(() => chain.word(ticks + 1), /expected 0 to/);
  });
}

test('frames have the bytes of the protocol', () => {
  const frame = encodeWord(259n, 7, new Uint8Array(32).fill(0xab));
  assert.equal(Buffer.from(frame).toString('hex'), '030100000000000007000000' + 'ab'.repeat(32));
  const answer = Uint8Array.from(Buffer.from('030100000000000007000000000000005d00000000', 'hex'));
  assert.deepEqual(decodeAnswers(answer.buffer), [{ session: 259n, paidTicks: 7, settledTicks: 0, leftTicks: 93, code: 'accepted' }]);
  assert.throws(() => decodeAnswers(new ArrayBuffer(20)), /multiple of 21/);
});

test('a state is the same after it was kept', () => {
  const kept = new Map<string, string>();
  const store: Store = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value), removeItem: (key) => void kept.delete(key) };
  const state = { stream: 3, session: 2n ** 63n, released: 17, secrets: drawSecrets(20) };
  save(store, 'k', state);
  assert.deepEqual(load(store, 'k'), state);
  assert.equal(load(store, 'other'), undefined);
});
