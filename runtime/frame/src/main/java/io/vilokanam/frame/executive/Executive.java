package io.vilokanam.frame.executive;

import java.util.ArrayList;
import java.util.List;

import io.vilokanam.api.Externalities;
import io.vilokanam.api.Signatures;
import io.vilokanam.frame.extension.TransactionExtensions;
import io.vilokanam.frame.extension.ValidityException;
import io.vilokanam.frame.extrinsic.ExtrinsicFormat;
import io.vilokanam.frame.extrinsic.SignatureCheck;
import io.vilokanam.frame.extrinsic.UncheckedExtrinsic;
import io.vilokanam.frame.extrinsic.UncheckedExtrinsic.Preamble;
import io.vilokanam.frame.pallet.PalletSlot;
import io.vilokanam.frame.pallet.RuntimeScope;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.MultiSignature;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.header.Block;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.ScaleException;

/**
 * Runs blocks: the order of hooks, extrinsics and checks is that of {@code frame_executive::Executive}. What makes a block
 * invalid is a {@link RuntimePanic} with the reason.
 */
public final class Executive {

    private final RuntimeScope runtime;
    private final BlockLedger ledger;
    private final ExtrinsicFormat format;
    private final SignatureCheck signatures;
    private final ExtrinsicDispatch dispatch;

    public Executive(RuntimeScope runtime, BlockLedger ledger, TransactionExtensions extensions) {
        this.runtime = runtime;
        this.ledger = ledger;
        this.format = new ExtrinsicFormat(runtime, extensions);
        this.signatures = new SignatureCheck(extensions);
        this.dispatch = new ExtrinsicDispatch(runtime, extensions);
    }

    public ExtrinsicFormat format() {
        return format;
    }

    /** Starts a block: {@code Core_initialize_block}. */
    public void initialiseBlock(Externalities ext, Header header) {
        List<DigestItem> preRuntime = header.digest().items().stream()
                .filter(item -> item instanceof DigestItem.PreRuntime).toList();
        ledger.resetEvents(ext);
        Weight weight = Weight.ZERO;
        if (ledger.isUpgraded(ext)) {
            weight = upgrade(ext);
            ledger.noteUpgraded(ext);
        }
        ledger.initialise(ext, header.number(), header.parentHash(), new Digest(preRuntime));
        for (PalletSlot slot : runtime.slots()) {
            weight = weight.plus(slot.pallet().onInitialize(ext, header.number()));
        }
        ledger.registerExtraWeight(ext, weight.plus(ledger.baseBlockWeight()), DispatchClass.MANDATORY);
        ledger.noteFinishedInitialise(ext);
    }

    /** A pallet that is new in this runtime gets the version of its storage before any pallet migrates. */
    private Weight upgrade(Externalities ext) {
        Weight weight = Weight.ZERO;
        for (PalletSlot slot : runtime.slots()) {
            boolean isNew = !slot.scope().isInitialised(ext);
            if (isNew) {
                slot.scope().putStorageVersion(ext);
            }
            weight = weight.plus(ledger.dbWeight().readsWrites(1, isNew ? 1 : 0));
        }
        for (PalletSlot slot : runtime.slots()) {
            weight = weight.plus(slot.pallet().onRuntimeUpgrade(ext));
        }
        return weight;
    }

    /** Executes a sealed-off block and checks that it comes to the header: {@code Core_execute_block}. */
    public void executeBlock(Externalities ext, Block block) {
        Header header = block.header();
        initialiseBlock(ext, header);
        if (header.number() == 0 || !ledger.blockHash(ext, header.number() - 1).equals(header.parentHash())) {
            throw new RuntimePanic("Parent hash should be valid.");
        }
        List<UncheckedExtrinsic> extrinsics = decode(block.extrinsics());
        ensureInherentsAreFirst(extrinsics);
        announceSignatures(ext, extrinsics);
        for (int i = 0; i < extrinsics.size(); i++) {
            applyOrPanic(ext, extrinsics.get(i), i);
        }
        checkAgainst(header, finaliseBlock(ext));
    }

    private List<UncheckedExtrinsic> decode(List<Bytes> contents) {
        List<UncheckedExtrinsic> extrinsics = new ArrayList<>(contents.size());
        for (Bytes content : contents) {
            try {
                extrinsics.add(format.decodeContent(content.view()));
            } catch (ScaleException e) {
                throw new RuntimePanic("extrinsic " + extrinsics.size() + " does not decode: " + e.getMessage());
            }
        }
        return extrinsics;
    }

    private void ensureInherentsAreFirst(List<UncheckedExtrinsic> extrinsics) {
        int inherents = 0;
        for (int i = 0; i < extrinsics.size(); i++) {
            if (dispatch.isInherent(extrinsics.get(i)) && inherents++ != i) {
                throw new RuntimePanic("Invalid inherent position for extrinsic at index " + i);
            }
        }
    }

