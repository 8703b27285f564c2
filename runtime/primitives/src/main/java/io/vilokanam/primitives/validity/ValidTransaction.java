package io.vilokanam.primitives.validity;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.ArrayList;
import java.util.List;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/**
 * What the pool needs to know of a valid transaction: {@code priority} and {@code longevity} (blocks) are unsigned 64-bit
 * numbers, tags are opaque bytes.
 */
public record ValidTransaction(long priority, List<Bytes> requires, List<Bytes> provides, long longevity,
        boolean propagate) {

    /** Valid without any condition: no tags, priority zero, lives for ever. */
    public static final ValidTransaction DEFAULT = new ValidTransaction(0, List.of(), List.of(), -1, true);

    public static final Codec<ValidTransaction> CODEC = struct(ValidTransaction::new,
            field("priority", "TransactionPriority", Codecs.U64, ValidTransaction::priority),
            field("requires", "Vec<TransactionTag>", Codecs.vec(Codecs.BYTES), ValidTransaction::requires),
            field("provides", "Vec<TransactionTag>", Codecs.vec(Codecs.BYTES), ValidTransaction::provides),
            field("longevity", "TransactionLongevity", Codecs.U64, ValidTransaction::longevity),
            field("propagate", "bool", Codecs.BOOL, ValidTransaction::propagate))
            .named("sp_runtime::transaction_validity::ValidTransaction");

    public ValidTransaction {
        requires = List.copyOf(requires);
        provides = List.copyOf(provides);
    }

    public ValidTransaction withLongevity(long blocks) {
        return new ValidTransaction(priority, requires, provides, blocks, propagate);
    }

    public ValidTransaction withPriority(long other) {
        return new ValidTransaction(other, requires, provides, longevity, propagate);
    }

    /** What holds when both hold: sums of priority (saturating) and tags, the shorter life. */
    public ValidTransaction combinedWith(ValidTransaction other) {
        long sum = priority + other.priority;
        return new ValidTransaction(Long.compareUnsigned(sum, priority) < 0 ? -1 : sum,
                joined(requires, other.requires),
                joined(provides, other.provides),
                Long.compareUnsigned(longevity, other.longevity) < 0 ? longevity : other.longevity,
                propagate && other.propagate);
    }

    private static List<Bytes> joined(List<Bytes> first, List<Bytes> second) {
        List<Bytes> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
