package io.vilokanam.runtime.differential;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.host.call.HostHashing;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.runtime.RecordedGenesis;
import io.vilokanam.runtime.VilokanamRuntime;
import io.vilokanam.runtime.differential.TwoRuntimes.Difference;
import io.vilokanam.runtime.differential.TwoRuntimes.Step;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.testkit.StockJudge;

/** A chain of random blocks from one seed, made by both runtimes. */
final class RandomChain {

    static final long SLOT_MILLIS = 2_000;
    static final long FIRST_SLOT = 900_000_000;

    private static final int BLOCKS_MAX = 40;
    private static final int EXTRINSICS_MAX = 40;
    /** Each so-manieth extrinsic is the beginning of a story instead. */
    private static final int STORIES = 12;
    private static final int QUERIES_MAX = 5;
    private static final int SHRUNK_BLOCKS_MAX = 2;
    private static final int REPLAYS_MAX = 60;

    private final long seed;
    private final VilokanamRuntime runtime;
    private final StockJudge judge;
    private final Coverage coverage;
    private final String spec;
    private final Compared compared;
    private final int blocksMax;
    private final boolean hasStories;
    private final SplittableRandom random;
    private final List<Hash> hashes = new ArrayList<>();
    private final RandomExtrinsics extrinsics;
    private final RandomQueries queries;
    private final List<List<Step>> blocks = new ArrayList<>();
    private final TwoRuntimes both;
    private long slot = FIRST_SLOT;
    private long applied;
    private long asked;
    private int replays;

    /** A chain of composition 100. */
    RandomChain(long seed, VilokanamRuntime runtime, StockJudge judge, Coverage coverage) throws IOException {
        this(seed, runtime, judge, coverage, "", Compared.all(), BLOCKS_MAX);
    }

    /**
     * @param folder where the recorded specs of the composition are, with a slash at its end
     * @param blocksMax after so many blocks the chain ends
     */
    RandomChain(long seed, VilokanamRuntime runtime, StockJudge judge, Coverage coverage, String folder,
            Compared compared, int blocksMax) throws IOException {
        this.seed = seed;
        this.compared = compared;
        this.blocksMax = blocksMax;
        this.hasStories = !folder.isEmpty();
        this.runtime = runtime;
        this.judge = judge;
        this.coverage = coverage;
        this.spec = folder + (seed % 3 == 0 ? "local.raw.json" : "dev.raw.json");
        this.random = new SplittableRandom(seed);
        this.extrinsics = new RandomExtrinsics(random, runtime, hashes,
                folder.isEmpty() ? List.of() : CallSources.of(runtime));
        this.queries = new RandomQueries(random, runtime, extrinsics);
        this.both = new TwoRuntimes(runtime, judge, spec, compared);
        hashes.add(RecordedGenesis.hash(spec));
    }

    long blocks() {
        return blocks.size();
    }

    /** How many extrinsics were offered, in blocks. */
    long extrinsics() {
        return applied;
    }

    /** How many calls of runtime APIs were made beside the blocks. */
    long queries() {
        return asked;
    }

    /** Makes blocks until the chain is long, or dead in both runtimes. */
    void grow() throws IOException, ScaleException {
        try {
            for (int number = 1; number <= blocksMax && block(number); number++) {
                ask(number);
            }
        } catch (Difference difference) {
            throw new AssertionError("seed=" + seed + " block " + blocks.size() + ": " + difference.getMessage()
                    + "\nneeds:" + smallest(), difference);
        }
    }

    private void ask(int number) throws Difference {
        extrinsics.at(both.ours(), number);
        queries.at(number);
        for (int i = random.nextInt(QUERIES_MAX); i > 0; i--) {
            Step query = queries.next();
            if (compared.isWhole() || query.method().startsWith("T")) { // transactions: their validity and their price
                asked++;
                take(query);
            }
        }
    }

    private Optional<byte[]> take(Step step) throws Difference {
        blocks.getLast().add(step);
        return both.take(step);
    }

