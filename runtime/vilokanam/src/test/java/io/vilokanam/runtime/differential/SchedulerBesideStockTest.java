package io.vilokanam.runtime.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.schedule.Period;
import io.vilokanam.frame.schedule.TaskAddress;
import io.vilokanam.host.call.HostHashing;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.preimage.PreimageCall;
import io.vilokanam.pallets.scheduler.SchedulerCall;
import io.vilokanam.pallets.system.SystemCall;
import io.vilokanam.pallets.utility.Utility;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.Weight;
import io.vilokanam.runtime.NativeRuntimes;
import io.vilokanam.runtime.RecordedGenesis;
import io.vilokanam.runtime.StoredItems;
import io.vilokanam.runtime.VilokanamRuntime;
import io.vilokanam.runtime.composition.Pallets;
import io.vilokanam.runtime.composition.TeamAccounts;
import io.vilokanam.runtime.differential.TwoRuntimes.Step;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** What random chains seldom or never come to in the scheduler. Needs the stock node ({@code REFCHAIN_NODE}). */
class SchedulerBesideStockTest {

    private static final String SPEC = "full/dev.raw.json";

    /** More than half of what a block's tasks may use. */
    private static final Weight LARGE = new Weight(450_000_000_000L, 0);
    private static final Weight TOO_LARGE = new Weight(800_000_000_000L, 0);
    private static final int TASKS_MAX = 50;
    private static final int LAYERS_MAX = 255;

    @RegisterExtension
    static final OpenJudge JUDGE = new OpenJudge(SPEC);

    private final VilokanamRuntime runtime = NativeRuntimes.ofVersion(110);
    private final Pallets pallets = runtime.pallets();
    private final TeamAccounts team = pallets.townHall().orElseThrow().teamAccounts();
    private final List<Hash> hashes = new ArrayList<>(List.of(RecordedGenesis.hash(SPEC)));
    private final RandomExtrinsics extrinsics = new RandomExtrinsics(new SplittableRandom(1), runtime, hashes);
    private final Coverage coverage = new Coverage(pallets.runtime(), List.of());
    private TwoRuntimes both;
    private int number;

    @BeforeEach
    void beginAtGenesis() throws Exception {
        both = new TwoRuntimes(runtime, JUDGE.get(), SPEC);
    }

    /** A block of these calls, each made by root. */
    private void block(RuntimeCall... calls) throws Exception {
        number++;
        both.beginBlock(hashes.getLast(), number, RandomChain.FIRST_SLOT + number);
        for (RuntimeCall call : calls) {
            extrinsics.at(both.ours(), number);
            RuntimeCall sudo = extrinsics.calls().world().byRoot(call);
            byte[] result = both.take(Step.apply(extrinsics.proper(sudo))).orElseThrow();
            assertEquals(0, result[0], "the extrinsic is valid");
        }
        hashes.add(both.endBlock());
        coverage.events(both.ours().get(TwoRuntimes.EVENTS.view()).orElseThrow());
    }

    private void assertMet(String... events) {
        Set<String> missing = new TreeSet<>(Set.of(events));
        missing.retainAll(coverage.missing());
        assertEquals(Set.of(), missing);
    }

    private RuntimeCall call(SchedulerCall call) {
        return pallets.runtime().call(team.scheduler(), call);
    }

    private RuntimeCall system(SystemCall call) {
        return pallets.runtime().call(pallets.system(), call);
    }

    private RuntimeCall remark(int bytes) {
        return system(new SystemCall.RemarkWithEvent(Bytes.wrap(new byte[bytes])));
    }

    private RuntimeCall weighing(Weight weight) {
        return pallets.runtime().call(pallets.utility(), new Utility.Call.WithWeight(remark(3), weight));
    }

    /** Fails as root, which has no balance. */
    private RuntimeCall failing() {
        return pallets.runtime().call(pallets.balances(),
                new Balances.Call.TransferAllowDeath(new MultiAddress.Id(Actors.alice().id()), U128.ONE));
    }

