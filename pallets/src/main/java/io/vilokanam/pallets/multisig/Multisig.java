package io.vilokanam.pallets.multisig;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.Attempt;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.dispatch.RuntimeCalls;
import io.vilokanam.frame.executive.CurrentBlock;
import io.vilokanam.frame.fungible.ReservableCurrency;
import io.vilokanam.frame.pallet.Errors;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.Pallet;
import io.vilokanam.frame.pallet.PalletError;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.SortedSearch;
import io.vilokanam.frame.storage.StorageDoubleMap;
import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.Pays;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/**
 * Accounts for which several must sign ({@code pallet_multisig}): such an account is the hash of its signatories and of how many
 * of them are needed.
 */
public final class Multisig implements Pallet<MultisigCall> {

    /** {@code depositBase} and, for each signature needed, {@code depositFactor} in plancks. */
    public record Config(U128 depositBase, U128 depositFactor, int maxSignatories) {}

    public enum Error implements PalletError {
        MINIMUM_THRESHOLD, ALREADY_APPROVED, NO_APPROVALS_NEEDED, TOO_FEW_SIGNATORIES, TOO_MANY_SIGNATORIES, SIGNATORIES_OUT_OF_ORDER, SENDER_IN_SIGNATORIES, NOT_FOUND, NOT_OWNER, NO_TIMEPOINT, WRONG_TIMEPOINT, UNEXPECTED_TIMEPOINT, MAX_WEIGHT_TOO_LOW, ALREADY_STORED
    }

    static final Errors<Error> ERRORS = Errors.of(Error.class)
            .with(0, "MinimumThreshold", Error.MINIMUM_THRESHOLD, "At least two signatures must be needed.")
            .with(1, "AlreadyApproved", Error.ALREADY_APPROVED, "The signer has approved already.")
            .with(2, "NoApprovalsNeeded", Error.NO_APPROVALS_NEEDED, "No further approvals are needed.")
            .with(3, "TooFewSignatories", Error.TOO_FEW_SIGNATORIES, "There are no other signatories.")
            .with(4, "TooManySignatories", Error.TOO_MANY_SIGNATORIES, "There are too many signatories.")
            .with(5, "SignatoriesOutOfOrder", Error.SIGNATORIES_OUT_OF_ORDER, "The signatories are not sorted.")
            .with(6, "SenderInSignatories", Error.SENDER_IN_SIGNATORIES, "The signer is among the others.")
            .with(7, "NotFound", Error.NOT_FOUND, "There is no such operation.")
            .with(8, "NotOwner", Error.NOT_OWNER, "Only who began an operation may do that.")
            .with(9, "NoTimepoint", Error.NO_TIMEPOINT, "The operation has begun: its timepoint is needed.")
            .with(10, "WrongTimepoint", Error.WRONG_TIMEPOINT, "The operation has another timepoint.")
            .with(11, "UnexpectedTimepoint", Error.UNEXPECTED_TIMEPOINT,
                    "The operation has not begun: it has no timepoint.")
            .with(12, "MaxWeightTooLow", Error.MAX_WEIGHT_TOO_LOW, "The call weighs more than was said.")
            .with(13, "AlreadyStored", Error.ALREADY_STORED, "The call is stored already.").complete();

    private static final int STORAGE_VERSION = 1;
    private static final Bytes PSEUDONYM = Bytes.ascii("modlpy/utilisuba");

    private final Config config;
    private final RuntimeCalls runtime;
    private final CurrentBlock block;
    private final ReservableCurrency reserves;
    private final StorageDoubleMap<AccountId, Bytes, Operation> multisigs;
    private final EventSink<MultisigEvent> events;

