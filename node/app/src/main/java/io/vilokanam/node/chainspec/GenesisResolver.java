package io.vilokanam.node.chainspec;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vilokanam.api.ChainRuntime;
import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.host.call.HostServices;
import io.vilokanam.host.call.SignatureBatches;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.node.executing.Execution;
import io.vilokanam.node.executing.NativeRuntimes;
import io.vilokanam.node.executing.RuntimeExecutor;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.primitives.wellknown.WellKnownKeys;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.trie.StateTrie;
import io.vilokanam.trie.TrieLayout;

/** Builds the first state of a chain through the {@code GenesisBuilder} API of its runtime (sp-genesis-builder). */
public final class GenesisResolver {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Codec<Optional<String>> PRESET_ID = Codecs.option(Codecs.STRING);
    private static final Codec<Optional<Bytes>> PRESET = Codecs.option(Codecs.BYTES);
    private static final Codec<Result<Unit, String>> BUILT = Result.codec(Codecs.UNIT, Codecs.STRING);

    private final RuntimeExecutor executor;

    public GenesisResolver(List<ChainRuntime> runtimes) {
        this.executor = new RuntimeExecutor(new NativeRuntimes(runtimes),
                HostServices.onChain(SignatureBatches.NONE, (_, _) -> {}));
    }

    /** The state itself, whether the chain spec holds it or says how to make it. */
    public Genesis.Raw resolve(Genesis genesis) throws ChainSpecException {
        return switch (genesis) {
            case Genesis.Raw raw -> raw;
            case Genesis.ByRuntime(var code, var config, var isPatch) -> build(code, config, isPatch);
        };
    }

    /** The patch that a runtime knows under a name, e.g. {@code development}. */
    public ObjectNode preset(Bytes code, String name) throws ChainSpecException {
        try {
            return preset(executor.begin(codeOnly(code)), Optional.of(name));
        } catch (RuntimeUnavailableException e) {
            throw new ChainSpecException(e.getMessage(), e);
        }
    }

    private static ChainState codeOnly(Bytes code) {
        SortedMap<byte[], byte[]> top = new TreeMap<>(Arrays::compareUnsigned);
        top.put(WellKnownKeys.CODE.view(), code.view());
        return ChainState.empty().apply(TrieLayout.V1, top, new TreeMap<>());
    }

    private Genesis.Raw build(Bytes code, ObjectNode config, boolean isPatch) throws ChainSpecException {
        try {
            Execution execution = executor.begin(codeOnly(code));
            ObjectNode whole = isPatch ? merged(preset(execution, Optional.empty()), config) : config;
            byte[] answer = execution.call("GenesisBuilder_build_state",
                    Codecs.BYTES.encode(Bytes.wrap(JSON.writeValueAsBytes(whole))));
            if (BUILT.decodeAll(answer) instanceof Result.Err<Unit, String>(String why)) {
                throw new ChainSpecException("the runtime refused the genesis configuration: " + why);
            }
            return raw(execution.changes().after().top());
        } catch (RuntimeTrap | ScaleException | RuntimeUnavailableException | IOException e) {
            throw new ChainSpecException("the genesis state could not be built: " + e.getMessage(), e);
        }
    }

    private static ObjectNode preset(Execution execution, Optional<String> name) throws ChainSpecException {
        try {
            Bytes json = PRESET.decodeAll(execution.call("GenesisBuilder_get_preset", PRESET_ID.encode(name)))
                    .orElseThrow(() -> new ChainSpecException("the runtime has no genesis preset " + name.orElse("")));
            return (ObjectNode) JSON.readTree(json.view());
        } catch (RuntimeTrap | ScaleException | IOException e) {
            throw new ChainSpecException("the runtime's genesis preset cannot be read: " + e.getMessage(), e);
        }
    }

    /** Objects are merged member by member, null takes a member out, anything else replaces (sc-chain-spec, json_patch). */
    static ObjectNode merged(ObjectNode base, ObjectNode patch) {
        ObjectNode result = base.deepCopy();
        for (var member : patch.properties()) {
            JsonNode former = result.get(member.getKey());
            if (member.getValue().isNull()) {
                result.remove(member.getKey());
            } else if (former instanceof ObjectNode below && member.getValue() instanceof ObjectNode change) {
                result.set(member.getKey(), merged(below, change));
            } else {
                result.set(member.getKey(), member.getValue());
            }
        }
        return result;
    }

    private static Genesis.Raw raw(StateTrie trie) {
        SortedMap<Bytes, Bytes> top = new TreeMap<>();
        trie.entries(new byte[0])
                .forEachRemaining(entry -> top.put(Bytes.wrap(entry.key()), Bytes.wrap(entry.value())));
        return new Genesis.Raw(top, new TreeMap<>());
    }
}
