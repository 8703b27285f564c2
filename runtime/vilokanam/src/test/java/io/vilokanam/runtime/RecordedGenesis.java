package io.vilokanam.runtime;

import java.util.SortedMap;
import java.util.TreeMap;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.Hex;
import io.vilokanam.testkit.Refchain;
import io.vilokanam.trie.StateTrie;
import io.vilokanam.trie.TrieLayout;

/** The genesis of a recorded raw chain spec. */
public final class RecordedGenesis {

    private RecordedGenesis() {}

    public static ChainState state(String spec) {
        SortedMap<byte[], byte[]> top = new TreeMap<>(Bytes::compare);
        Refchain.json(spec).at("/genesis/raw/top").properties()
                .forEach(entry -> top.put(Hex.decode(entry.getKey()), Hex.decode(entry.getValue().asText())));
        return ChainState.empty().apply(TrieLayout.V1, top, new TreeMap<>());
    }

    /** The hash of the genesis block: no parent, no extrinsics, no digest. */
    public static Hash hash(String spec) {
        Header header = new Header(Hash.ZERO, 0, Hash.wrap(state(spec).root()), Hash.wrap(StateTrie.emptyRoot()),
                Digest.EMPTY);
        return Hash.wrap(Blake2b.hash256(Header.CODEC.encode(header)));
    }
}