    public Multisig(PalletScope scope, Config config, RuntimeCalls runtime, CurrentBlock block,
            ReservableCurrency reserves) {
        this.config = config;
        this.runtime = runtime;
        this.block = block;
        this.reserves = reserves;
        scope.storageVersion(STORAGE_VERSION);
        this.multisigs = scope.optionalDoubleMap("Multisigs", Hasher.TWOX_64_CONCAT, AccountId.CODEC,
                Hasher.BLAKE2_128_CONCAT, Codecs.fixedBytes(32), Operation.codec(config.maxSignatories),
                "What has begun and is not approved by enough, by account and hash of the call.");
        scope.calls(MultisigCall.table(runtime.boxedCodec()), "pallet_multisig::pallet::Call", "T");
        this.events = scope.events(MultisigEvent.TABLE, "pallet_multisig::pallet::Event", "T");
        scope.errors(ERRORS, "pallet_multisig::pallet::Error", "T");
        scope.constant("DepositBase", Codecs.U128, config.depositBase, "What an operation reserves.");
        scope.constant("DepositFactor", Codecs.U128, config.depositFactor, "What it reserves more a signature needed.");
        scope.constant("MaxSignatories", Codecs.U32, (long) config.maxSignatories, "The most signatories.");
    }

    @Override
    public Weight weigh(MultisigCall call) {
        return switch (call) {
            case MultisigCall.AsMultiThreshold1(_, var inner) -> MultisigWeights.asMultiThreshold1(length(inner))
                    .plus(DbWeight.ROCKS_DB.readsWrites(1, 1)).plus(runtime.weight(inner));
            case MultisigCall.AsMulti(_, var others, _, var inner, var maxWeight) -> {
                long bytes = length(inner);
                yield MultisigWeights.create(others.size(), bytes).max(MultisigWeights.approve(others.size(), bytes))
                        .max(MultisigWeights.complete(others.size(), bytes)).plus(maxWeight);
            }
            case MultisigCall.ApproveAsMulti(_, var others, _, _, var maxWeight) ->
                MultisigWeights.approveAsMulti(others.size()).plus(maxWeight);
            case MultisigCall.CancelAsMulti(_, var others, _, _) -> MultisigWeights.cancel(others.size());
            case MultisigCall.PokeDeposit(_, var others, _) -> MultisigWeights.pokeDeposit(others.size());
        };
    }

    private long length(RuntimeCall call) {
        return runtime.codec().encode(call).length;
    }

    @Override
    public DispatchClass dispatchClass(MultisigCall call) {
        return call instanceof MultisigCall.AsMultiThreshold1(_, var inner) ? runtime.dispatchClass(inner)
                : DispatchClass.NORMAL;
    }

    @Override
    public PostDispatchInfo dispatch(Externalities ext, Origin origin, MultisigCall call) throws DispatchException {
        AccountId who = origin.ensureSigned();
        return switch (call) {
            case MultisigCall.AsMultiThreshold1(var others, var inner) -> asMultiThreshold1(ext, who, others, inner);
            case MultisigCall.AsMulti(int threshold, var others, var timepoint, var inner, var maxWeight) -> {
                byte[] encoded = runtime.codec().encode(inner);
                yield operate(ext, who, new Team(account(ext, who, threshold, others), threshold, others.size()),
                        timepoint, new Asked(Bytes.wrap(ext.blake2b256(encoded)), encoded.length,
                                Optional.of(inner), maxWeight));
            }
            case MultisigCall.ApproveAsMulti(int threshold, var others, var timepoint, var hash, var maxWeight) ->
                operate(ext, who, new Team(account(ext, who, threshold, others), threshold, others.size()), timepoint,
                        new Asked(hash, 0, Optional.empty(), maxWeight));
            case MultisigCall.CancelAsMulti(int threshold, var others, var timepoint, var hash) ->
                cancel(ext, who, account(ext, who, threshold, others), timepoint, hash);
            case MultisigCall.PokeDeposit(int threshold, var others, var hash) ->
                pokeDeposit(ext, who, account(ext, who, threshold, others), threshold, hash);
        };
    }

    /** A multisig account, how many signatures it needs, and how many others may sign. */
    private record Team(AccountId account, int threshold, int others) {}

