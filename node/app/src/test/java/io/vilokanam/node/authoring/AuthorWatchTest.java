package io.vilokanam.node.authoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.aura.AuraDigest;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.host.state.StateChanges;
import io.vilokanam.node.importing.BlockOrigin;
import io.vilokanam.node.importing.ChainEvent;
import io.vilokanam.node.importing.RecordedChains;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.Header;

class AuthorWatchTest {

    private final List<String> told = new ArrayList<>();

    private static Hash hash(int number) {
        byte[] bytes = new byte[Hash.SIZE];
        bytes[0] = (byte) number;
        return Hash.wrap(bytes);
    }

    private static ChainEvent block(int number, Hash parent, long slot) {
        Header header = new Header(parent, 1, hash(0), hash(0), new Digest(List.of(AuraDigest.preDigest(slot))));
        return new ChainEvent.Imported(new BlockRef(hash(number), 1), header, BlockOrigin.BROADCAST, Optional.empty(),
                new StateChanges(ChainState.empty(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>()));
    }

    @Test
    void anAuthorOfTwoBlocksInOneSlotIsToldOf() throws Exception {
        try (ChainCore core = RecordedChains.open("local.raw.json")) {
            AuthorWatch watch = new AuthorWatch(core.chain(), core.executor(),
                    (slot, first, second) -> told.add(slot + " " + first + " " + second));
            Hash genesis = core.chain().genesis();
            watch.onEvent(block(1, genesis, 10));
            watch.onEvent(block(1, genesis, 10));
            watch.onEvent(block(2, genesis, 11));
            watch.onEvent(block(3, hash(99), 11));
            assertEquals(List.of(), told, "the same block, another slot, an author nobody knows");
            watch.onEvent(block(4, genesis, 10));
            assertEquals(List.of("10 " + hash(1) + " " + hash(4)), told);
        }
    }
}