    private RuntimeCall schedule(long when, Optional<Period> periodic, int priority, RuntimeCall call) {
        return call(new SchedulerCall.Schedule(when, periodic, priority, call));
    }

    private RuntimeCall once(long when, RuntimeCall call) {
        return schedule(when, Optional.empty(), 128, call);
    }

    /** Puts an agenda into storage whose one task has to look its call up, and the call. */
    private RuntimeCall[] lookup(long when, byte[] encoded) {
        Hash hash = Hash.wrap(new HostHashing().blake2b256(encoded));
        byte[] agenda = new ScaleOutput().compact(1).u8(1).u8(0).u8(5).u8(2).raw(hash.bytes().view())
                .u32(encoded.length).u8(0).u8(0).u8(0).toByteArray();
        byte[] at = new ScaleOutput().u32(when).toByteArray();
        byte[] key = new ScaleOutput().raw(StoredItems.prefix("Scheduler", "Agenda").view())
                .raw(new HostHashing().twox64(at)).raw(at)
                .toByteArray();
        return new RuntimeCall[]{
                pallets.runtime().call(team.preimage(), new PreimageCall.NotePreimage(Bytes.wrap(encoded))),
                system(new SystemCall.SetStorage(List.of(Map.entry(Bytes.wrap(key), Bytes.wrap(agenda)))))};
    }

    /** On a thread with as much stack as the node gives a call that needs it. */
    private static void deep(Callable<Void> call) throws Exception {
        FutureTask<Void> task = new FutureTask<>(call);
        new Thread(null, task, "deep", 64L << 20).start();
        task.get();
    }

    /** A remark in so many batches of one call, in so many calls by sudo. */
    private static byte[] nested(int sudos, int batches) {
        ScaleOutput nested = new ScaleOutput();
        for (int i = 0; i < sudos; i++) {
            nested.u8(6).u8(0);
        }
        for (int i = 0; i < batches; i++) {
            nested.u8(7).u8(0).compact(1);
        }
        return nested.u8(0).u8(0).u8(0).toByteArray();
    }

    @Test
    void callsNestAsDeepInPreimagesAsTheStockRuntimeBears() throws Exception {
        deep(() -> {
            for (int sudos : new int[]{LAYERS_MAX - 1, LAYERS_MAX, 256, 257, 300, 787}) {
                block(lookup(number + 2, nested(sudos, 0)));
                block();
            }
            for (int[] mixed : new int[][]{{0, 702}, {50, 657}, {366, 375}, {603, 164}}) {
                block(lookup(number + 2, nested(mixed[0], mixed[1])));
                block();
            }
            assertMet("event Scheduler.Dispatched");
            return null;
        });
    }

    @Test
    void noBlockIsMadeWhereTheyNestDeeper() throws Exception {
        deep(() -> {
            for (int[] mixed : new int[][]{{788, 0}, {1_500, 0}, {0, 703}, {50, 658}, {366, 376}, {603, 165}}) {
                both = new TwoRuntimes(runtime, JUDGE.get(), SPEC);
                hashes.subList(1, hashes.size()).clear();
                number = 0;
                block(lookup(2, nested(mixed[0], mixed[1])));
                assertTrue(both.take(new Step("Core_initialize_block",
                        RandomChain.start(hashes.getLast(), 2, RandomChain.FIRST_SLOT + 2), true)).isEmpty(),
                        () -> mixed[0] + " calls by sudo, " + mixed[1] + " batches");
            }
            return null;
        });
    }

    @Test
    void whatDoesNotDecodeIsUnavailable() throws Exception {
        block(lookup(3, new byte[]{(byte) 255, 1, 2}));
        block();
        block();
        assertMet("event Scheduler.CallUnavailable");
    }

    @Test
    void largeTasksWaitForLaterBlocksByPriority() throws Exception {
        block(schedule(3, Optional.empty(), 200, weighing(LARGE)),
                schedule(3, Optional.of(new Period(1, 3)), 10, weighing(LARGE)),
                schedule(3, Optional.empty(), 100, weighing(LARGE)), once(3, remark(300)),
                schedule(4, Optional.empty(), 0, remark(5)), once(4, weighing(TOO_LARGE)),
                call(new SchedulerCall.ScheduleNamed(Bytes.wrap(new byte[32]), 4, Optional.empty(), 1,
                        weighing(LARGE))));
        for (int i = 0; i < 9; i++) {
            block();
        }
        assertMet("event Scheduler.AgendaIncomplete", "event Scheduler.Dispatched");
    }