    /** What is to be approved: a call, or its hash alone. */
    private record Asked(Bytes hash, int length, Optional<RuntimeCall> call, Weight maxWeight) {}

    private PostDispatchInfo asMultiThreshold1(Externalities ext, AccountId who, List<AccountId> others,
            RuntimeCall call) throws DispatchException {
        AccountId id = accountOf(ext::blake2b256, signatories(who, others), 1);
        Attempt attempt = runtime.attempt(ext, Origin.signed(id), call);
        PostDispatchInfo post = weighing(attempt, MultisigWeights.asMultiThreshold1(length(call)));
        if (attempt.outcome() instanceof Result.Err<Unit, DispatchError>(var error)) {
            throw new DispatchException(error)
                    .having(attempt.post().actualWeight().isPresent() ? post : attempt.post());
        }
        return post;
    }

    private static PostDispatchInfo weighing(Attempt attempt, Weight own) {
        return new PostDispatchInfo(attempt.post().actualWeight().map(own::plus), Pays.YES);
    }

    private AccountId account(Externalities ext, AccountId who, int threshold, List<AccountId> others)
            throws DispatchException {
        DispatchException.ensure(threshold >= 2, Error.MINIMUM_THRESHOLD);
        return accountOf(ext::blake2b256, signatories(who, others), threshold);
    }

    /** All signatories, sorted; the others must be sorted and without the signer. */
    private List<AccountId> signatories(AccountId who, List<AccountId> others) throws DispatchException {
        DispatchException.ensure(!others.isEmpty(), Error.TOO_FEW_SIGNATORIES);
        DispatchException.ensure(others.size() < config.maxSignatories, Error.TOO_MANY_SIGNATORIES);
        int place = 0;
        for (int i = 0; i < others.size(); i++) {
            DispatchException.ensure(i == 0 || others.get(i - 1).compareTo(others.get(i)) < 0,
                    Error.SIGNATORIES_OUT_OF_ORDER);
            int order = others.get(i).compareTo(who);
            DispatchException.ensure(order != 0, Error.SENDER_IN_SIGNATORIES);
            place += order < 0 ? 1 : 0;
        }
        List<AccountId> all = new ArrayList<>(others);
        all.add(place, who);
        return all;
    }

    /** The account of sorted signatories, of whom {@code threshold} must sign: blake2_256 of all that. */
    public static AccountId accountOf(UnaryOperator<byte[]> blake2b256, List<AccountId> signatories, int threshold) {
        ScaleOutput entropy = new ScaleOutput().raw(PSEUDONYM.view());
        Codecs.vec(AccountId.CODEC).encode(signatories, entropy);
        return AccountId.wrap(blake2b256.apply(entropy.u16(threshold).toByteArray()));
    }

    private PostDispatchInfo operate(Externalities ext, AccountId who, Team team, Optional<Timepoint> timepoint,
            Asked asked) throws DispatchException {
        Optional<Operation> found = multisigs.find(ext, team.account, asked.hash);
        if (found.isEmpty()) {
            DispatchException.ensure(timepoint.isEmpty(), Error.UNEXPECTED_TIMEPOINT);
            return begin(ext, who, team, asked);
        }
        Operation operation = found.get();
        Timepoint given = timepoint.orElseThrow(() -> new DispatchException(Error.NO_TIMEPOINT));
        DispatchException.ensure(operation.when().equals(given), Error.WRONG_TIMEPOINT);
        int approvals = operation.approvals().size();
        SortedSearch.Place place = SortedSearch.find(operation.approvals(), who, each -> each);
        boolean counts = !place.isFound() && approvals < team.threshold;
        if (asked.call.isPresent() && approvals + (counts ? 1 : 0) >= team.threshold) {
            return execute(ext, who, team, operation, asked);
        }
        DispatchException.ensure(counts, Error.ALREADY_APPROVED);
        DispatchException.ensure(approvals < config.maxSignatories, Error.TOO_MANY_SIGNATORIES);
        List<AccountId> all = new ArrayList<>(operation.approvals());
        all.add(place.index(), who);
        multisigs.put(ext, team.account, asked.hash,
                new Operation(operation.when(), operation.deposit(), operation.depositor(), all));
        events.deposit(ext, new MultisigEvent.MultisigApproval(who, given, team.account, asked.hash));
        return PostDispatchInfo.weighing(MultisigWeights.approve(team.others, asked.length));
    }

