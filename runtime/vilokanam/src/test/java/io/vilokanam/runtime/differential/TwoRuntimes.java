package io.vilokanam.runtime.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import io.vilokanam.api.Externalities;
import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.api.StateVersion;
import io.vilokanam.frame.metadata.Metadata;
import io.vilokanam.frame.metadata.MetadataVersion;
import io.vilokanam.frame.pallet.PalletSlot;
import io.vilokanam.frame.storage.StorageEntry;
import io.vilokanam.host.call.HostExternalities;
import io.vilokanam.host.call.HostHashing;
import io.vilokanam.host.call.HostServices;
import io.vilokanam.host.call.SignatureBatches;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.host.state.StorageOverlay;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Block;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.runtime.RecordedGenesis;
import io.vilokanam.runtime.StoredItems;
import io.vilokanam.runtime.VilokanamRuntime;
import io.vilokanam.runtime.WithoutDocs;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.testkit.Hex;
import io.vilokanam.testkit.StockJudge;

/** The stock runtime and ours, each over a state of its own: every call is made to both and must end the same. */
final class TwoRuntimes {

    private static final int SHOWN_BYTES_MAX = 2_000;
    /** How many bytes stand in front of the version of metadata. */
    private static final int MAGIC = 4;
    private static final String EXECUTE_BLOCK = "Core_execute_block";
    /** Theirs and ours, found to be the same: each is some hundred kilobytes, and there are few. */
    private static final Set<List<Bytes>> SAME_METADATA = new HashSet<>();
    static final Bytes EVENTS = StoredItems.prefix("System", "Events");

    /**
     * One call to both.
     *
     * @param kept whether what the call writes is kept, where it succeeds
     */
    record Step(String method, byte[] data, boolean kept) {

        /** Puts an extrinsic into the block that is being made. */
        static Step apply(byte[] extrinsic) {
            return new Step("BlockBuilder_apply_extrinsic", extrinsic, true);
        }

        @Override
        public String toString() {
            String hex = Hex.encode(data);
            return method + " "
                    + (hex.length() > SHOWN_BYTES_MAX ? hex.substring(0, SHOWN_BYTES_MAX) + "… (" + data.length
                            + " bytes)" : hex);
        }
    }

    /** The two runtimes did not do the same. */
    static final class Difference extends Exception {
        private static final long serialVersionUID = 1L;

        Difference(String message) {
            super(message);
        }
    }

    private VilokanamRuntime runtime;
    private final StockJudge judge;
    private ChainState state;
    private StorageOverlay overlay;
    private HostExternalities ext;
    private final String rawSpec;
    private final Compared compared;
    private final List<Step> kept = new ArrayList<>();
    /** How many steps were kept whenever the states were compared. */
    private final SortedSet<Integer> comparedAfter = new TreeSet<>(Set.of(0));
    private EventList theirEvents = EventList.NONE;
    private EventList ourEvents = EventList.NONE;

    /** Stands at the genesis of a raw spec. */
    TwoRuntimes(VilokanamRuntime runtime, StockJudge judge, String rawSpec) throws IOException {
        this(runtime, judge, rawSpec, Compared.all());
    }

    TwoRuntimes(VilokanamRuntime runtime, StockJudge judge, String rawSpec, Compared compared) throws IOException {
        this.runtime = runtime;
        this.compared = compared;
        this.judge = judge;
        this.rawSpec = rawSpec;
        this.state = RecordedGenesis.state(rawSpec);
        judge.goToGenesisOf(rawSpec);
        startCalls();
    }

    /** The code in the state names another runtime from now on. */
    void switchTo(VilokanamRuntime other) {
        runtime = other;
    }

    private void startCalls() {
        overlay = new StorageOverlay(state, StateVersion.V1);
        ext = externalities(overlay);
    }

    private static HostExternalities externalities(StorageOverlay overlay) {
        return new HostExternalities(overlay,
                HostServices.onChain(SignatureBatches.onCallingThread(new SecureRandom()), (target, message) -> {}));
    }

    /** Begins a block of both, which no runtime refuses to begin, with its timestamp. */
    void beginBlock(Hash parent, long number, long slot) throws Difference {
        take(new Step("Core_initialize_block", RandomChain.start(parent, number, slot), true)).orElseThrow();
        take(Step.apply(RandomQueries.timestamp(slot * RandomChain.SLOT_MILLIS))).orElseThrow();
    }

    /** Ends a block of both, which no runtime refuses to end, and compares what it came to; its hash. */
    Hash endBlock() throws Difference {
        byte[] header = take(new Step("BlockBuilder_finalize_block", new byte[0], true)).orElseThrow();
        compareStates();
        return Hash.wrap(new HostHashing().blake2b256(header));
    }

    /** Our state as the calls so far left it. */
    Externalities ours() {
        return ext;
    }

