package io.vilokanam.runtime;

import io.vilokanam.frame.pallet.PalletSlot;
import io.vilokanam.frame.pallet.RuntimeScope;
import io.vilokanam.frame.storage.StorageEntry;
import io.vilokanam.host.call.HostHashing;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;

/** Where items of storage are, by the names of the pallet and the item. */
public final class StoredItems {

    private StoredItems() {}

    /** The key of a value, or what the keys of a map begin with. */
    public static Bytes prefix(String pallet, String item) {
        HostHashing hashing = new HostHashing();
        return new ScaleOutput().raw(hashing.twox128(Bytes.ascii(pallet).view()))
                .raw(hashing.twox128(Bytes.ascii(item).view())).toBytes();
    }

    public static StorageEntry entry(RuntimeScope runtime, String pallet, String item) {
        PalletSlot slot = runtime.slots().stream().filter(each -> each.name().equals(pallet)).findFirst()
                .orElseThrow();
        return slot.scope().storage().stream().filter(each -> each.item().equals(item)).findFirst().orElseThrow();
    }
}
