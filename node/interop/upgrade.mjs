// @polkadot/api, unmodified and on one connection, follows a chain of composition 100 that becomes one of 101.
//   node/bin/vilokanam export-genesis-wasm --chain dev --raw 101.wasm
//   node/bin/vilokanam --chain reference-dev --alice --tmp --rpc-port 9944
//   npm install @polkadot/api@16.5.6; node upgrade.mjs ws://127.0.0.1:9944 101.wasm [authorised]
// With `authorised` root authorises the code's hash and an unsigned extrinsic brings the code; else root sets it.
import fs from 'node:fs';
import { ApiPromise, Keyring, WsProvider } from '@polkadot/api';
import { blake2AsHex } from '@polkadot/util-crypto';

const [url, file, way] = process.argv.slice(2);
const PATIENCE_MILLIS = 90_000;
setTimeout(() => { console.error('nothing more came in time'); process.exit(1); }, PATIENCE_MILLIS);
const code = '0x' + fs.readFileSync(file).toString('hex');

const provider = new WsProvider(url);
let connections = 0;
provider.on('connected', () => connections++);
const api = await ApiPromise.create({ provider });
const alice = new Keyring({ type: 'sr25519' }).addFromUri('//Alice');
const must = (holds, what) => {
    if (!holds) {
        console.error('not so:', what);
        process.exit(1);
    }
    console.log('ok', what);
};

/** Until the transaction stands in a block; answers that block. */
const included = (tx, signer) => new Promise((done, failed) => {
    const onStatus = ({ status, dispatchError }) => {
        if (dispatchError) {
            failed(new Error(dispatchError.toString()));
        } else if (status.isInBlock) {
            done(status.asInBlock.toHex());
        }
    };
    (signer ? tx.signAndSend(signer, { nonce: -1 }, onStatus) : tx.send(onStatus)).catch(failed);
});

// The newer JSON-RPC on the same connection.
const followed = [];
await provider.subscribe('chainHead_v1_followEvent', 'chainHead_v1_follow', [true], (_, event) => followed.push(event));

const versions = [];
await api.rpc.state.subscribeRuntimeVersion(version => versions.push(version.specVersion.toNumber()));
must(api.runtimeVersion.specVersion.toNumber() === 100 && !api.tx.tickStream, 'the chain is of specification 100');

let block;
if (way === 'authorised') {
    await included(api.tx.sudo.sudo(api.tx.system.authorizeUpgrade(blake2AsHex(code, 256))), alice);
    must(api.runtimeVersion.specVersion.toNumber() === 100, 'authorising alone changes nothing');
    block = await included(api.tx.system.applyAuthorizedUpgrade(code));
} else {
    block = await included(api.tx.sudo.sudo(api.tx.system.setCode(code)), alice);
}
const number = (await api.rpc.chain.getHeader(block)).number.toNumber();
console.log('the code was set in block', number);

while (!api.tx.tickStream) {
    await new Promise(done => setTimeout(done, 100));
}
must(api.runtimeVersion.specVersion.toNumber() === 101, 'the api took version 101 and its metadata by itself');
must(versions.join() === '100,101', 'state_subscribeRuntimeVersion said ' + versions);
const changed = followed.find(event => event.event === 'newBlock' && event.newRuntime);
must(changed && changed.blockHash === block && changed.newRuntime.spec.specVersion === 101,
    'chainHead_v1_follow named the new runtime at the block that set the code');

const streams = await api.query.tickStream.nextStream();
await included(api.tx.tickStream.createStream(1_000_000_000n, [], 0, 'a stream'), alice);
must((await api.query.tickStream.nextStream()).toNumber() === streams.toNumber() + 1, 'a call of TickStream was made');
const after = await api.rpc.chain.getBlockHash(number + 1);
const version = api.query.tickStream.palletVersion.key();
must((await api.rpc.state.getStorage(version, block)).isNone && (await api.rpc.state.getStorage(version, after)).isSome,
    'the storage version of TickStream is there from the next block on');
must(connections === 1, 'all of it on one connection');
process.exit(0);
