package io.vilokanam.consensus.grandpa.authorities;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.type.TypeInfo;

/**
 * The stored form of the forest, as stock nodes write it: the roots, each with hash, number u32, change and its
 * children in the same way, then the finalised height. Written and read without recursion, so that no depth is too
 * deep.
 */
final class StandardChangesCodec {

    static final Codec<StandardChanges> CODEC = Codecs.codec(
            TypeInfo.tuple(List.of(TypeInfo.sequence(PendingChange.CODEC.type()), TypeInfo.option(Codecs.U32.type()))),
            StandardChangesCodec::write, StandardChangesCodec::read);

    /** The least a node takes: hash, number, an empty change and no children. */
    private static final int NODE_SIZE_MIN = 32 + 4 + 42 + 1;

    private StandardChangesCodec() {}

    private static byte[] write(StandardChanges forest) {
        ScaleOutput out = new ScaleOutput();
        Deque<StandardChanges.Entry> open = new ArrayDeque<>();
        open(children(forest, Optional.empty()), open, out);
        while (!open.isEmpty()) {
            StandardChanges.Entry entry = open.pop();
            Hash.CODEC.encode(entry.block().hash(), out);
            out.u32(entry.block().number());
            PendingChange.CODEC.encode(entry.change(), out);
            open(children(forest, Optional.of(entry.block().hash())), open, out);
        }
        Codecs.option(Codecs.U32).encode(forest.bestFinalized(), out);
        return out.toByteArray();
    }

    private static void open(List<StandardChanges.Entry> children, Deque<StandardChanges.Entry> open, ScaleOutput out) {
        out.compact(children.size());
        children.reversed().forEach(open::push);
    }

    private static List<StandardChanges.Entry> children(StandardChanges forest, Optional<Hash> parent) {
        return forest.entries().stream().filter(entry -> entry.parent().equals(parent)).toList();
    }

    /** A node whose children are being read. */
    private record Open(Optional<Hash> parent, int remaining) {}

    private static StandardChanges read(ScaleInput in) throws ScaleException {
        List<StandardChanges.Entry> entries = new ArrayList<>();
        Deque<Open> open = new ArrayDeque<>();
        open.push(new Open(Optional.empty(), in.length(NODE_SIZE_MIN)));
        while (!open.isEmpty()) {
            Open at = open.pop();
            if (at.remaining > 0) {
                open.push(new Open(at.parent, at.remaining - 1));
                Hash hash = Hash.CODEC.decode(in);
                long number = in.u32();
                PendingChange change = PendingChange.CODEC.decode(in);
                if (!change.signalledAt().hash().equals(hash) || change.signalledAt().number() != number) {
                    throw new ScaleException("a change of block " + change.signalledAt() + " is filed under " + hash);
                }
                entries.add(new StandardChanges.Entry(change, at.parent));
                open.push(new Open(Optional.of(hash), in.length(NODE_SIZE_MIN)));
            }
        }
        return new StandardChanges(entries, Codecs.option(Codecs.U32).decode(in));
    }
}