    /**
     * Makes a call to both. As a block's author does, both keep nothing of a call that panicked, nor of an extrinsic that may
     * not stand in the block.
     *
     * @return what both answered; empty where both panicked
     */
    Optional<byte[]> take(Step step) throws Difference {
        int depth = overlay.depth();
        overlay.startTransaction();
        try {
            byte[] ours = runtime.call(step.method, step.data, ext);
            boolean keep = step.kept && !(step.method.endsWith("apply_extrinsic") && ours[0] == 1);
            if (keep) {
                overlay.commitTransaction();
                kept.add(step);
            } else {
                overlay.rollbackTransaction();
            }
            return switch (judge.call(step.method, step.data, keep)) {
                case StockJudge.Answer.Result(byte[] theirs) when same(step.method, theirs, ours) -> {
                    compareEvents(step);
                    yield Optional.of(ours);
                }
                case StockJudge.Answer.Result(byte[] theirs) -> throw new Difference(
                        step + "\n  stock " + Hex.encode(theirs) + "\n  ours  " + Hex.encode(ours)
                                + (keep ? "\n  state " + differences(judge.changes()) : ""));
                case StockJudge.Answer.Panic(String reason) -> throw new Difference(
                        step + "\n  stock panics: " + reason.lines().findFirst().orElse("") + "\n  ours  "
                                + Hex.encode(ours));
            };
        } catch (RuntimeTrap trap) {
            boolean withinLayer = overlay.depth() > depth + 1;
            overlay.rollbackTo(depth);
            if (judge.call(step.method, step.data, false) instanceof StockJudge.Answer.Result(byte[] theirs)) {
                throw new Difference(step + "\n  stock " + Hex.encode(theirs) + "\n  ours panics: " + trap.getMessage()
                        + where(trap));
            }
            if (withinLayer) {
                replayAtTheJudge(() -> {});
            }
            return Optional.empty();
        }
    }

    /**
     * A panic within a storage layer leaves the judge with that layer open: it has to start over. It is asked for the changes
     * after the same blocks as before, because what a killed prefix leaves depends on what lies below the open block.
     *
     * @param atTheParent what to ask of the judge on the way, at the state before the block that is being made
     */
    private void replayAtTheJudge(Runnable atTheParent) {
        try {
            judge.goToGenesisOf(rawSpec);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int i = 0; i <= kept.size(); i++) {
            if (comparedAfter.contains(i)) {
                judge.changes();
            }
            if (i == comparedAfter.last()) {
                atTheParent.run();
            }
            if (i < kept.size()) {
                judge.call(kept.get(i).method, kept.get(i).data, true);
            }
        }
    }

    private boolean same(String method, byte[] theirs, byte[] ours) {
        return Arrays.equals(theirs, ours) || !compared.isWhole() && method.equals("BlockBuilder_finalize_block")
                || method.startsWith("Metadata_metadata")
                        && (!compared.isWhole() || sameButDocs(method, theirs, ours));
    }

    /** Metadata of the same version that differs in its texts alone, which are our own. */
    private static boolean sameButDocs(String method, byte[] theirs, byte[] ours) {
        List<Bytes> pair = List.of(Bytes.wrap(theirs), Bytes.wrap(ours));
        if (SAME_METADATA.contains(pair)) {
            return true;
        }
        try {
            boolean same = metadata(method, theirs).equals(metadata(method, ours));
            if (same) {
                SAME_METADATA.add(pair);
            }
            return same;
        } catch (ScaleException e) {
            return false;
        }
    }

    private static String metadata(String method, byte[] answer) throws ScaleException {
        byte[] blob = method.endsWith("_at_version")
                ? Codecs.option(Codecs.BYTES).decodeAll(answer).map(Bytes::toArray).orElse(new byte[0])
                : Codecs.BYTES.decodeAll(answer).toArray();
        for (MetadataVersion version : MetadataVersion.values()) {
            if (blob.length > MAGIC && blob[MAGIC] == version.number()) {
                Metadata metadata = Metadata.decode(version, blob);
                return WithoutDocs.of(metadata.types()) + WithoutDocs.of(metadata.runtime());
            }
        }
        throw new ScaleException("no metadata of a known version");
    }

    /** Where the hooks of some pallets are missing, the events of each extrinsic are compared by themselves. */
    private void compareEvents(Step step) throws Difference {
        if (compared.isWhole() || !step.kept) {
            return;
        }
        EventList theirs = EventList.of(judge.get(EVENTS.toArray()));
        EventList ours = EventList.of(ext.get(EVENTS.toArray()));
        if (step.method.endsWith("apply_extrinsic")) {
            String theirNew = theirs.after(theirEvents);
            String ourNew = ours.after(ourEvents);
            if (!theirNew.equals(ourNew)) {
                throw new Difference(step + "\n  events of stock " + theirNew + "\n  events of ours  " + ourNew);
            }
        }
        theirEvents = theirs;
        ourEvents = ours;
    }

    /** The records of {@code System.Events}: how many, and their bytes. */
    private record EventList(long count, byte[] records) {

        static final EventList NONE = new EventList(0, new byte[0]);

        static EventList of(Optional<byte[]> stored) {
            if (stored.isEmpty()) {
                return NONE;
            }
            try {
                ScaleInput in = new ScaleInput(stored.get());
                long count = in.compactU32();
                return new EventList(count, in.raw(in.remaining()));
            } catch (ScaleException e) {
                return NONE;
            }
        }

