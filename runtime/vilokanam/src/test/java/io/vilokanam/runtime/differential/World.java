package io.vilokanam.runtime.differential;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.pallet.Pallet;
import io.vilokanam.pallets.sudo.Sudo;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.runtime.VilokanamRuntime;
import io.vilokanam.runtime.composition.Pallets;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** A random chain as those see it who make calls and stories for it: the dice, the actors, the state, and what comes next. */
final class World {

    private static final int ACTS_MAX = 2_000;

    /** Something that a signer does without fault. */
    record Act(Actors.Signer signer, RuntimeCall call) {}

    private final SplittableRandom random;
    private final VilokanamRuntime runtime;
    private final Actors actors;
    private final RandomCalls calls;
    private final Queue<Act> acts = new ArrayDeque<>();
    private final SortedMap<Long, List<Consumer<World>>> plots = new TreeMap<>();
    private Externalities state;
    private long number;

    World(SplittableRandom random, VilokanamRuntime runtime, Actors actors, RandomCalls calls) {
        this.random = random;
        this.runtime = runtime;
        this.actors = actors;
        this.calls = calls;
    }

    void at(Externalities blockState, long blockNumber) {
        state = blockState;
        number = blockNumber;
    }

    SplittableRandom random() {
        return random;
    }

    /** True in one case out of so many. */
    boolean oneIn(int cases) {
        return random.nextInt(cases) == 0;
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    Actors actors() {
        return actors;
    }

    Pallets pallets() {
        return runtime.pallets();
    }

    /** Our state as the block so far left it: both runtimes agree on it. */
    Externalities state() {
        return state;
    }

    /** The block that is being made. */
    long number() {
        return number;
    }

    /** An amount at an edge: of the existential deposit, of some balance, of the type; or a small one. */
    U128 amount() {
        return actors.amount(pallets().system(), state);
    }

    <C> RuntimeCall call(Pallet<C> pallet, C call) {
        return pallets().runtime().call(pallet, call);
    }

    /** Any call of any pallet, for calls that hold calls. */
    RuntimeCall anyCall(int depth) {
        return calls.next(depth);
    }

    /** The call as it is made by sudo. */
    RuntimeCall byRoot(RuntimeCall call) {
        return call(pallets().sudo(), new Sudo.Call.AsRoot(call));
    }

    /** Queues what the signer does next in this block, without fault. */
    void act(Actors.Signer signer, RuntimeCall call) {
        if (acts.size() == ACTS_MAX) {
            throw new IllegalStateException("a story has more than " + ACTS_MAX + " acts in a block");
        }
        acts.add(new Act(signer, call));
    }

    /** Queues a call that root makes next in this block. */
    void actByRoot(RuntimeCall call) {
        act(sudoer(), byRoot(call));
    }

    /** Who holds the key of sudo; //Alice where nobody does who signs. */
    Actors.Signer sudoer() {
        byte[] key = pallets().runtime().slotOf(pallets().sudo()).scope().storage().getFirst().prefix().view();
        Optional<Bytes> holder = state.get(key).map(Bytes::wrap);
        return Actors.all().stream().filter(signer -> holder.equals(Optional.of(signer.id().bytes()))).findFirst()
                .orElse(Actors.alice());
    }

    /** Goes on with the story at the beginning of the block that is {@code blocks} later, at its state. */
    void later(int blocks, Consumer<World> plot) {
        plots.computeIfAbsent(number + blocks, _ -> new ArrayList<>()).add(plot);
    }

    /** The next thing that happens, if a story has anything to tell. */
    Optional<Act> nextAct() {
        return Optional.ofNullable(acts.poll());
    }

    /** Runs what was planned for this block. */
    void goOn() {
        while (!plots.isEmpty() && plots.firstKey() <= number) {
            plots.pollFirstEntry().getValue().forEach(plot -> plot.accept(this));
        }
    }

    /** Accounts of which a story learned take part from now on: multisigs, pure proxies, pots. */
    void meet(AccountId account) {
        actors.meet(account);
    }
}