    private PostDispatchInfo begin(Externalities ext, AccountId who, Team team, Asked asked)
            throws DispatchException {
        U128 deposit = deposit(team.threshold);
        reserves.reserve(ext, who, deposit);
        Timepoint now = new Timepoint(block.blockNumber(ext), block.extrinsicIndex(ext).orElse(0L));
        multisigs.put(ext, team.account, asked.hash, new Operation(now, deposit, who, List.of(who)));
        events.deposit(ext, new MultisigEvent.NewMultisig(who, team.account, asked.hash));
        return PostDispatchInfo.weighing(MultisigWeights.create(team.others, asked.length));
    }

    private U128 deposit(int threshold) {
        return config.depositBase.plus(config.depositFactor.times(U128.of(threshold)));
    }

    private PostDispatchInfo execute(Externalities ext, AccountId who, Team team, Operation operation, Asked asked)
            throws DispatchException {
        RuntimeCall call = asked.call.orElseThrow();
        DispatchException.ensure(!runtime.weight(call).anyAbove(asked.maxWeight), Error.MAX_WEIGHT_TOO_LOW);
        multisigs.remove(ext, team.account, asked.hash);
        reserves.unreserve(ext, operation.depositor(), operation.deposit());
        Attempt attempt = runtime.attempt(ext, Origin.signed(team.account), call);
        events.deposit(ext, new MultisigEvent.MultisigExecuted(who, operation.when(), team.account, asked.hash,
                attempt.outcome()));
        return weighing(attempt, MultisigWeights.complete(team.others, asked.length));
    }

    private PostDispatchInfo cancel(Externalities ext, AccountId who, AccountId account, Timepoint timepoint,
            Bytes hash)
            throws DispatchException {
        Operation operation = multisigs.find(ext, account, hash)
                .orElseThrow(() -> new DispatchException(Error.NOT_FOUND));
        DispatchException.ensure(operation.when().equals(timepoint), Error.WRONG_TIMEPOINT);
        DispatchException.ensure(operation.depositor().equals(who), Error.NOT_OWNER);
        reserves.unreserve(ext, who, operation.deposit());
        multisigs.remove(ext, account, hash);
        events.deposit(ext, new MultisigEvent.MultisigCancelled(who, timepoint, account, hash));
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    /** Costs no fee where the deposit changed. */
    private PostDispatchInfo pokeDeposit(Externalities ext, AccountId who, AccountId account, int threshold, Bytes hash)
            throws DispatchException {
        Operation operation = multisigs.find(ext, account, hash)
                .orElseThrow(() -> new DispatchException(Error.NOT_FOUND));
        DispatchException.ensure(operation.depositor().equals(who), Error.NOT_OWNER);
        U128 before = operation.deposit();
        U128 now = deposit(threshold);
        if (now.equals(before)) {
            return PostDispatchInfo.AS_ANNOUNCED;
        }
        if (now.isMoreThan(before)) {
            reserves.reserve(ext, who, now.minus(before));
        } else {
            reserves.unreserve(ext, who, before.minus(now));
        }
        multisigs.put(ext, account, hash, new Operation(operation.when(), now, who, operation.approvals()));
        events.deposit(ext, new MultisigEvent.DepositPoked(who, hash, before, now));
        return new PostDispatchInfo(Optional.empty(), Pays.NO);
    }

    /** When an operation began, if it has. */
    public Optional<Timepoint> begunAt(Externalities ext, AccountId account, Bytes hash) {
        return multisigs.find(ext, account, hash).map(Operation::when);
    }
}