    /** Tells the host which signatures will be asked for. What cannot be put together is left to the check itself. */
    private void announceSignatures(Externalities ext, List<UncheckedExtrinsic> extrinsics) {
        List<Signatures.Request> requests = new ArrayList<>();
        for (UncheckedExtrinsic extrinsic : extrinsics) {
            if (extrinsic
                    .preamble() instanceof Preamble.Signed(MultiAddress.Id(AccountId signer), MultiSignature signature, TransactionExtensions.Values values)
                    && !(signature instanceof MultiSignature.Ecdsa)) {
                Signatures.Scheme scheme = signature instanceof MultiSignature.Sr25519 ? Signatures.Scheme.SR25519
                        : Signatures.Scheme.ED25519;
                try {
                    requests.add(new Signatures.Request(scheme, signature.signature().view(),
                            signatures.payload(ext, extrinsic, values), signer.bytes().view()));
                } catch (ValidityException comesBackWhenApplied) {
                    break;
                }
            }
        }
        ext.announce(requests);
    }

    private void applyOrPanic(Externalities ext, UncheckedExtrinsic extrinsic, int index) {
        try {
            apply(ext, extrinsic);
        } catch (ValidityException invalid) {
            throw new RuntimePanic("extrinsic " + index + " is not valid: " + invalid.error());
        }
    }

    private static void checkAgainst(Header header, Header computed) {
        if (header.digest().items().size() != computed.digest().items().size()) {
            throw new RuntimePanic("Number of digest items must match that calculated.");
        }
        if (!header.digest().equals(computed.digest())) {
            throw new RuntimePanic("Digest item must match that calculated.");
        }
        if (!header.stateRoot().equals(computed.stateRoot())) {
            throw new RuntimePanic(
                    "Storage root must match that calculated: header " + header.stateRoot() + ", calculated "
                            + computed.stateRoot());
        }
        if (!header.extrinsicsRoot().equals(computed.extrinsicsRoot())) {
            throw new RuntimePanic(
                    "Transaction trie root must be valid: header " + header.extrinsicsRoot() + ", calculated "
                            + computed.extrinsicsRoot());
        }
    }

    /**
     * Applies one extrinsic: {@code BlockBuilder_apply_extrinsic}. Where the extrinsic may not stand in the block something
     * of it may have been written: the host calls this within a transaction of its own and takes it back.
     */
    public Result<Result<Unit, DispatchError>, TransactionValidityError> applyExtrinsic(Externalities ext,
            UncheckedExtrinsic extrinsic) {
        try {
            return Result.ok(apply(ext, extrinsic));
        } catch (ValidityException invalid) {
            return Result.err(invalid.error());
        }
    }

    private Result<Unit, DispatchError> apply(Externalities ext, UncheckedExtrinsic extrinsic)
            throws ValidityException {
        var checked = signatures.check(ext, extrinsic);
        if (!dispatch.isInherent(extrinsic) && !ledger.inherentsApplied(ext)) {
            ledger.noteInherentsApplied(ext);
        }
        ledger.noteExtrinsic(ext, extrinsic.encoded());
        var info = dispatch.info(checked);
        var applied = dispatch.apply(ext, checked, info, extrinsic.encoded().length);
        ledger.noteAppliedExtrinsic(ext, applied.outcome(), applied.post(), info);
        return applied.outcome();
    }

    /** Ends a block and returns its header without seal: {@code BlockBuilder_finalize_block}. */
    public Header finaliseBlock(Externalities ext) {
        if (!ledger.inherentsApplied(ext)) {
            ledger.noteInherentsApplied(ext);
        }
        ledger.noteFinishedExtrinsics(ext);
        long number = ledger.blockNumber(ext);
        idle(ext, number);
        for (PalletSlot slot : runtime.slots()) {
            slot.pallet().onFinalize(ext, number);
        }
        return ledger.finalise(ext);
    }

    /** Offers what weight is left to the pallets; each block another one is first. */
    private void idle(Externalities ext, long number) {
        Weight remaining = ledger.maxBlockWeight().minus(ledger.usedWeight(ext));
        if (remaining.refTime() == 0 || remaining.proofSize() == 0) {
            return;
        }
        Weight used = Weight.ZERO;
        List<PalletSlot> slots = runtime.slots();
        int first = (int) (number % slots.size());
        for (int i = 0; i < slots.size(); i++) {
            PalletSlot slot = slots.get((first + i) % slots.size());
            used = used.plus(slot.pallet().onIdle(ext, number, remaining.minus(used)));
        }
        ledger.registerExtraWeight(ext, used, DispatchClass.MANDATORY);
    }

    /**
     * Whether an extrinsic may enter the pool on top of block {@code at}:
     * {@code TaggedTransactionQueue_validate_transaction}.
     */
    public Result<ValidTransaction, TransactionValidityError> validate(Externalities ext, TransactionSource source,
            UncheckedExtrinsic extrinsic, Hash at) {
        ledger.initialise(ext, ledger.blockNumber(ext) + 1, at, Digest.EMPTY);
        try {
            var checked = signatures.check(ext, extrinsic);
            return Result.ok(dispatch.validate(ext, source, checked, extrinsic.encoded().length));
        } catch (ValidityException invalid) {
            return Result.err(invalid.error());
        }
    }

    /** Runs the off-chain workers at the state of a block: {@code OffchainWorkerApi_offchain_worker}. */
    public void offchainWorkers(Externalities ext, Header header) {
        ledger.initialise(ext, header.number(), header.parentHash(), header.digest());
        ledger.noteBlockHash(ext, header.number(), Hash.wrap(ext.blake2b256(Header.CODEC.encode(header))));
        for (PalletSlot slot : runtime.slots()) {
            slot.pallet().offchainWorker(ext, header.number());
        }
    }
}
