package io.vilokanam.host.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.vilokanam.scale.Bytes;
import io.vilokanam.trie.CompactProof;
import io.vilokanam.trie.StateTrie;
import io.vilokanam.trie.TrieException;

/**
 * A page of a state as nodes send it to one another: entries from a key on, and those of the child tries that they name
 * (sp-state-machine, {@code prove_range_read_with_child_with_size}). A place in a state is no key for its beginning, else the
 * last key of the main trie that was had, and behind that, within a child trie, the last key of that.
 *
 * @param top entries of the main trie, those with the roots of child tries among them
 * @param children what is shown of child tries, in the order of their keys
 * @param next the place behind this page; none where the state ends with it
 */
public record StateRange(List<StateTrie.Entry> top, List<Child> children, Optional<List<Bytes>> next) {

    /** A main trie, and child tries named in it. */
    public static final int DEPTH_MAX = 2;

    public StateRange {
        top = List.copyOf(top);
        children = List.copyOf(children);
    }

    /** Entries of the child tries with one root, in order. */
    public record Child(Bytes root, List<StateTrie.Entry> entries, boolean isComplete) {
        public Child {
            entries = List.copyOf(entries);
        }
    }

    public static boolean isChildKey(byte[] key) {
        byte[] prefix = ChainState.CHILD_PREFIX.view();
        return key.length > prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** The name of the child trie whose root a key of the main trie holds. */
    public static byte[] childName(byte[] key) {
        return Arrays.copyOfRange(key, ChainState.CHILD_PREFIX.size(), key.length);
    }

    /** Whether a stranger's place can be one. */
    private static boolean isPlace(List<Bytes> start, ChainState state) {
        return start.size() <= DEPTH_MAX && (start.size() < DEPTH_MAX || isChildKey(start.getFirst().view())
                && state.top().contains(start.getFirst().view()));
    }

    /**
     * A compact proof of the page behind a place: the items of the main trie's, then those of each child trie's.
     *
     * @param bytesMax the page ends with the first entry that goes beyond
     * @return empty where there is no such place
     */
    public static Optional<List<byte[]>> prove(ChainState state, List<Bytes> start, long bytesMax) {
        return isPlace(start, state) ? Optional.of(new Proving(state, start, bytesMax).prove()) : Optional.empty();
    }

    private static final class Proving {

        private final ChainState state;
        private final List<Bytes> start;
        private final long bytesMax;
        private final List<byte[]> ofChildren = new ArrayList<>();
        private final Set<Bytes> roots = new HashSet<>();
        private long bytesOfChildren;

        Proving(ChainState state, List<Bytes> start, long bytesMax) {
            this.state = state;
            this.start = start;
            this.bytesMax = bytesMax;
        }

        List<byte[]> prove() {
            byte[] from = start.isEmpty() ? new byte[0] : start.getFirst().view();
            List<byte[]> items = CompactProof.write(state.top(), from, this::entry);
            items.addAll(ofChildren);
            return items;
        }

        private boolean entry(byte[] key, byte[] value, long bytes) {
            boolean isStart = !start.isEmpty() && Arrays.equals(key, start.getFirst().view());
            boolean isChildShown = isChildKey(key) && (!isStart || start.size() == DEPTH_MAX)
                    && roots.add(Bytes.wrap(value));
            if (isChildShown) {
                return child(key, isStart ? start.getLast().view() : new byte[0], bytes);
            }
            return isStart || bytes + bytesOfChildren <= bytesMax;
        }

        private boolean child(byte[] key, byte[] from, long bytesOfTop) {
            long before = bytesOfChildren;
            boolean[] isEnded = {false};
            ofChildren.addAll(CompactProof.write(state.child(childName(key)), from, (last, _, bytes) -> {
                bytesOfChildren = before + bytes;
                isEnded[0] = bytesOfTop + bytesOfChildren > bytesMax && !Arrays.equals(last, from);
                return !isEnded[0];
            }));
            return !isEnded[0];
        }
    }

    /**
     * The page behind a place without a proof.
     *
     * @return empty where there is no such place
     */
    public static Optional<StateRange> read(ChainState state, List<Bytes> start, long bytesMax) {
        return isPlace(start, state) ? Optional.of(new Reading(state, bytesMax).read(start)) : Optional.empty();
    }

    private static final class Reading {

        private final ChainState state;
        private final long bytesMax;
        private final List<StateTrie.Entry> top = new ArrayList<>();
        private final List<Child> children = new ArrayList<>();
        private final Set<Bytes> roots = new HashSet<>();
        private long bytes;

        Reading(ChainState state, long bytesMax) {
            this.state = state;
            this.bytesMax = bytesMax;
        }

        StateRange read(List<Bytes> start) {
            if (start.size() == DEPTH_MAX) {
                byte[] key = start.getFirst().view();
                byte[] root = state.top().get(key).orElseThrow(() -> new IllegalStateException("a place was checked"));
                Optional<Bytes> left = child(key, Bytes.wrap(root), start.getLast().view());
                if (left.isPresent()) {
                    return page(Optional.of(List.of(start.getFirst(), left.get())));
                }
            }
            byte[] after = start.isEmpty() ? new byte[0] : start.getFirst().view();
            Iterator<StateTrie.Entry> rest = entries(state.top(), after);
            byte[] last = after;
            while (rest.hasNext()) {
                if (bytes > bytesMax) {
                    return page(Optional.of(List.of(Bytes.wrap(last))));
                }
                StateTrie.Entry entry = rest.next();
                take(top, entry);
                last = entry.key();
                if (isChildKey(last) && roots.add(Bytes.wrap(entry.value()))) {
                    Optional<Bytes> left = child(last, Bytes.wrap(entry.value()), new byte[0]);
                    if (left.isPresent()) {
                        return page(Optional.of(List.of(Bytes.wrap(last), left.get())));
                    }
                }
            }
            return page(Optional.empty());
        }

        private void take(List<StateTrie.Entry> into, StateTrie.Entry entry) {
            bytes += entry.key().length + entry.value().length;
            into.add(entry);
        }

        /** Reads on in a child trie; the last key where it does not fit. */
        private Optional<Bytes> child(byte[] key, Bytes root, byte[] after) {
            roots.add(root);
            List<StateTrie.Entry> taken = new ArrayList<>();
            Iterator<StateTrie.Entry> rest = entries(state.child(childName(key)), after);
            while (rest.hasNext() && (bytes <= bytesMax || taken.isEmpty())) {
                take(taken, rest.next());
            }
            boolean isComplete = !rest.hasNext();
            children.add(new Child(root, taken, isComplete));
            return isComplete ? Optional.empty() : Optional.of(Bytes.wrap(taken.getLast().key()));
        }

        private StateRange page(Optional<List<Bytes>> next) {
            return new StateRange(top, children, next);
        }

        private static Iterator<StateTrie.Entry> entries(StateTrie trie, byte[] after) {
            return after.length == 0 ? trie.entries(after) : trie.entriesAfter(after);
        }
    }

    /**
     * Reads a page that somebody else proves.
     *
     * @param root of the state
     * @param start the place that the page is to be behind
     * @throws TrieException if the items prove nothing behind that place
     */
    public static StateRange check(byte[] root, List<byte[]> items, List<Bytes> start) throws TrieException {
        Iterator<byte[]> rest = items.iterator();
        byte[] first = start.isEmpty() ? new byte[0]
                : start.size() == DEPTH_MAX ? start.getFirst().view() : behind(start.getFirst());
        CompactProof.Range range = CompactProof.read(rest, root, first);
        List<StateTrie.Entry> shown = new ArrayList<>(range.entries());
        List<StateTrie.Entry> top = new ArrayList<>();
        List<Child> children = new ArrayList<>();
        Set<Bytes> roots = new HashSet<>();
        if (start.size() == DEPTH_MAX) {
            if (shown.isEmpty() || !Arrays.equals(shown.getFirst().key(), first)) {
                throw new TrieException("state page lacks the root of the child trie that it begins in");
            }
            Bytes of = Bytes.wrap(shown.removeFirst().value());
            roots.add(of);
            Child child = child(rest, of, behind(start.getLast()));
            children.add(child);
            if (!child.isComplete) {
                return partial(rest, top, children, List.of(start.getFirst(), lastOf(child)));
            }
        }
        for (StateTrie.Entry entry : shown) {
            top.add(entry);
            Bytes of = Bytes.wrap(entry.value());
            if (isChildKey(entry.key()) && roots.add(of)) {
                Child child = child(rest, of, new byte[0]);
                children.add(child);
                if (!child.isComplete) {
                    return partial(rest, top, children, List.of(Bytes.wrap(entry.key()), lastOf(child)));
                }
            }
        }
        if (rest.hasNext()) {
            throw new TrieException("state page has items behind its end");
        }
        if (range.isComplete()) {
            return new StateRange(top, children, Optional.empty());
        }
        if (top.isEmpty() && children.isEmpty()) {
            throw new TrieException("state page proves no entry");
        }
        Bytes last = top.isEmpty() ? start.getFirst() : Bytes.wrap(top.getLast().key());
        return new StateRange(top, children, Optional.of(List.of(last)));
    }

    private static StateRange partial(Iterator<byte[]> rest, List<StateTrie.Entry> top, List<Child> children,
            List<Bytes> next) throws TrieException {
        if (rest.hasNext()) {
            throw new TrieException("state page goes on behind a child trie that it shows in part");
        }
        return new StateRange(top, children, Optional.of(next));
    }

    private static Child child(Iterator<byte[]> rest, Bytes root, byte[] from) throws TrieException {
        CompactProof.Range range = CompactProof.read(rest, root.toArray(), from);
        return new Child(root, range.entries(), range.isComplete());
    }

    private static Bytes lastOf(Child child) throws TrieException {
        if (child.entries.isEmpty()) {
            throw new TrieException("state page proves no entry of the child trie that it ends in");
        }
        return Bytes.wrap(child.entries.getLast().key());
    }

    /** The smallest key behind another one. */
    private static byte[] behind(Bytes key) {
        return Arrays.copyOf(key.view(), key.size() + 1);
    }
}