    @Test
    void aTaskThatNoBlockCanBearStaysWhereItIs() throws Exception {
        block(once(3, weighing(TOO_LARGE)), call(new SchedulerCall.ScheduleNamed(Bytes.wrap(new byte[32]), 4,
                Optional.of(new Period(2, 4)), 1, weighing(TOO_LARGE))));
        block();
        block();
        block();
        block(call(new SchedulerCall.Cancel(3, 0)), call(new SchedulerCall.CancelNamed(Bytes.wrap(new byte[32]))),
                call(new SchedulerCall.Cancel(4, 0)));
        assertMet("event Scheduler.PermanentlyOverweight", "event Scheduler.Canceled");
    }

    @Test
    void fullAgendasTakeNoRepetitionsNorRetries() throws Exception {
        List<RuntimeCall> calls = new ArrayList<>();
        calls.add(schedule(3, Optional.of(new Period(2, 3)), 1, remark(200)));
        calls.add(schedule(3, Optional.empty(), 1, failing()));
        calls.add(call(new SchedulerCall.SetRetry(new TaskAddress(3, 1), 2, 2)));
        for (int i = 0; i <= TASKS_MAX; i++) {
            calls.add(once(5, remark(i)));
        }
        calls.add(call(new SchedulerCall.Cancel(5, 7)));
        calls.add(once(5, remark(9)));
        block(calls.toArray(RuntimeCall[]::new));
        for (int i = 0; i < 5; i++) {
            block();
        }
        assertMet("event Scheduler.PeriodicFailed", "event Scheduler.RetryFailed");
    }

    @Test
    void retriesRunOutAndStopWithSuccess() throws Exception {
        Bytes name = Bytes.wrap(new byte[32]);
        block(call(new SchedulerCall.ScheduleNamed(name, 3, Optional.of(new Period(3, 3)), 1, failing())),
                call(new SchedulerCall.SetRetryNamed(name, 2, 1)), once(3, failing()),
                call(new SchedulerCall.SetRetry(new TaskAddress(3, 1), 0, 1)), once(3, failing()),
                call(new SchedulerCall.SetRetry(new TaskAddress(3, 2), 3, 0)), once(4, failing()),
                call(new SchedulerCall.SetRetry(new TaskAddress(4, 0), 9, 2)), once(3, remark(1)),
                call(new SchedulerCall.SetRetry(new TaskAddress(3, 3), 3, 1)));
        for (int i = 0; i < 5; i++) {
            block();
        }
        block(call(new SchedulerCall.CancelRetryNamed(name)),
                call(new SchedulerCall.CancelRetry(new TaskAddress(number + 2, 0))));
        for (int i = 0; i < 6; i++) {
            block();
        }
        assertMet("event Scheduler.RetrySet", "event Scheduler.RetryCancelled");
        assertTrue(number > 10);
    }

    /** The agenda of the block that runs is written last: what its tasks schedule for that block is lost, or lands on it. */
    @Test
    void tasksMayChangeTheAgendaThatTheyStandOn() throws Exception {
        block(schedule(3, Optional.empty(), 1, call(new SchedulerCall.Cancel(3, 1))),
                schedule(3, Optional.empty(), 2, remark(200)),
                schedule(3, Optional.empty(), 3, call(new SchedulerCall.Cancel(4, 0))),
                schedule(3, Optional.empty(), 4, call(new SchedulerCall.ScheduleAfter(0, Optional.empty(), 1,
                        remark(7)))),
                once(4, remark(200)), schedule(3, Optional.empty(), 5, call(new SchedulerCall.Cancel(9, 9))));
        for (int i = 0; i < 4; i++) {
            block();
        }
        assertMet("event Scheduler.Canceled");
    }
}
