package io.vilokanam.pallets.system;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.executive.BlockLedger;
import io.vilokanam.frame.executive.CurrentBlock;
import io.vilokanam.frame.pallet.EventLog;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.Pallet;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.pallet.RuntimeScope;
import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.DispatchEventInfo;
import io.vilokanam.primitives.dispatch.DispatchInfo;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.primitives.wellknown.WellKnownKeys;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;

/**
 * The pallet that all others stand on ({@code frame_system}): accounts, the block that is being executed, its events,
 * and the runtime's code.
 *
 * @param <D> what the balances pallet keeps in accounts
 */
public final class FrameSystem<D> implements Pallet<SystemCall>, BlockLedger, CurrentBlock, EventLog {

    /**
     * What a runtime decides.
     *
     * @param blockHashCount for how many blocks hashes are kept
     * @param maxConsumers by how many an account may be needed
     * @param accountData how the balances pallet's data stands in accounts
     * @param noAccountData the data of an account that holds nothing
     */
    public record Config<D>(RuntimeVersion version, BlockWeights blockWeights, BlockLength blockLength,
            long blockHashCount, DbWeight dbWeight, int ss58Prefix, long maxConsumers, Codec<D> accountData,
            D noAccountData) {}

    /** Stands for the parent of genesis, which has none: 32 times 69. */
    private static final Hash HASH_69 = hash69();

    private final Config<D> config;
    private final SystemWeights weights;
    private final CodeUpgrade upgrade;
    private final SystemStorage<D> storage;
    private final EventSink<SystemEvent> events;
    private final Accounts<D> accounts;

    public FrameSystem(RuntimeScope runtime, PalletScope scope, Config<D> config) {
        this.config = config;
        this.weights = new SystemWeights(config.dbWeight);
        this.storage = new SystemStorage<>(runtime, scope, config.accountData, config.noAccountData);
        scope.calls(SystemCall.TABLE, "frame_system::pallet::Call", "T");
        this.events = scope.events(SystemEvent.TABLE, "frame_system::pallet::Event", "T");
        this.upgrade = new CodeUpgrade(scope.index(), config.version, config.blockWeights.maxBlock(),
                storage.authorizedUpgrade, events, ext -> depositLog(ext, new DigestItem.RuntimeEnvironmentUpdated()));
        scope.errors(SystemError.TABLE, "frame_system::pallet::Error", "T");
        scope.constant("BlockWeights", BlockWeights.CODEC, config.blockWeights, "How much weight a block may use.");
        scope.constant("BlockLength", BlockLength.CODEC, config.blockLength, "How long a block may be.");
        scope.constant("BlockHashCount", Codecs.U32, config.blockHashCount, "For how many blocks hashes are kept.");
        scope.constant("DbWeight", DbWeight.CODEC, config.dbWeight, "What a storage access costs.");
        scope.constant("Version", RuntimeVersion.CODEC, config.version, "Which runtime this is.");
        scope.constant("SS58Prefix", Codecs.U16, config.ss58Prefix, "The network in front of addresses.");
        this.accounts = new Accounts<>(storage.account, events, config.maxConsumers, config.noAccountData);
        runtime.recordEventsWith(this);
    }

    private static Hash hash69() {
        byte[] bytes = new byte[Hash.SIZE];
        Arrays.fill(bytes, (byte) 69);
        return Hash.wrap(bytes);
    }

    /** Writes what genesis holds of this pallet. */
    public void build(Externalities ext) {
        storage.blockHash.put(ext, 0L, HASH_69);
        storage.parentHash.put(ext, HASH_69);
        storage.lastRuntimeUpgrade.put(ext, LastRuntimeUpgrade.to(config.version));
        storage.upgradedToU32RefCount.put(ext, true);
        storage.upgradedToTripleRefCount.put(ext, true);
        putExtrinsicIndex(ext, 0);
    }

    public RuntimeVersion version() {
        return config.version;
    }

    public BlockWeights blockWeights() {
        return config.blockWeights;
    }

    public BlockLength blockLength() {
        return config.blockLength;
    }

    @Override
    public DbWeight dbWeight() {
        return config.dbWeight;
    }

    public Accounts<D> accounts() {
        return accounts;
    }

    // Calls

