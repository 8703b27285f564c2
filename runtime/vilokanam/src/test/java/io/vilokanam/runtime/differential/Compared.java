package io.vilokanam.runtime.differential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.vilokanam.frame.pallet.PalletSlot;
import io.vilokanam.frame.storage.StorageEntry;
import io.vilokanam.host.call.HostHashing;
import io.vilokanam.runtime.VilokanamRuntime;
import io.vilokanam.scale.Bytes;

/**
 * What is compared of two runtimes. Of a composition that is not whole yet: the results and the events of extrinsics, and what
 * changes under the prefixes of some pallets. The rest is taken over from the stock runtime after each block.
 */
final class Compared {

    /** What hooks of any pallet add to. */
    private static final Set<String> OF_ALL_HOOKS = Set.of("BlockWeight", "Events", "EventCount", "EventTopics",
            "Digest",
            "BlockHash", "ParentHash");

    private final boolean whole;
    private final List<byte[]> covered;
    private final List<byte[]> excluded;

    private Compared(boolean whole, List<byte[]> covered, List<byte[]> excluded) {
        this.whole = whole;
        this.covered = covered;
        this.excluded = excluded;
    }

    /** Everything, to the last byte. */
    static Compared all() {
        return new Compared(true, List.of(new byte[0]), List.of());
    }

    /** What the pallets of these names store. */
    static Compared only(VilokanamRuntime runtime, Set<String> pallets) {
        List<byte[]> covered = new ArrayList<>();
        pallets.forEach(name -> covered.add(new HostHashing().twox128(Bytes.ascii(name).view())));
        List<byte[]> excluded = new ArrayList<>();
        PalletSlot system = runtime.pallets().runtime().slots().getFirst();
        for (StorageEntry entry : system.scope().storage()) {
            if (OF_ALL_HOOKS.contains(entry.item())) {
                excluded.add(entry.prefix().view());
            }
        }
        return new Compared(false, covered, excluded);
    }

    boolean isWhole() {
        return whole;
    }

    boolean covers(byte[] key) {
        return covered.stream().anyMatch(prefix -> startsWith(key, prefix))
                && excluded.stream().noneMatch(prefix -> startsWith(key, prefix));
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }
}