    private boolean block(int number) throws Difference, ScaleException {
        blocks.add(new ArrayList<>());
        slot += 1 + (random.nextInt(4) == 0 ? random.nextInt(3) : 0);
        if (take(new Step("Core_initialize_block", start(hashes.getLast(), number, slot), true)).isEmpty()) {
            return false;
        }
        apply(RandomQueries.timestamp(slot * SLOT_MILLIS));
        extrinsics.at(both.ours(), number);
        if (number == 1) {
            apply(extrinsics.proper(extrinsics.calls().endowment()));
        }
        Optional<RuntimeCall> alms = hasStories ? extrinsics.calls().alms() : Optional.empty();
        if (alms.isPresent()) {
            apply(extrinsics.of(new World.Act(Actors.treasurer(), alms.get())));
        }
        World world = extrinsics.calls().world();
        world.goOn();
        tell(world);
        for (int i = random.nextInt(EXTRINSICS_MAX); i > 0; i--) {
            if (hasStories && world.oneIn(STORIES)) {
                extrinsics.calls().beginStory();
                tell(world);
            } else {
                apply(extrinsics.next());
            }
        }
        if (number == blocksMax) {
            apply(extrinsics.proper(extrinsics.calls().last()));
            compare();
            return false;
        }
        return finish();
    }

    /** What the stories have for now. */
    private void tell(World world) throws Difference {
        for (Optional<World.Act> act = world.nextAct(); act.isPresent(); act = world.nextAct()) {
            apply(extrinsics.of(act.get()));
        }
    }

    /** The header that a block starts with. */
    static byte[] start(Hash parent, long number, long slot) {
        DigestItem preRuntime = new DigestItem.PreRuntime(DigestItem.AURA, new ScaleOutput().u64(slot).toBytes());
        return Header.CODEC.encode(new Header(parent, number, Hash.ZERO, Hash.ZERO, new Digest(List.of(preRuntime))));
    }

    private void apply(byte[] extrinsic) throws Difference {
        applied++;
        take(Step.apply(extrinsic));
    }

    private boolean finish() throws Difference, ScaleException {
        Optional<byte[]> header = take(new Step("BlockBuilder_finalize_block", new byte[0], true));
        if (header.isEmpty()) {
            return false;
        }
        hashes.add(Hash.wrap(new HostHashing().blake2b256(header.get())));
        if (random.nextInt(4) == 0) {
            both.executeAgain(header.get());
        }
        compare();
        return true;
    }

    private void compare() throws Difference, ScaleException {
        Optional<byte[]> events = both.ours().get(TwoRuntimes.EVENTS.view());
        both.compareStates();
        if (events.isPresent()) {
            coverage.events(events.get());
        }
        for (byte[] call : extrinsics.calls().made()) {
            coverage.call(call);
        }
    }

    /**
     * Leaves out what does not matter of the chain, the last block first, and makes the chain anew each time: what is left are
     * the extrinsics and queries without which the runtimes agree.
     */
    private String smallest() throws IOException {
        List<List<Step>> needed = new ArrayList<>(blocks);
        for (int block = needed.size() - 1; block >= Math.max(0, needed.size() - SHRUNK_BLOCKS_MAX); block--) {
            for (int i = needed.get(block).size() - 1; i >= 0; i--) {
                if (replays == REPLAYS_MAX || isFrame(needed.get(block), i) && block < needed.size() - 1) {
                    continue;
                }
                List<List<Step>> fewer = new ArrayList<>(needed);
                List<Step> steps = new ArrayList<>(needed.get(block));
                steps.remove(i);
                fewer.set(block, steps);
                if (differs(fewer)) {
                    needed = fewer;
                }
            }
        }
        StringBuilder shown = new StringBuilder();
        for (int block = Math.max(0, needed.size() - SHRUNK_BLOCKS_MAX); block < needed.size(); block++) {
            for (int i = 0; i < needed.get(block).size(); i++) {
                if (block == needed.size() - 1 || !isFrame(needed.get(block), i)) {
                    shown.append("\n  block ").append(block + 1).append(' ').append(needed.get(block).get(i));
                }
            }
        }
        return shown.toString();
    }

    /** The start of a block, its timestamp and its end. */
    private static boolean isFrame(List<Step> block, int index) {
        return index < 2 || block.get(index).kept() && block.get(index).method().endsWith("finalize_block");
    }

    private boolean differs(List<List<Step>> chain) throws IOException {
        replays++;
        TwoRuntimes again = new TwoRuntimes(runtime, judge, spec, compared);
        try {
            for (List<Step> block : chain) {
                replay(again, block);
            }
            return false;
        } catch (Difference difference) {
            return true;
        }
    }

    private static void replay(TwoRuntimes runtimes, List<Step> block) throws Difference {
        for (Step step : block) {
            runtimes.take(step);
            if (step.method().endsWith("finalize_block") && step.kept()) {
                runtimes.compareStates();
            }
        }
    }
}
