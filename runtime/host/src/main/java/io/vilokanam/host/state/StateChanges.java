package io.vilokanam.host.state;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;

import io.vilokanam.scale.Bytes;

/**
 * What a block, or any run of calls, wrote: the state after it, and each key with its new value or nothing where it was
 * deleted. Keys that were written with the value they had are among them.
 *
 * @param children the same for each child trie by its name
 * @param index what was written to the off-chain index, which is no part of the state
 */
public record StateChanges(ChainState after, SortedMap<Bytes, Optional<Bytes>> main,
        SortedMap<Bytes, SortedMap<Bytes, Optional<Bytes>>> children, SortedMap<Bytes, Optional<Bytes>> index) {

    public StateChanges {
        main = Collections.unmodifiableSortedMap(main);
        children = Collections.unmodifiableSortedMap(children);
        index = Collections.unmodifiableSortedMap(index);
    }
}