    @Override
    public Weight weigh(SystemCall call) {
        return switch (call) {
            case SystemCall.Remark(Bytes remark) -> weights.remark(remark.size());
            case SystemCall.SetHeapPages _ -> weights.setHeapPages();
            case SystemCall.SetCode _,SystemCall.SetCodeWithoutChecks _ -> weights.setCode();
            case SystemCall.SetStorage(var items) -> weights.setStorage(items.size());
            case SystemCall.KillStorage(var keys) -> weights.killStorage(keys.size());
            case SystemCall.KillPrefix(_, long subkeys) -> weights.killPrefix(Math.min(subkeys + 1, 0xffff_ffffL));
            case SystemCall.RemarkWithEvent(Bytes remark) -> weights.remarkWithEvent(remark.size());
            case SystemCall.AuthorizeUpgrade _,SystemCall.AuthorizeUpgradeWithoutChecks _ -> weights.authorizeUpgrade();
            case SystemCall.ApplyAuthorizedUpgrade _ -> weights.applyAuthorizedUpgrade();
        };
    }

    @Override
    public DispatchClass dispatchClass(SystemCall call) {
        return call instanceof SystemCall.Remark || call instanceof SystemCall.RemarkWithEvent ? DispatchClass.NORMAL
                : DispatchClass.OPERATIONAL;
    }

    @Override
    public PostDispatchInfo dispatch(Externalities ext, Origin origin, SystemCall call) throws DispatchException {
        return switch (call) {
            case SystemCall.Remark _ -> PostDispatchInfo.AS_ANNOUNCED;
            case SystemCall.SetHeapPages(long pages) -> asRoot(origin, () -> setHeapPages(ext, pages));
            case SystemCall.SetCode(Bytes code) -> {
                origin.ensureRoot();
                yield upgrade.setCode(ext, code, true);
            }
            case SystemCall.SetCodeWithoutChecks(Bytes code) -> {
                origin.ensureRoot();
                yield upgrade.setCode(ext, code, false);
            }
            case SystemCall.SetStorage(var items) -> asRoot(origin,
                    () -> items.forEach(item -> ext.put(item.getKey().view(), item.getValue().view())));
            case SystemCall.KillStorage(var keys) -> asRoot(origin, () -> keys.forEach(key -> ext.delete(key.view())));
            case SystemCall.KillPrefix(Bytes prefix, long subkeys) -> asRoot(origin,
                    () -> ext.clearPrefix(prefix.view(), subkeys));
            case SystemCall.RemarkWithEvent(Bytes remark) -> remarkWithEvent(ext, origin.ensureSigned(), remark);
            case SystemCall.AuthorizeUpgrade(Hash codeHash) -> asRoot(origin,
                    () -> upgrade.authorize(ext, codeHash, true));
            case SystemCall.AuthorizeUpgradeWithoutChecks(Hash codeHash) -> asRoot(origin,
                    () -> upgrade.authorize(ext, codeHash, false));
            case SystemCall.ApplyAuthorizedUpgrade(Bytes code) -> upgrade.applyAuthorized(ext, code);
        };
    }

