package io.vilokanam.rpc.archive;

import static io.vilokanam.rpc.method.RpcMethod.method;
import static io.vilokanam.rpc.method.RpcMethod.subscription;

import java.util.List;
import java.util.Optional;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.rpc.backend.ChainBackend;
import io.vilokanam.rpc.backend.StateBackend;
import io.vilokanam.rpc.backend.StateUnavailableException;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.method.MethodFamily;
import io.vilokanam.rpc.method.Parameter;
import io.vilokanam.rpc.method.ParameterTypes;
import io.vilokanam.rpc.method.RpcMethod;
import io.vilokanam.rpc.method.RpcParams;
import io.vilokanam.rpc.protocol.RpcError;
import io.vilokanam.rpc.protocol.RpcException;
import io.vilokanam.rpc.state.ClientErrors;
import io.vilokanam.rpc.storage.HexText;
import io.vilokanam.rpc.storage.StorageItem;
import io.vilokanam.scale.Bytes;

/** {@code archive_v1_*}: any block and any state; for nodes that keep them all. */
public final class ArchiveMethods implements MethodFamily {

    private static final Parameter<Hash> HASH = Parameter.required("hash", ParameterTypes.HASH);
    private static final Parameter<Long> HEIGHT = Parameter.required("height", ParameterTypes.U64);
    private static final Parameter<String> FUNCTION = Parameter.required("function", ParameterTypes.TEXT);
    private static final Parameter<String> CALL_PARAMETERS = Parameter.required("callParameters", ParameterTypes.TEXT);
    private static final Parameter<List<StorageItem>> ITEMS = Parameter.required("items",
            ParameterTypes.listOf(StorageItem.TYPE));
    private static final Parameter<String> CHILD_TRIE = Parameter.optional("childTrie", ParameterTypes.TEXT);
    private static final Parameter<List<DiffItem>> DIFF_ITEMS = Parameter.required("items",
            ParameterTypes.listOf(DiffItem.TYPE));
    private static final Parameter<Hash> PREVIOUS = Parameter.optional("previousHash", ParameterTypes.HASH);
    private static final int INVALID_PARAM = 3001;
    private static final long NUMBER_MAX = 0xffff_ffffL;

    private final ChainBackend chain;
    private final StateBackend states;

    public ArchiveMethods(ChainBackend chain, StateBackend states) {
        this.chain = chain;
        this.states = states;
    }

    @Override
    public List<RpcMethod> methods() {
        return List.of(method("archive_v1_genesisHash", params -> Json.hex(chain.genesisHash())).returns("hash"),
                method("archive_v1_finalizedHeight", params -> Json.number(chain.finalised().number()))
                        .returns("number"),
                method("archive_v1_hashByHeight", this::hashByHeight, HEIGHT).returns("[hash]"),
                method("archive_v1_header", params -> Json.nullable(chain.header(params.get(HASH)),
                        header -> Json.hex(Bytes.wrap(Header.CODEC.encode(header)))), HASH).returns("hex?"),
                method("archive_v1_body",
                        params -> Json.nullable(chain.block(params.get(HASH)), ArchiveMethods::body), HASH)
                        .returns("[hex]?"),
                method("archive_v1_call", this::call, HASH, FUNCTION, CALL_PARAMETERS)
                        .returns("{success:true,value:hex}|{success:false,error:text}"),
                subscription("archive_v1_storage", "archive_v1_storageEvent", "archive_v1_stopStorage",
                        (params, subscriber) -> new StorageRun(states, subscriber).start(params.get(HASH),
                                params.get(ITEMS),
                                params.find(CHILD_TRIE)),
                        HASH, ITEMS, CHILD_TRIE).sends(StorageRun.EVENT),
                subscription("archive_v1_storageDiff", "archive_v1_storageDiffEvent",
                        "archive_v1_storageDiff_stopStorageDiff",
                        (params, subscriber) -> new DiffRun(chain, states, subscriber).start(params.get(HASH),
                                params.get(DIFF_ITEMS), params.find(PREVIOUS)),
                        HASH, DIFF_ITEMS, PREVIOUS).sends(DiffRun.EVENT));
    }

    private JsonValue hashByHeight(RpcParams params) throws RpcException {
        long height = params.get(HEIGHT);
        if (Long.compareUnsigned(height, NUMBER_MAX) > 0) {
            throw new RpcError(INVALID_PARAM, invalid("Invalid block height: " + Long.toUnsignedString(height)))
                    .exception();
        }
        if (height <= chain.finalised().number()) {
            return Json.list(chain.hashAt(height).stream().toList(), Json::hex);
        }
        return Json.list(chain.hashesAt(height), Json::hex);
    }

    private static JsonValue body(SignedBlock block) {
        return Json.list(block.block().extrinsics(),
                content -> Json.hex(Bytes.wrap(new OpaqueExtrinsic(content).wire())));
    }

    private JsonValue call(RpcParams params) throws RpcException {
        String text = params.get(CALL_PARAMETERS);
        Bytes arguments = HexText.read(text)
                .orElseThrow(() -> new RpcError(INVALID_PARAM, "Invalid parameter: " + text).exception());
        String function = params.get(FUNCTION);
        try {
            Bytes output = states.call(params.get(HASH), function, arguments);
            return Json.object().with("success", Json.TRUE).with("value", Json.hex(output));
        } catch (StateUnavailableException e) {
            return failed(ClientErrors.callText(e));
        } catch (RuntimeTrap e) {
            return failed(ClientErrors.trapText(e, function));
        }
    }

    private static JsonValue failed(String why) {
        return Json.object().with("success", Json.FALSE).with("error", Json.text(why));
    }

    /** The text of a parameter that is no hex. */
    static String invalid(String parameter) {
        return "Invalid parameter: " + parameter;
    }

    /** {@code paginationStartKey} given where it means nothing. */
    static Optional<String> fault(StorageItem item) {
        boolean isMisplaced = item.paginationStartKey().isPresent() && !item.type().isOfDescendants();
        return isMisplaced ? Optional.of(invalid(
                "paginationStartKey is only valid for descendantsValues and descendantsHashes query types"))
                : Optional.empty();
    }
}
