// @polkadot/api, unmodified, reads the same chain from our node and from a stock one: everything that api.derive works out, and what
// its newer pallets have to be asked for themselves, must come out the same.
//   zcat runtime/testkit/src/main/resources/refchain/full/chain.blocks.gz > chain.blocks
//   zcat runtime/testkit/src/main/resources/refchain/full/dev.raw.json.gz > full.json
//   for both: NODE import-blocks chain.blocks --binary --chain full.json --base-path FOLDER
//             NODE --chain full.json --base-path FOLDER --rpc-port PORT --no-prometheus --no-mdns
//   npm install @polkadot/api@16.5.6; node derive.mjs ws://127.0.0.1:OURS ws://127.0.0.1:STOCK
// Neither node may make blocks meanwhile. Other chains will do too: what is asked comes from the metadata and the accounts.
import { ApiPromise, WsProvider } from '@polkadot/api';

const ANSWER_MILLIS = 15_000;
const ACCOUNTS_MAX = 12;
const INDICES = [0, 1, 2];
/** What tells of the node, or of the moment, and not of the chain. */
const LEFT_OUT = new Set(['chain.subscribeNewBlocks', 'chain.subscribeNewHeads', 'chain.subscribeFinalizedBlocks',
    'chain.subscribeFinalizedHeads', 'chain.bestNumberFinalized', 'chain.bestNumberLag', 'tx.events', 'tx.signingInfo']);
/** What asks for a block's hash. */
const BY_HASH = new Set(['chain.getBlock', 'chain.getHeader']);
/** None of these sections may be missing; referenda and identities api.derive has no section for. */
const SECTIONS = ['session', 'council', 'technicalCommittee', 'elections', 'treasury', 'accounts', 'balances'];

const apis = await Promise.all(process.argv.slice(2, 4).map((url) =>
    ApiPromise.create({ provider: new WsProvider(url), noInitWarn: true })));
const [ours, stock] = apis;
const heads = await Promise.all(apis.map((api) => api.rpc.chain.getHeader()));
if (heads[0].hash.toHex() !== heads[1].hash.toHex()) {
    console.error(`not the same block: ${heads[0].number} ${heads[0].hash}, ${heads[1].number} ${heads[1].hash}`);
    process.exit(1);
}
const spec = stock.runtimeVersion.specVersion.toNumber();
console.log(`block ${heads[0].number} of spec version ${spec}`);

const within = (promise) => Promise.race([promise,
    new Promise((_, failed) => setTimeout(() => failed(new Error('no answer')), ANSWER_MILLIS).unref())]);
const plain = (_, value) => typeof value === 'bigint' ? value.toString()
    : value instanceof Map ? [...value] : typeof value === 'function' ? undefined : value;
const said = async (question) => {
    try {
        return JSON.stringify(await within(Promise.resolve(question())), plain) ?? 'nothing';
    } catch (e) {
        return 'error: ' + e.message;
    }
};

let same = 0;
let answered = 0;
const differences = [];
const compare = async (name, question) => {
    const [own, other] = await Promise.all(apis.map((api) => said(() => question(api))));
    if (own === other) {
        same++;
        answered += own.startsWith('error') || own === '[]' || own === 'null' ? 0 : 1;
    } else {
        differences.push(`${name}\n  ours  ${own.slice(0, 400)}\n  stock ${other.slice(0, 400)}`);
    }
};

const accounts = (await stock.query.system.account.keysPaged({ args: [], pageSize: 200 }))
    .map((key) => key.args[0].toString()).slice(0, ACCOUNTS_MAX);
const identities = (await stock.query.identity?.identityOf.entries() ?? []).map(([key]) => key.args[0].toString());
const asked = [...new Set([...identities, ...accounts])];

const missing = SECTIONS.filter((section) => !ours.derive[section]);
for (const [section, methods] of Object.entries(stock.derive)) {
    for (const method of Object.keys(methods)) {
        const name = `${section}.${method}`;
        if (BY_HASH.has(name)) {
            await compare(name, (api) => api.derive[section][method](heads[0].hash));
        } else if (!LEFT_OUT.has(name)) {
            await compare(name, (api) => api.derive[section][method]());
            for (const index of INDICES) {
                await compare(`${name}(${index})`, (api) => api.derive[section][method](index));
            }
            await compare(`${name}([accounts])`, (api) => api.derive[section][method](asked));
            for (const account of section === 'chain' ? [] : asked) {
                await compare(`${name}(${account})`, (api) => api.derive[section][method](account));
            }
        }
    }
}
// What api.derive does not know of: each value and each map of every pallet, as the client decodes it.
for (const [section, items] of Object.entries(stock.query)) {
    for (const [item, query] of Object.entries(items)) {
        if (query.creator?.meta?.type.isMap) {
            await compare(`query.${section}.${item}.entries`, (api) => api.query[section][item].entries());
        } else if (query.creator) {
            await compare(`query.${section}.${item}`, (api) => api.query[section][item]());
        }
    }
}
for (const [section, values] of Object.entries(stock.consts)) {
    for (const value of Object.keys(values)) {
        await compare(`consts.${section}.${value}`, async (api) => api.consts[section][value].toHex());
    }
}

console.log(`sections of api.derive: ${Object.keys(stock.derive).join(', ')}`);
console.log(`${same} questions were answered the same, ${answered} of them with something; ${differences.length} were not`);
differences.slice(0, 20).forEach((difference) => console.log(difference));
if (missing.length > 0) {
    console.log(`api.derive has no ${missing.join(', ')}`);
}
process.exit(differences.length === 0 && missing.length === 0 ? 0 : 1);
