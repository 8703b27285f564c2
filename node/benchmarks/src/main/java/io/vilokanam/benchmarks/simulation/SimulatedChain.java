package io.vilokanam.benchmarks.simulation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.hash.Sha2;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.host.call.HostHashing;
import io.vilokanam.offchain.settler.SessionChanges;
import io.vilokanam.offchain.tickchain.TickChain;
import io.vilokanam.offchain.worker.BestBlock;
import io.vilokanam.offchain.worker.FinalisedBlock;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.tickstream.StreamRules;
import io.vilokanam.pallets.tickstream.TickStream;
import io.vilokanam.pallets.tickstream.TickStreamCall;
import io.vilokanam.pallets.tickstream.TickStreamEvent;
import io.vilokanam.pallets.timestamp.Timestamp;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.primitives.tickstream.Stream;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.runtime.composition.Composition;
import io.vilokanam.runtime.composition.Pallets;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/**
 * The pallets of the whole composition over one state, block by block, with forks: the newest blocks can be taken back and others
 * made in their place. Extrinsics are calls without fees; a block takes as many as its normal weight holds.
 */
final class SimulatedChain implements TickChain {

    static final U128 EXISTENTIAL_DEPOSIT = U128.of(1_000_000_000L);
    static final AccountId PLATFORM = account("platform");
    private static final int INDEX = 20;
    /** Milliseconds. */
    private static final long SLOT = 2_000;
    /** Three quarters of a second. */
    private static final long NORMAL_WEIGHT = 750_000_000_000L;
    /** How many blocks behind the best one are final. */
    static final int FINALITY_LAG = 4;

    /** An extrinsic: who signed it, none for a batch, root for governance. */
    record Extrinsic(Origin origin, RuntimeCall call) {}

    /** A block with what is needed to make it again elsewhere. */
    record Made(Hash hash, Header header, List<Extrinsic> extrinsics, List<TickStreamEvent> events) {}

    private final Pallets pallets = Composition.WHOLE.build(new HostHashing(), Composition.WHOLE.version());
    private final TickStream ticks = pallets.tickStream().orElseThrow();
    private final UndoState state = new UndoState();
    private final List<Made> blocks = new ArrayList<>();
    private final Map<Hash, Integer> heights = new HashMap<>();
    private final List<Extrinsic> pool = new ArrayList<>();
    private final Bytes slot = prefixOf("Aura", "CurrentSlot");
    private final Bytes sessions = prefixOf("TickStream", "Sessions");
    private final Map<Hash, SessionChanges.Changed> changes = new HashMap<>();
    private Collection<UndoState.Change> changed = List.of();
    private long forks;

    SimulatedChain(Map<AccountId, U128> endowed, List<PublicKey> keys) {
        pallets.runtime().recordEventsWith((_, event) -> state.note(event));
        List<Balances.Endowment> endowments = new ArrayList<>();
        endowments.add(new Balances.Endowment(ticks.pot(), EXISTENTIAL_DEPOSIT));
        endowments.add(new Balances.Endowment(PLATFORM, EXISTENTIAL_DEPOSIT));
        endowed.forEach((who, amount) -> endowments.add(new Balances.Endowment(who, amount)));
        pallets.system().build(state);
        pallets.balances().build(state, new Balances.Genesis(endowments));
        ticks.build(state, new TickStream.Genesis(PLATFORM, Composition.PLATFORM_FEE, keys));
        end(new Header(Hash.ZERO, 0, Hash.ZERO, Hash.ZERO, Digest.EMPTY), List.of());
    }

    static AccountId account(String name) {
        return AccountId.wrap(Sha2.hash256(Bytes.ascii("account " + name).view()));
    }

    TickStream ticks() {
        return ticks;
    }

    UndoState state() {
        return state;
    }

    U128 free(AccountId who) {
        return pallets.balances().currency().balance(state, who);
    }

    U128 issued() {
        return pallets.balances().currency().totalIssuance(state);
    }

    Bytes prefixOf(String pallet, String item) {
        return prefixOf(pallets, pallet, item);
    }

    static Bytes prefixOf(Pallets pallets, String pallet, String item) {
        return pallets.runtime().slots().stream().filter(slot -> slot.name().equals(pallet))
                .flatMap(slot -> slot.scope().storage().stream()).filter(entry -> entry.item().equals(item)).findFirst()
                .orElseThrow().prefix();
    }

