package io.vilokanam.pallets.preimage;

import static io.vilokanam.frame.dispatch.DispatchException.ensure;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.arithmetic.Perbill;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.fungible.FungibleHold;
import io.vilokanam.frame.fungible.HoldConsideration;
import io.vilokanam.frame.fungible.HoldReason;
import io.vilokanam.frame.fungible.Precision;
import io.vilokanam.frame.fungible.ReservableCurrency;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.Pallet;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.preimage.StorePreimage;
import io.vilokanam.frame.storage.BoundedVec;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.pallets.preimage.RequestStatus.Ticket;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.Pays;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.U128;

/**
 * Keeps the bytes behind hashes, for calls that are too large to stand where they wait ({@code pallet_preimage}). Root may do
 * all without a deposit.
 */
public final class Preimage implements Pallet<PreimageCall>, StorePreimage {

    /**
     * What a runtime decides.
     *
     * @param depositBase of any preimage, plancks
     * @param depositByte for each of its bytes, plancks
     * @param reason of the deposits on hold
     */
    public record Config(U128 depositBase, U128 depositByte, HoldReason reason) {}

    /** The most bytes of a preimage. */
    public static final int SIZE_MAX = 4 * 1_024 * 1_024;

    /** The most hashes that are updated at once. */
    static final int UPDATES_MAX = 1_024;

    /** An update is free if at least this part of its hashes needed one. */
    private static final Perbill UPDATED_FOR_FREE = Perbill.ofPercent(90);

    /** So many requests of one hash are counted. */
    private static final long REQUESTS_MAX = 0xffff_ffffL;

    private static final Codec<Bytes> BOUNDED_BYTES = Codecs.mapped(Codecs.BYTES,
            BoundedVec.codec(Codecs.U8, SIZE_MAX).type(), bytes -> {
                if (bytes.size() > SIZE_MAX) {
                    throw new ScaleException("a preimage has at most " + SIZE_MAX + " bytes, got " + bytes.size());
                }
                return bytes;
            }, bytes -> bytes);

    private final Config config;
    private final FungibleHold holds;
    private final ReservableCurrency reserves;
    private final StorageMap<Hash, RequestStatus.Old> oldStatuses;
    private final StorageMap<Hash, RequestStatus> statuses;
    private final StorageMap<Map.Entry<Hash, Long>, Bytes> preimages;
    private final EventSink<PreimageEvent> events;

    /** @param reserves where the deposits of older entries are */
    public Preimage(PalletScope scope, Config config, FungibleHold holds, ReservableCurrency reserves) {
        this.config = config;
        this.holds = holds;
        this.reserves = reserves;
        scope.storageVersion(1);
        oldStatuses = scope.optionalMap("StatusFor", Hasher.IDENTITY, Hash.CODEC, RequestStatus.Old.CODEC,
                "What is known of a hash, in the layout before.");
        statuses = scope.optionalMap("RequestStatusFor", Hasher.IDENTITY, Hash.CODEC, RequestStatus.CODEC,
                "What is known of a hash. It is a hash already, so it needs no hasher.");
        preimages = scope.optionalMap("PreimageFor", Hasher.IDENTITY, Codecs.tuple(Hash.CODEC, Codecs.U32),
                BOUNDED_BYTES, "The bytes by hash and length.");
        scope.calls(PreimageCall.CALLS, "pallet_preimage::pallet::Call", "T");
        events = scope.events(PreimageEvent.EVENTS, "pallet_preimage::pallet::Event", "T");
        scope.deprecateItem("StatusFor", "RequestStatusFor");
        scope.errors(PreimageError.ERRORS, "pallet_preimage::pallet::Error", "T");
    }

    @Override
    public Weight weigh(PreimageCall call) {
        return switch (call) {
            case PreimageCall.NotePreimage(var bytes) -> PreimageWeights.notePreimage(bytes.size());
            case PreimageCall.UnnotePreimage _ -> PreimageWeights.UNNOTE_PREIMAGE;
            case PreimageCall.RequestPreimage _ -> PreimageWeights.REQUEST_PREIMAGE;
            case PreimageCall.UnrequestPreimage _ -> PreimageWeights.UNREQUEST_PREIMAGE;
            case PreimageCall.EnsureUpdated(var hashes) -> PreimageWeights.ensureUpdated(hashes.size());
        };
    }