    private static PostDispatchInfo asRoot(Origin origin, Runnable work) throws DispatchException {
        origin.ensureRoot();
        work.run();
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    private void setHeapPages(Externalities ext, long pages) {
        ext.put(WellKnownKeys.HEAP_PAGES.view(), Codecs.U64.encode(pages));
        depositLog(ext, new DigestItem.RuntimeEnvironmentUpdated());
    }

    /** Replaces the runtime's code; the next block is the new code's. */
    public void updateCode(Externalities ext, Bytes code) {
        upgrade.put(ext, code);
    }

    private PostDispatchInfo remarkWithEvent(Externalities ext, AccountId sender, Bytes remark) {
        events.deposit(ext, new SystemEvent.Remarked(sender, Hash.wrap(ext.blake2b256(remark.view()))));
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    @Override
    public Result<ValidTransaction, TransactionValidityError> validateUnsigned(Externalities ext,
            TransactionSource source,
            SystemCall call) {
        Optional<ValidTransaction> validity = call instanceof SystemCall.ApplyAuthorizedUpgrade(Bytes code)
                ? upgrade.validity(ext, code) : Optional.empty();
        return validity.<Result<ValidTransaction, TransactionValidityError>>map(Result::ok)
                .orElse(Result.err(TransactionValidityError.of(new InvalidTransaction.Call())));
    }

    @Override
    public Optional<TransactionValidityError> preDispatchUnsigned(Externalities ext, SystemCall call) {
        return switch (validateUnsigned(ext, TransactionSource.IN_BLOCK, call)) {
            case Result.Ok<ValidTransaction, TransactionValidityError> _ -> Optional.empty();
            case Result.Err<ValidTransaction, TransactionValidityError>(var error) -> Optional.of(error);
        };
    }

    // Events and logs

    @Override
    public void append(Externalities ext, byte[] event) {
        appendIndexed(ext, List.of(), event);
    }

    /** Adds an event that can be found by {@code topics}; genesis has none. */
    public void appendIndexed(Externalities ext, List<Hash> topics, byte[] event) {
        long number = blockNumber(ext);
        if (number == 0) {
            return;
        }
        long count = storage.eventCount.get(ext);
        if (count == 0xffff_ffffL) {
            return;
        }
        storage.eventCount.put(ext, count + 1);
        Phase phase = storage.executionPhase.find(ext).orElseGet(Phase.Initialization::new);
        storage.events.append(ext, new EventRecord(phase, event, topics).encode());
        for (Hash topic : topics) {
            storage.eventTopics.append(ext, topic, new ScaleOutput().u32(number).u32(count).toByteArray());
        }
    }

    /** Adds a log item to the block's digest. */
    public void depositLog(Externalities ext, DigestItem item) {
        storage.digest.append(ext, DigestItem.CODEC.encode(item));
    }

    public Digest digest(Externalities ext) {
        return storage.digest.get(ext);
    }

    @Override
    public void resetEvents(Externalities ext) {
        storage.events.kill(ext);
        storage.eventCount.kill(ext);
        storage.eventTopics.clear(ext, 0xffff_ffffL);
    }

    // The block that is being executed

    @Override
    public void initialise(Externalities ext, long number, Hash parentHash, Digest digest) {
        storage.executionPhase.put(ext, new Phase.Initialization());
        putExtrinsicIndex(ext, 0);
        byte[] entropy = new ScaleOutput().raw(Bytes.ascii("frame_system::initialize").view())
                .raw(parentHash.bytes().view()).toByteArray();
        ext.put(WellKnownKeys.INTRABLOCK_ENTROPY.view(), ext.blake2b256(entropy));
        storage.number.put(ext, number);
        storage.digest.put(ext, digest);
        storage.parentHash.put(ext, parentHash);
        storage.blockHash.put(ext, number - 1, parentHash);
        storage.inherentsApplied.kill(ext);
        storage.blockWeight.kill(ext);
    }

    @Override
    public void noteFinishedInitialise(Externalities ext) {
        storage.executionPhase.put(ext, new Phase.ApplyExtrinsic(0));
    }

    @Override
    public boolean isUpgraded(Externalities ext) {
        return storage.lastRuntimeUpgrade.find(ext).map(last -> last.isBefore(config.version)).orElse(true);
    }

    @Override
    public void noteUpgraded(Externalities ext) {
        storage.lastRuntimeUpgrade.put(ext, LastRuntimeUpgrade.to(config.version));
    }

    @Override
    public boolean inherentsApplied(Externalities ext) {
        return storage.inherentsApplied.get(ext);
    }

    @Override
    public void noteInherentsApplied(Externalities ext) {
        storage.inherentsApplied.put(ext, true);
    }

    /** The index of the extrinsic that is applied, while one may be. */
    @Override
    public Optional<Long> extrinsicIndex(Externalities ext) {
        return ext.get(WellKnownKeys.EXTRINSIC_INDEX.view()).flatMap(FrameSystem::readIndex);
    }

    private static Optional<Long> readIndex(byte[] value) {
        try {
            return Optional.of(Codecs.U32.decode(new ScaleInput(value)));
        } catch (ScaleException noIndex) {
            return Optional.empty();
        }
    }

    private static void putExtrinsicIndex(Externalities ext, long value) {
        ext.put(WellKnownKeys.EXTRINSIC_INDEX.view(), Codecs.U32.encode(value));
    }

    @Override
    public void noteExtrinsic(Externalities ext, byte[] extrinsic) {
        storage.extrinsicData.put(ext, extrinsicIndex(ext).orElse(0L), Bytes.wrap(extrinsic));
    }

    @Override
    public void noteAppliedExtrinsic(Externalities ext, Result<Unit, DispatchError> outcome, PostDispatchInfo post,
            DispatchInfo info) {
        Weight weight = post.weightOf(info).plus(config.blockWeights.get(info.dispatchClass()).baseExtrinsic());
        DispatchEventInfo eventInfo = new DispatchEventInfo(weight, info.dispatchClass(), post.paysFee(info));
        events.deposit(ext, switch (outcome) {
            case Result.Ok<Unit, DispatchError> _ -> new SystemEvent.ExtrinsicSuccess(eventInfo);
            case Result.Err<Unit, DispatchError>(DispatchError error) ->
                new SystemEvent.ExtrinsicFailed(error, eventInfo);
        });
        long next = extrinsicIndex(ext).orElse(0L) + 1;
        putExtrinsicIndex(ext, next);
        storage.executionPhase.put(ext, new Phase.ApplyExtrinsic(next));
        storage.extrinsicWeightReclaimed.kill(ext);
    }

    @Override
    public void noteFinishedExtrinsics(Externalities ext) {
        long count = extrinsicIndex(ext).orElse(0L);
        ext.delete(WellKnownKeys.EXTRINSIC_INDEX.view());
        storage.extrinsicCount.put(ext, count);
        storage.executionPhase.put(ext, new Phase.Finalization());
    }

    @Override
    public Header finalise(Externalities ext) {
        storage.executionPhase.kill(ext);
        storage.allExtrinsicsLen.kill(ext);
        ext.delete(WellKnownKeys.INTRABLOCK_ENTROPY.view());
        storage.inherentsApplied.kill(ext);
        // Events, number, parent hash and digest stay to be looked at; the next block's start overwrites them.
        long number = blockNumber(ext);
        Hash parentHash = storage.parentHash.get(ext);
        Digest digest = storage.digest.get(ext);
        Hash extrinsicsRoot = takeExtrinsicsRoot(ext);
        long pruned = number - config.blockHashCount - 1;
        if (pruned > 0) { // the hash of genesis stays
            storage.blockHash.remove(ext, pruned);
        }
        return new Header(parentHash, number, Hash.wrap(ext.root()), extrinsicsRoot, digest);
    }

    private Hash takeExtrinsicsRoot(Externalities ext) {
        long count = storage.extrinsicCount.takeIfPresent(ext).orElse(0L);
        List<byte[]> extrinsics = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            extrinsics.add(storage.extrinsicData.take(ext, i).view());
        }
        return Hash.wrap(ext.orderedRoot(extrinsics, config.version.systemVersion() < 2 ? 0 : 1));
    }

    // Weight and length of the block

    @Override
    public void registerExtraWeight(Externalities ext, Weight weight, DispatchClass dispatchClass) {
        storage.blockWeight.mutate(ext, used -> used.with(dispatchClass, part -> part.plus(weight)));
    }

    /** The weight that each class used so far. */
    public PerDispatchClass<Weight> blockWeight(Externalities ext) {
        return storage.blockWeight.get(ext);
    }

    public void putBlockWeight(Externalities ext, PerDispatchClass<Weight> used) {
        storage.blockWeight.put(ext, used);
    }

    /** How many bytes the block's extrinsics took up so far. */
    public long allExtrinsicsLength(Externalities ext) {
        return storage.allExtrinsicsLen.find(ext).orElse(0L);
    }

    public void putAllExtrinsicsLength(Externalities ext, long length) {
        storage.allExtrinsicsLen.put(ext, length);
    }

    /**
     * Gives back to the block what an extrinsic did not use. May be called by several of its extensions: only what is
     * beyond the earlier calls counts.
     */
    public void reclaimWeight(Externalities ext, DispatchInfo info, PostDispatchInfo post) {
        Weight reclaimed = storage.extrinsicWeightReclaimed.get(ext);
        Weight unspent = info.totalWeight().minus(post.weightOf(info)).max(reclaimed);
        Weight more = unspent.minus(reclaimed);
        if (!more.equals(Weight.ZERO)) {
            storage.blockWeight.mutate(ext, used -> used.with(info.dispatchClass(), part -> part.minus(more)));
            storage.extrinsicWeightReclaimed.put(ext, unspent);
        }
    }

    @Override
    public Weight usedWeight(Externalities ext) {
        return PerDispatchClass.total(storage.blockWeight.get(ext));
    }

    @Override
    public Weight maxBlockWeight() {
        return config.blockWeights.maxBlock();
    }

    @Override
    public Weight baseBlockWeight() {
        return config.blockWeights.baseBlock();
    }

    @Override
    public long blockNumber(Externalities ext) {
        return storage.number.get(ext);
    }

    @Override
    public Hash blockHash(Externalities ext, long number) {
        return storage.blockHash.get(ext, number);
    }

    @Override
    public void noteBlockHash(Externalities ext, long number, Hash hash) {
        storage.blockHash.put(ext, number, hash);
    }

    /** The hash of a block, if it is still kept. */
    public Optional<Hash> findBlockHash(Externalities ext, long number) {
        return storage.blockHash.find(ext, number);
    }

    public Hash parentHash(Externalities ext) {
        return storage.parentHash.get(ext);
    }
}
