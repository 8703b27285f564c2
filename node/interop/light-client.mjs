// smoldot follows a node of ours as its only peer to a finalised head, and answers a storage query and a runtime call through it.
//   npm install smoldot@3; node light-client.mjs RAW_SPEC.json /ip4/127.0.0.1/tcp/30333/p2p/PEER_ID
// The chain has to have a runtime that is WebAssembly, such as --chain reference-dev, and //Alice an account on it.
import fs from 'node:fs';
import { start } from 'smoldot';

const PATIENCE_MILLIS = 90_000;
const HEADS = 3;
const ALICE = 'd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d';
const ACCOUNT = '0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9de1e86a9a8c739864cf3cc5ec2bea59f' + ALICE;

const [file, address] = process.argv.slice(2);
const spec = JSON.parse(fs.readFileSync(file));
spec.bootNodes = [address];
const client = start({ maxLogLevel: 1 });
const chain = await client.addChain({ chainSpec: JSON.stringify(spec) });
const ask = (id, method, params) => chain.sendJsonRpc(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
setTimeout(() => { console.error('nothing more came in time'); process.exit(1); }, PATIENCE_MILLIS);

ask('heads', 'chain_subscribeFinalizedHeads', []);
const answers = new Map();
for (let heads = 0; answers.size < 2;) {
    const message = JSON.parse(await chain.nextJsonRpcResponse());
    if (message.method === 'chain_finalizedHead' && ++heads === HEADS) {
        console.log('finalised', parseInt(message.params.result.number, 16));
        ask('account', 'state_getStorage', [ACCOUNT]);
        ask('nonce', 'state_call', ['AccountNonceApi_account_nonce', '0x' + ALICE]);
    }
    if (message.id === 'account' || message.id === 'nonce') {
        if (!message.result) {
            console.error(message.id, JSON.stringify(message.error));
            process.exit(1);
        }
        console.log(message.id, message.result);
        answers.set(message.id, message.result);
    }
}
console.log('all is well');
process.exit(0);