    @Override
    public PostDispatchInfo dispatch(Externalities ext, Origin origin, PreimageCall call) throws DispatchException {
        switch (call) {
            case PreimageCall.NotePreimage(var bytes) -> {
                return notePreimage(ext, signedOrManager(origin), bytes.view());
            }
            case PreimageCall.UnnotePreimage(var hash) -> unnotePreimage(ext, hash, signedOrManager(origin));
            case PreimageCall.RequestPreimage(var hash) -> {
                origin.ensureRoot();
                request(ext, hash);
            }
            case PreimageCall.UnrequestPreimage(var hash) -> {
                origin.ensureRoot();
                unrequestPreimage(ext, hash);
            }
            case PreimageCall.EnsureUpdated(var hashes) -> {
                return ensureUpdated(ext, origin, hashes);
            }
        }
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    /** The signer, or nobody for root, which manages all preimages. */
    private static Optional<AccountId> signedOrManager(Origin origin) throws DispatchException {
        return origin.isRoot() ? Optional.empty() : Optional.of(origin.ensureSigned());
    }

    private PostDispatchInfo notePreimage(Externalities ext, Optional<AccountId> sender, byte[] bytes)
            throws DispatchException {
        boolean wasRequested = noteBytes(ext, sender, Hash.wrap(ext.blake2b256(bytes)), bytes);
        return paying(!wasRequested && sender.isPresent());
    }

    private static PostDispatchInfo paying(boolean pays) {
        return new PostDispatchInfo(Optional.empty(), pays ? Pays.YES : Pays.NO);
    }

    /** Stores bytes, which nobody's are requested by that; says whether they are requested. */
    private boolean noteBytes(Externalities ext, Optional<AccountId> depositor, Hash hash, byte[] bytes)
            throws DispatchException {
        ensure(bytes.length <= SIZE_MAX, PreimageError.TOO_BIG);
        long length = bytes.length;
        Optional<RequestStatus> before = status(ext, hash);
        RequestStatus after;
        if (before.isEmpty()) {
            after = depositor.isEmpty() ? new RequestStatus.Requested(Optional.empty(), 1, Optional.of(length))
                    : new RequestStatus.Unrequested(ticket(ext, depositor.get(), length), length);
        } else {
            after = switch (before.get()) {
                case RequestStatus.Requested(var ticket, var count, _) ->
                    new RequestStatus.Requested(ticket, count, Optional.of(length));
                case RequestStatus.Unrequested(var ticket, var known) -> {
                    ensure(depositor.isEmpty(), PreimageError.ALREADY_NOTED);
                    yield new RequestStatus.Requested(Optional.of(ticket), 1, Optional.of(known));
                }
            };
        }
        statuses.put(ext, hash, after);
        preimages.put(ext, Map.entry(hash, length), Bytes.wrap(bytes));
        events.deposit(ext, new PreimageEvent.Noted(hash));
        return after instanceof RequestStatus.Requested;
    }

    private Ticket ticket(Externalities ext, AccountId who, long length) throws DispatchException {
        U128 amount = U128.of(length).saturatingTimes(config.depositByte).saturatingPlus(config.depositBase);
        holds.hold(ext, config.reason, who, amount);
        return new Ticket(who, new HoldConsideration(amount));
    }

    /** A deposit that cannot be given back stays on hold, and what it was for goes nevertheless. */
    private void giveBack(Externalities ext, Ticket ticket) {
        try {
            holds.release(ext, config.reason, ticket.owner(), ticket.deposit().amount(), Precision.BEST_EFFORT);
        } catch (DispatchException staysOnHold) {
            ext.log("runtime::preimage", "the deposit of " + ticket.owner() + " stays on hold: " + staysOnHold);
        }
    }

    private void unnotePreimage(Externalities ext, Hash hash, Optional<AccountId> owner) throws DispatchException {
        Optional<RequestStatus> status = status(ext, hash);
        ensure(status.isPresent(), PreimageError.NOT_NOTED);
        switch (status.get()) {
            case RequestStatus.Requested(var ticket, var count, var length) -> {
                if (ticket.isEmpty()) {
                    ensure(owner.isEmpty(), PreimageError.NOT_AUTHORIZED);
                    unrequestPreimage(ext, hash);
                } else {
                    ensureOwner(owner, ticket.get());
                    giveBack(ext, ticket.get());
                    statuses.put(ext, hash, new RequestStatus.Requested(Optional.empty(), count, length));
                }
            }
            case RequestStatus.Unrequested(var ticket, var length) -> {
                ensureOwner(owner, ticket);
                giveBack(ext, ticket);
                statuses.remove(ext, hash);
                preimages.remove(ext, Map.entry(hash, length));
                events.deposit(ext, new PreimageEvent.Cleared(hash));
            }
        }
    }

    private static void ensureOwner(Optional<AccountId> who, Ticket ticket) throws DispatchException {
        ensure(who.isEmpty() || who.get().equals(ticket.owner()), PreimageError.NOT_AUTHORIZED);
    }

    /** What was noted with a deposit stays for its owner to take off; what nobody owns goes with the last request. */
    private void unrequestPreimage(Externalities ext, Hash hash) throws DispatchException {
        if (!(status(ext, hash).orElse(null) instanceof RequestStatus.Requested(var ticket, var count, var length))) {
            throw new DispatchException(PreimageError.NOT_REQUESTED);
        }
        if (count > 1) {
            statuses.put(ext, hash, new RequestStatus.Requested(ticket, count - 1, length));
        } else if (length.isEmpty()) {
            statuses.remove(ext, hash);
        } else if (ticket.isEmpty()) {
            preimages.remove(ext, Map.entry(hash, length.get()));
            statuses.remove(ext, hash);
            events.deposit(ext, new PreimageEvent.Cleared(hash));
        } else {
            statuses.put(ext, hash, new RequestStatus.Unrequested(ticket.get(), length.get()));
        }
    }

    private PostDispatchInfo ensureUpdated(Externalities ext, Origin origin, List<Hash> hashes)
            throws DispatchException {
        origin.ensureSigned();
        ensure(!hashes.isEmpty(), PreimageError.TOO_FEW);
        ensure(hashes.size() <= UPDATES_MAX, PreimageError.TOO_MANY);
        int updated = 0;
        for (Hash hash : hashes) {
            updated += update(ext, hash) ? 1 : 0;
        }
        return paying(Perbill.ofRational(updated, hashes.size()).isLessThan(UPDATED_FOR_FREE));
    }

    /** Turns an entry of the layout before into a present one; says whether there was one. */
    private boolean update(Externalities ext, Hash hash) {
        Optional<RequestStatus.Old> old = oldStatuses.takeIfPresent(ext, hash);
        if (old.isEmpty()) {
            return false;
        }
        switch (old.get()) {
            case RequestStatus.Old.Unrequested(var deposit, var length) -> {
                var ticket = exchange(ext, deposit, Optional.of(length));
                if (ticket.isPresent()) {
                    statuses.put(ext, hash, new RequestStatus.Unrequested(ticket.get(), length));
                }
            }
            case RequestStatus.Old.Requested(var deposit, var count, var length) -> {
                Optional<Ticket> ticket = deposit.isEmpty() ? Optional.empty()
                        : exchange(ext, deposit.get(), length);
                if (ticket.isPresent() || deposit.isEmpty() || length.isEmpty()) {
                    statuses.put(ext, hash, new RequestStatus.Requested(ticket, count, length));
                }
            }
        }
        return true;
    }

    /** Gives a reserve back and holds the present deposit instead; empty where there is nothing to hold it for, or no way to. */
    private Optional<Ticket> exchange(Externalities ext, Map.Entry<AccountId, U128> deposit, Optional<Long> length) {
        try {
            reserves.unreserve(ext, deposit.getKey(), deposit.getValue());
            return length.isEmpty() ? Optional.empty() : Optional.of(ticket(ext, deposit.getKey(), length.get()));
        } catch (DispatchException cannotPay) {
            return Optional.empty();
        }
    }

    private Optional<RequestStatus> status(Externalities ext, Hash hash) {
        update(ext, hash);
        return statuses.find(ext, hash);
    }

    @Override
    public Optional<Long> length(Externalities ext, Hash hash) {
        return status(ext, hash).flatMap(RequestStatus::knownLength);
    }

    @Override
    public byte[] fetch(Externalities ext, Hash hash, Optional<Long> length) throws DispatchException {
        Optional<Long> known = length.isPresent() ? length : length(ext, hash);
        return known.flatMap(bytes -> preimages.find(ext, Map.entry(hash, bytes))).map(Bytes::view)
                .orElseThrow(() -> new DispatchException(new DispatchError.Unavailable()));
    }

    @Override
    public boolean isRequested(Externalities ext, Hash hash) {
        return status(ext, hash).filter(status -> status instanceof RequestStatus.Requested).isPresent();
    }

    @Override
    public void request(Externalities ext, Hash hash) {
        RequestStatus.Requested after = status(ext, hash).map(status -> switch (status) {
            case RequestStatus.Requested(var ticket, var count, var length) ->
                new RequestStatus.Requested(ticket, Math.min(count + 1, REQUESTS_MAX), length);
            case RequestStatus.Unrequested(var ticket, var length) ->
                new RequestStatus.Requested(Optional.of(ticket), 1, Optional.of(length));
        }).orElse(new RequestStatus.Requested(Optional.empty(), 1, Optional.empty()));
        statuses.put(ext, hash, after);
        if (after.count() == 1) {
            events.deposit(ext, new PreimageEvent.Requested(hash));
        }
    }

    /** Where there is no request nothing happens. */
    @Override
    public void unrequest(Externalities ext, Hash hash) {
        try {
            unrequestPreimage(ext, hash);
        } catch (DispatchException notRequested) {
            ext.log("runtime::preimage", "no request of " + hash + " to take back: " + notRequested);
        }
    }

    @Override
    public Hash note(Externalities ext, byte[] bytes) throws DispatchException {
        ensure(bytes.length <= SIZE_MAX, new DispatchError.Exhausted());
        Hash hash = Hash.wrap(ext.blake2b256(bytes));
        noteBytes(ext, Optional.empty(), hash, bytes);
        return hash;
    }

    /** Where nothing was noted nothing happens. */
    @Override
    public void unnote(Externalities ext, Hash hash) {
        try {
            unnotePreimage(ext, hash, Optional.empty());
        } catch (DispatchException notNoted) {
            ext.log("runtime::preimage", "no preimage of " + hash + " to clear: " + notNoted);
        }
    }
}
