package io.vilokanam.pallets.system;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;
import java.util.Map;

import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;

/** What System can be asked to do. */
public sealed interface SystemCall {

    record Remark(Bytes remark) implements SystemCall {}

    record SetHeapPages(long pages) implements SystemCall {}

    record SetCode(Bytes code) implements SystemCall {}

    record SetCodeWithoutChecks(Bytes code) implements SystemCall {}

    record SetStorage(List<Map.Entry<Bytes, Bytes>> items) implements SystemCall {}

    record KillStorage(List<Bytes> keys) implements SystemCall {}

    record KillPrefix(Bytes prefix, long subkeys) implements SystemCall {}

    record RemarkWithEvent(Bytes remark) implements SystemCall {}

    record AuthorizeUpgrade(Hash codeHash) implements SystemCall {}

    record AuthorizeUpgradeWithoutChecks(Hash codeHash) implements SystemCall {}

    record ApplyAuthorizedUpgrade(Bytes code) implements SystemCall {}

    // Index 8 is do_task, which stock runtimes do not have: it is experimental.
    Variants<SystemCall> TABLE = Variants.of(SystemCall.class)
            .with(0, "remark", Remark.class,
                    struct(Remark::new, field("remark", "Vec<u8>", Codecs.BYTES, Remark::remark)),
                    "Say something that the chain does not look at.")
            .with(1, "set_heap_pages", SetHeapPages.class,
                    struct(SetHeapPages::new, field("pages", "u64", Codecs.U64, SetHeapPages::pages)),
                    "Set how many pages of memory the runtime gets.")
            .with(2, "set_code", SetCode.class,
                    struct(SetCode::new, field("code", "Vec<u8>", Codecs.BYTES, SetCode::code)),
                    "Replace the runtime by a later version of it.")
            .with(3, "set_code_without_checks", SetCodeWithoutChecks.class,
                    struct(SetCodeWithoutChecks::new,
                            field("code", "Vec<u8>", Codecs.BYTES, SetCodeWithoutChecks::code)),
                    "Replace the runtime by any code.")
            .with(4, "set_storage", SetStorage.class,
                    struct(SetStorage::new, field("items", "Vec<KeyValue>",
                            Codecs.vec(Codecs.tuple(Codecs.BYTES, Codecs.BYTES)), SetStorage::items)),
                    "Write to storage.")
            .with(5, "kill_storage", KillStorage.class,
                    struct(KillStorage::new, field("keys", "Vec<Key>", Codecs.vec(Codecs.BYTES), KillStorage::keys)),
                    "Delete keys of storage.")
            .with(6, "kill_prefix", KillPrefix.class,
                    struct(KillPrefix::new, field("prefix", "Key", Codecs.BYTES, KillPrefix::prefix),
                            field("subkeys", "u32", Codecs.U32, KillPrefix::subkeys)),
                    "Delete keys that begin alike, at most so many.")
            .with(7, "remark_with_event", RemarkWithEvent.class,
                    struct(RemarkWithEvent::new, field("remark", "Vec<u8>", Codecs.BYTES, RemarkWithEvent::remark)),
                    "Say something and have its hash in an event.")
            .with(9, "authorize_upgrade", AuthorizeUpgrade.class,
                    struct(AuthorizeUpgrade::new,
                            field("code_hash", "T::Hash", Hash.CODEC, AuthorizeUpgrade::codeHash)),
                    "Let anyone replace the runtime by this later version of it.")
            .with(10, "authorize_upgrade_without_checks", AuthorizeUpgradeWithoutChecks.class,
                    struct(AuthorizeUpgradeWithoutChecks::new,
                            field("code_hash", "T::Hash", Hash.CODEC, AuthorizeUpgradeWithoutChecks::codeHash)),
                    "Let anyone replace the runtime by this code.")
            .with(11, "apply_authorized_upgrade", ApplyAuthorizedUpgrade.class,
                    struct(ApplyAuthorizedUpgrade::new,
                            field("code", "Vec<u8>", Codecs.BYTES, ApplyAuthorizedUpgrade::code)),
                    "Bring the code that was authorised.")
            .complete();
}
