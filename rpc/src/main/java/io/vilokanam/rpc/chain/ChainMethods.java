package io.vilokanam.rpc.chain;

import static io.vilokanam.rpc.method.RpcMethod.method;
import static io.vilokanam.rpc.method.RpcMethod.subscription;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.vilokanam.primitives.Hash;
import io.vilokanam.rpc.backend.ChainBackend;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.method.MethodFamily;
import io.vilokanam.rpc.method.Parameter;
import io.vilokanam.rpc.method.ParameterTypes;
import io.vilokanam.rpc.method.RpcMethod;
import io.vilokanam.rpc.method.RpcParams;
import io.vilokanam.rpc.protocol.RpcError;
import io.vilokanam.rpc.protocol.RpcException;

/** {@code chain_*}: headers, blocks, hashes, and subscriptions to heads. */
public final class ChainMethods implements MethodFamily {

    private static final Parameter<Hash> HASH = Parameter.optional("hash", ParameterTypes.HASH);
    private static final Parameter<BlockNumbers> NUMBERS = Parameter.optional("hash", BlockNumbers.TYPE);
    private static final BigInteger NUMBER_MAX = BigInteger.valueOf(0xffff_ffffL);
    private static final int NUMBER_TOO_LARGE = 3001;

    private final ChainBackend chain;
    private final HeaderTexts texts = new HeaderTexts();
    private final HeadFeed allHeads;
    private final HeadFeed bestHeads;
    private final HeadFeed finalisedHeads;

    public ChainMethods(ChainBackend chain) {
        this.chain = chain;
        this.allHeads = new HeadFeed(chain, HeadFeed.Heads.ALL);
        this.bestHeads = new HeadFeed(chain, HeadFeed.Heads.BEST);
        this.finalisedHeads = new HeadFeed(chain, HeadFeed.Heads.FINALISED);
    }

    @Override
    public List<RpcMethod> methods() {
        return List.of(
                method("chain_getHeader", params -> Json.nullable(chain.header(at(params)), texts::of), HASH)
                        .returns(HeaderJson.HEADER + "?")
                        .prompt(),
                method("chain_getBlock", params -> Json.nullable(chain.block(at(params)), HeaderJson::block), HASH)
                        .returns(HeaderJson.BLOCK + "?"),
                method("chain_getBlockHash", this::blockHash, NUMBERS).returns("hash?|[hash?]").alias("chain_getHead")
                        .prompt(),
                method("chain_getFinalizedHead", params -> Json.hex(chain.finalised().hash())).returns("hash")
                        .alias("chain_getFinalisedHead").prompt(),
                subscription("chain_subscribeAllHeads", "chain_allHead", "chain_unsubscribeAllHeads",
                        (params, subscriber) -> allHeads.add(subscriber)).sends(HeaderJson.HEADER),
                subscription("chain_subscribeNewHeads", "chain_newHead", "chain_unsubscribeNewHeads",
                        (params, subscriber) -> bestHeads.add(subscriber)).sends(HeaderJson.HEADER)
                        .alias("chain_subscribeNewHead", "chain_unsubscribeNewHead")
                        .alias("subscribe_newHead", "unsubscribe_newHead"),
                subscription("chain_subscribeFinalizedHeads", "chain_finalizedHead", "chain_unsubscribeFinalizedHeads",
                        (params, subscriber) -> finalisedHeads.add(subscriber)).sends(HeaderJson.HEADER)
                        .alias("chain_subscribeFinalisedHeads", "chain_unsubscribeFinalisedHeads"));
    }

    private Hash at(RpcParams params) {
        return params.find(HASH).orElseGet(() -> chain.best().hash());
    }

    private JsonValue blockHash(RpcParams params) throws RpcException {
        Optional<BlockNumbers> numbers = params.find(NUMBERS);
        if (numbers.isEmpty()) {
            return Json.hex(chain.best().hash());
        }
        return switch (numbers.get()) {
            case BlockNumbers.One(var height) -> hashOf(height);
            case BlockNumbers.Many(var heights) -> {
                var hashes = new ArrayList<JsonValue>(heights.size());
                for (BlockNumbers.Height height : heights) {
                    hashes.add(hashOf(height));
                }
                yield Json.list(hashes, Function.identity());
            }
        };
    }

    private JsonValue hashOf(BlockNumbers.Height height) throws RpcException {
        if (height.number().compareTo(NUMBER_MAX) > 0) {
            throw new RpcError(NUMBER_TOO_LARGE, "`" + height.form() + "` > u32::MAX, the max block number is u32.")
                    .exception();
        }
        return Json.nullable(chain.hashAt(height.number().longValueExact()), Json::hex);
    }
}