    // Blocks.

    Made best() {
        return blocks.getLast();
    }

    List<Made> blocks() {
        return blocks;
    }

    BestBlock bestBlock() {
        return new BestBlock(best().hash, best().header);
    }

    FinalisedBlock finalised() {
        Made made = blocks.get(Math.max(0, blocks.size() - 1 - FINALITY_LAG));
        return new FinalisedBlock(made.hash, made.header.number());
    }

    void submit(Origin origin, TickStreamCall call) {
        pool.add(new Extrinsic(origin, pallets.runtime().call(ticks, call)));
    }

    void submit(Origin origin, StreamRules.Call call) {
        pool.add(new Extrinsic(origin, pallets.runtime().call(pallets.streamRules().orElseThrow(), call)));
    }

    /** Hands in a batch as a settler makes it; false where no pool would take it. */
    boolean submit(byte[] extrinsic) {
        try {
            ScaleInput in = new ScaleInput(extrinsic);
            Batch batch = Batch.CODEC.decode(in);
            TickStreamCall call = new TickStreamCall.SettleBatch(batch, Bytes.wrap(in.raw(64)));
            boolean isValid = validity(call) instanceof Result.Ok<ValidTransaction, TransactionValidityError>;
            if (isValid) {
                submit(Origin.NONE, call);
            }
            return isValid;
        } catch (ScaleException e) {
            throw new IllegalArgumentException("not a batch", e);
        }
    }

    private Result<ValidTransaction, TransactionValidityError> validity(TickStreamCall call) {
        return ticks.validateUnsigned(state, TransactionSource.LOCAL, call);
    }

    int waiting() {
        return pool.size();
    }

    /** Makes the next block at a time in milliseconds since 1970, with what fits of the pool. */
    Made produce(long now) {
        Header header = new Header(best().hash, best().header.number() + 1,
                Hash.wrap(Blake2b.hash256(Bytes.ascii("fork " + forks).view())), Hash.ZERO, Digest.EMPTY);
        pallets.system().initialise(state, header.number(), header.parentHash(), Digest.EMPTY);
        // There is no Aura digest to take the slot from.
        state.put(slot.view(), Codecs.U64.encode(now / SLOT));
        dispatch(new Extrinsic(Origin.NONE, pallets.runtime().call(pallets.timestamp(), new Timestamp.Call.Set(now))));
        long weight = ticks.onInitialize(state, header.number()).refTime();
        pallets.system().noteFinishedInitialise(state);
        List<Extrinsic> included = new ArrayList<>();
        List<Extrinsic> waiting = new ArrayList<>();
        // As a pool orders them: batches have a higher priority than any tip.
        pool.sort(Comparator.comparing(extrinsic -> !(extrinsic.call.call() instanceof TickStreamCall.SettleBatch)));
        for (Extrinsic extrinsic : pool) {
            long charged = weigh(extrinsic);
            if (weight + charged > NORMAL_WEIGHT) {
                waiting.add(extrinsic);
            } else if (isDue(extrinsic, waiting)) {
                weight += dispatch(extrinsic);
                included.add(extrinsic);
            }
        }
        pool.clear();
        pool.addAll(waiting);
        pallets.timestamp().onFinalize(state, header.number());
        return end(header, included);
    }

    /** Whether an extrinsic goes into the block now; a batch whose turn comes later waits, a stale one is dropped. */
    private boolean isDue(Extrinsic extrinsic, List<Extrinsic> waiting) {
        if (!(extrinsic.call.call() instanceof TickStreamCall.SettleBatch batch)) {
            return true;
        }
        return switch (validity(batch)) {
            case Result.Ok<ValidTransaction, TransactionValidityError> _ -> true;
            case Result.Err<ValidTransaction, TransactionValidityError>(var error) -> {
                if (error.equals(TransactionValidityError.of(new InvalidTransaction.Future()))) {
                    waiting.add(extrinsic);
                }
                yield false;
            }
        };
    }

    private long weigh(Extrinsic extrinsic) {
        return pallets.runtime().dispatchInfo(extrinsic.call).callWeight().refTime();
    }

