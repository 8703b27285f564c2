package io.vilokanam.pallets.tickstream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.pallets.InMemoryExternalities;
import io.vilokanam.pallets.system.Phase;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;

/**
 * A host that notes which keys are read and written, counts hashed words and keeps the events of TickStream. A signature is
 * the BLAKE2b-512 of key and message: enough to tell right from wrong, and fast.
 */
final class WatchedExternalities extends InMemoryExternalities {

    private final Set<Bytes> read = new TreeSet<>();
    private final Set<Bytes> written = new TreeSet<>();
    private final List<TickStreamEvent> events = new ArrayList<>();
    private final Deque<Integer> marks = new ArrayDeque<>();
    private long hashed;

    static Bytes sign(byte[] key, byte[] message) {
        return Bytes.wrap(Blake2b.hash512(new ScaleOutput().raw(key).raw(message).toByteArray()));
    }

    @Override
    public boolean sr25519Verify(byte[] signature, byte[] message, byte[] publicKey) {
        return Arrays.equals(signature, sign(publicKey, message).view());
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
        read.add(Bytes.copyOf(key));
        return super.get(key);
    }

    @Override
    public boolean exists(byte[] key) {
        read.add(Bytes.copyOf(key));
        return super.exists(key);
    }

    @Override
    public Optional<byte[]> nextKey(byte[] key) {
        Optional<byte[]> next = super.nextKey(key);
        read.add(Bytes.copyOf(next.orElse(key)));
        return next;
    }

    @Override
    public void put(byte[] key, byte[] value) {
        written.add(Bytes.copyOf(key));
        super.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
        written.add(Bytes.copyOf(key));
        super.delete(key);
    }

    @Override
    public void append(byte[] key, byte[] element) {
        super.append(key, element);
        note(element);
    }

    /** Appended are events and digest items; the latter do not begin with a phase and the pallet's index. */
    private void note(byte[] record) {
        try {
            ScaleInput in = new ScaleInput(record);
            Phase.CODEC.decode(in);
            if (in.u8() == TickChain.INDEX) {
                events.add(TickStreamEvent.EVENTS.decode(in));
            }
        } catch (ScaleException e) {
            throw new AssertionError("not an event: " + Bytes.hex(record), e);
        }
    }

    @Override
    public byte[] tickChain(byte[] salt, byte[] word, int steps) {
        hashed += steps;
        return super.tickChain(salt, word, steps);
    }

    @Override
    public void startTransaction() {
        super.startTransaction();
        marks.push(events.size());
    }

    @Override
    public void commitTransaction() {
        super.commitTransaction();
        marks.pop();
    }

    @Override
    public void rollbackTransaction() {
        super.rollbackTransaction();
        events.subList(marks.pop(), events.size()).clear();
    }

    /** The events of TickStream since {@link #forget}, without those that were taken back. */
    List<TickStreamEvent> events() {
        return List.copyOf(events);
    }

    /** Forgets what was seen so far. */
    void forget() {
        events.clear();
        forgetAccesses();
    }

    void forgetAccesses() {
        read.clear();
        written.clear();
        hashed = 0;
    }

    long reads(Predicate<Bytes> counted) {
        return read.stream().filter(counted).count();
    }

    long writes(Predicate<Bytes> counted) {
        return written.stream().filter(counted).count();
    }

    long hashed() {
        return hashed;
    }
}