        /** What stands behind the records of {@code before}. */
        String after(EventList before) {
            boolean goesOn = records.length >= before.records.length
                    && Arrays.equals(records, 0, before.records.length, before.records, 0, before.records.length);
            return goesOn ? count - before.count + " " + Hex.encode(
                    Arrays.copyOfRange(records, before.records.length, records.length)) : "all " + Hex.encode(records);
        }
    }

    private static String where(RuntimeTrap trap) {
        return trap.getCause() == null ? "" : " at " + Arrays.stream(trap.getCause().getStackTrace()).limit(4).toList();
    }

    /** Compares what changed since this was last called, then the roots; goes on from there. */
    void compareStates() throws Difference {
        Map<String, Optional<byte[]>> theirs = judge.changes();
        SortedMap<String, String> differences = differences(theirs);
        if (!differences.isEmpty()) {
            throw new Difference("after the block: " + differences);
        }
        takeOver(theirs, overlay.changes().main());
        state = overlay.after();
        startCalls();
        comparedAfter.add(kept.size());
        if (!Arrays.equals(judge.root(), state.root())) {
            throw new Difference(
                    "state root: stock " + Hex.encode(judge.root()) + ", ours " + Hex.encode(state.root()));
        }
    }

    /** The keys that differ, by their names. */
    private SortedMap<String, String> differences(Map<String, Optional<byte[]>> theirs) {
        SortedMap<Bytes, Optional<Bytes>> ours = overlay.changes().main();
        SortedMap<String, String> differences = new TreeMap<>();
        theirs.forEach((key, value) -> {
            Optional<Bytes> own = ext.get(Hex.decode(key)).map(Bytes::wrap);
            if (compared.covers(Hex.decode(key)) && !own.equals(value.map(Bytes::wrap))) {
                differences.put(nameOf(Hex.decode(key)) + " " + key,
                        "stock " + value.map(Hex::encode) + ", ours " + own);
            }
        });
        ours.forEach((key, value) -> {
            Optional<Bytes> before = state.top().get(key.toArray()).map(Bytes::wrap);
            if (compared.covers(key.view()) && !theirs.containsKey(key.hex()) && !value.equals(before)) {
                differences.put(nameOf(key.view()) + " " + key, "stock leaves " + before + ", ours " + value);
            }
        });
        return differences;
    }

    /** What is not compared is from now on as in the stock runtime. */
    private void takeOver(Map<String, Optional<byte[]>> theirs, SortedMap<Bytes, Optional<Bytes>> ours) {
        if (compared.isWhole()) {
            return;
        }
        List.copyOf(ours.keySet()).stream().filter(key -> !compared.covers(key.view()))
                .forEach(key -> set(key.toArray(), judge.get(key.toArray())));
        theirs.forEach((key, value) -> {
            if (!compared.covers(Hex.decode(key))) {
                set(Hex.decode(key), value);
            }
        });
    }

    private void set(byte[] key, Optional<byte[]> value) {
        value.ifPresentOrElse(some -> overlay.put(key, some), () -> overlay.delete(key));
    }

    /**
     * A block that was made step by step is executed whole on its parent's state, as those who import it do. Where root wrote
     * over the block's own number or parent it is executed by nobody: then the judge must refuse it too.
     */
    void executeAgain(byte[] finalised) throws Difference {
        byte[] block = Block.CODEC.encode(new Block(header(finalised), contents()));
        StorageOverlay again = new StorageOverlay(state, StateVersion.V1);
        try {
            runtime.call(EXECUTE_BLOCK, block, externalities(again));
        } catch (RuntimeTrap trap) {
            StockJudge.Answer[] answer = new StockJudge.Answer[1];
            replayAtTheJudge(() -> answer[0] = judge.call(EXECUTE_BLOCK, block, false));
            if (answer[0] instanceof StockJudge.Answer.Result) {
                throw new Difference("the block does not execute: " + trap.getMessage() + where(trap));
            }
            return;
        }
        if (!Arrays.equals(overlay.after().root(), again.after().root())) {
            throw new Difference("the block executed whole comes to another state");
        }
    }

    private List<Bytes> contents() {
        List<Bytes> contents = new ArrayList<>();
        for (Step step : kept.subList(comparedAfter.last(), kept.size())) {
            if (step.method.endsWith("apply_extrinsic")) {
                try {
                    contents.add(Bytes.wrap(new ScaleInput(step.data).bytes()));
                } catch (ScaleException e) {
                    throw new IllegalStateException("an extrinsic that was applied does not decode", e);
                }
            }
        }
        return contents;
    }

    private static Header header(byte[] finalised) {
        try {
            return Header.CODEC.decodeAll(finalised);
        } catch (ScaleException e) {
            throw new IllegalStateException("what a block was finalised with is no header", e);
        }
    }

    private String nameOf(byte[] key) {
        for (PalletSlot slot : runtime.pallets().runtime().slots()) {
            for (StorageEntry entry : slot.scope().storage()) {
                byte[] prefix = entry.prefix().view();
                if (key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)) {
                    return slot.name() + "." + entry.item();
                }
            }
        }
        return "no item";
    }
}