    /** @return what it weighed; what fails is taken back and weighs as announced */
    private long dispatch(Extrinsic extrinsic) {
        try {
            Weight weight = pallets.runtime().dispatch(state, extrinsic.origin, extrinsic.call)
                    .weightOf(pallets.runtime().dispatchInfo(extrinsic.call));
            return weight.refTime();
        } catch (DispatchException failed) {
            return weigh(extrinsic);
        }
    }

    private Made end(Header header, List<Extrinsic> extrinsics) {
        List<TickStreamEvent> events = new ArrayList<>();
        for (byte[] event : state.events()) {
            if (event[0] == INDEX) {
                try {
                    ScaleInput in = new ScaleInput(event);
                    in.u8();
                    events.add(TickStreamEvent.EVENTS.decode(in));
                } catch (ScaleException e) {
                    throw new IllegalStateException("an event does not decode: " + Bytes.hex(event), e);
                }
            }
        }
        Made made = new Made(Hash.wrap(Blake2b.hash256(Header.CODEC.encode(header))), header, extrinsics, events);
        blocks.add(made);
        heights.put(made.hash, blocks.size());
        changed = state.endBlock();
        long[] of = changed.stream().map(UndoState.Change::key).filter(key -> isUnder(key, sessions))
                .mapToLong(SimulatedChain::session).toArray();
        changes.put(made.hash, new SessionChanges.Changed(header.parentHash(), of));
        return made;
    }

    /** What the newest block changed. */
    Collection<UndoState.Change> changed() {
        return changed;
    }

    static boolean isUnder(Bytes key, Bytes prefix) {
        return key.size() >= prefix.size()
                && Arrays.equals(key.view(), 0, prefix.size(), prefix.view(), 0, prefix.size());
    }

    /** Behind the prefix stand 8 bytes of hash and the session's id. */
    private static long session(Bytes key) {
        return ByteBuffer.wrap(key.view()).order(ByteOrder.LITTLE_ENDIAN).getLong(key.size() - Long.BYTES);
    }

    /** Which sessions each block changed, those taken back included: the way to another block leads over them. */
    SessionChanges sessionChanges() {
        return block -> Optional.ofNullable(changes.get(block));
    }

    /**
     * Takes back some blocks that are not final; their extrinsics wait again but for those that are {@code lost}.
     *
     * @return the blocks, the newest first
     */
    List<Made> takeBack(int count, Predicate<Extrinsic> lost) {
        forks++;
        List<Made> taken = new ArrayList<>();
        List<Extrinsic> again = new ArrayList<>();
        while (taken.size() < count && best().header.number() > finalised().number() + 1) {
            Made made = blocks.removeLast();
            heights.remove(made.hash);
            state.takeBack();
            again.addAll(0, made.extrinsics);
            taken.add(made);
        }
        again.removeIf(lost);
        pool.addAll(0, again);
        return taken;
    }

    // What off-chain workers ask.

    private PlainHost at(Hash hash) {
        Integer height = heights.get(hash);
        if (height == null) {
            throw new IllegalStateException("block " + hash + " was taken back");
        }
        return state.at(height);
    }

    @Override
    public Settings settings(Hash at) {
        return ticks.settings(at(at));
    }

    @Override
    public Optional<Stream> stream(Hash at, long stream) {
        return ticks.findStream(at(at), stream);
    }

    @Override
    public List<Optional<Session>> sessions(Hash at, List<Long> ids) {
        PlainHost host = at(at);
        return ids.stream().map(id -> ticks.findSession(host, id)).toList();
    }

    @Override
    public Optional<Long> nextNonce(Hash at, PublicKey key) {
        return ticks.nextNonce(at(at), key);
    }

    @Override
    public Bytes batchPayload(Hash at, Batch batch) {
        return ticks.payload(at(at), batch);
    }

    @Override
    public Bytes batchExtrinsic(Hash at, Batch batch, Bytes signature) {
        return new ScaleOutput().raw(Batch.CODEC.encode(batch)).raw(signature.view()).toBytes();
    }

    @Override
    public long batchWeight(Hash at, Batch batch) {
        return ticks.weigh(new TickStreamCall.SettleBatch(batch, Bytes.wrap(new byte[64]))).refTime();
    }
}
