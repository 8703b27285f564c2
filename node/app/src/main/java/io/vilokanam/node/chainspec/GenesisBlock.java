package io.vilokanam.node.chainspec;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.host.code.RuntimeBlob;
import io.vilokanam.host.code.RuntimeCodeException;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.wellknown.WellKnownKeys;
import io.vilokanam.scale.Bytes;
import io.vilokanam.trie.StateTrie;
import io.vilokanam.trie.TrieLayout;

/** The block that a chain begins with: no parent, no extrinsics, no digest, and the state of the chain spec. */
public record GenesisBlock(Hash hash, Header header, ChainState state) {

    /**
     * Builds it in memory. Values get the form of the state version that the code names (sc-chain-spec,
     * {@code resolve_state_version_from_wasm}).
     */
    public static GenesisBlock of(Genesis.Raw genesis) throws ChainSpecException {
        SortedMap<Bytes, SortedMap<byte[], byte[]>> children = new TreeMap<>();
        genesis.childrenDefault().forEach((name, entries) -> children.put(name, arrays(entries)));
        ChainState state = ChainState.empty().apply(layout(genesis), arrays(genesis.top()), children);
        Header header = new Header(Hash.ZERO, 0, Hash.wrap(state.root()), Hash.wrap(StateTrie.emptyRoot()),
                Digest.EMPTY);
        return new GenesisBlock(BlockRef.hashOf(header), header, state);
    }

    private static SortedMap<byte[], byte[]> arrays(SortedMap<Bytes, Bytes> entries) {
        SortedMap<byte[], byte[]> arrays = new TreeMap<>(Arrays::compareUnsigned);
        entries.forEach((key, value) -> arrays.put(key.view(), value.view()));
        return arrays;
    }

    private static TrieLayout layout(Genesis.Raw genesis) throws ChainSpecException {
        Bytes code = genesis.top().get(WellKnownKeys.CODE);
        if (code == null) {
            throw new ChainSpecException("the chain spec's genesis has no :code");
        }
        try {
            return RuntimeBlob.of(code.view()).version()
                    .map(version -> TrieLayout.ofStateVersion(Math.min(1, version.systemVersion())))
                    .orElseThrow(() -> new ChainSpecException("the genesis :code does not name its runtime version"));
        } catch (RuntimeCodeException e) {
            throw new ChainSpecException("the genesis :code is no runtime: " + e.getMessage(), e);
        }
    }
}
