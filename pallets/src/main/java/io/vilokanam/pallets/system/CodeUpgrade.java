package io.vilokanam.pallets.system;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.ModuleError;
import io.vilokanam.primitives.dispatch.Pays;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.primitives.wellknown.WellKnownKeys;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;

/** How the runtime's code is replaced: by root at once, or by anyone once root has authorised it. */
final class CodeUpgrade {

    /** Is told that the runtime's environment is another from the next block on. */
    @FunctionalInterface
    interface EnvironmentLog {
        void noteUpdated(Externalities ext);
    }

    private final int pallet;
    private final RuntimeVersion present;
    private final Weight wholeBlock;
    private final StorageValue<CodeUpgradeAuthorization> authorized;
    private final EventSink<SystemEvent> events;
    private final EnvironmentLog log;

    /**
     * @param pallet the index of System
     * @param wholeBlock what an upgrade weighs: nothing may follow it in its block
     */
    CodeUpgrade(int pallet, RuntimeVersion present, Weight wholeBlock,
            StorageValue<CodeUpgradeAuthorization> authorized,
            EventSink<SystemEvent> events, EnvironmentLog log) {
        this.pallet = pallet;
        this.present = present;
        this.wholeBlock = wholeBlock;
        this.authorized = authorized;
        this.events = events;
        this.log = log;
    }

    PostDispatchInfo setCode(Externalities ext, Bytes code, boolean checkVersion) throws DispatchException {
        Optional<SystemError> refusal = refusal(ext, code, checkVersion);
        if (refusal.isPresent()) {
            throw new DispatchException(refusal.get());
        }
        put(ext, code);
        return PostDispatchInfo.weighing(wholeBlock);
    }

    void put(Externalities ext, Bytes code) {
        ext.put(WellKnownKeys.CODE.view(), code.view());
        log.noteUpdated(ext);
        events.deposit(ext, new SystemEvent.CodeUpdated());
    }

    void authorize(Externalities ext, Hash codeHash, boolean checkVersion) {
        authorized.put(ext, new CodeUpgradeAuthorization(codeHash, checkVersion));
        events.deposit(ext, new SystemEvent.UpgradeAuthorized(codeHash, checkVersion));
    }

    PostDispatchInfo applyAuthorized(Externalities ext, Bytes code) throws DispatchException {
        CodeUpgradeAuthorization authorization = authorized.find(ext)
                .orElseThrow(() -> new DispatchException(SystemError.NOTHING_AUTHORIZED));
        DispatchException.ensure(isOf(ext, authorization, code), SystemError.UNAUTHORIZED);
        authorized.kill(ext);
        Optional<SystemError> refusal = refusal(ext, code, authorization.checkVersion());
        if (refusal.isPresent()) {
            // No use in trying this code again, and not the fault of whoever brought it.
            events.deposit(ext, new SystemEvent.RejectedInvalidAuthorizedUpgrade(authorization.codeHash(),
                    new DispatchError.Module(ModuleError.of(pallet, SystemError.TABLE.indexOf(refusal.get())))));
            return new PostDispatchInfo(Optional.empty(), Pays.NO);
        }
        put(ext, code);
        return new PostDispatchInfo(Optional.of(wholeBlock), Pays.NO);
    }

    /** What the pool is told of an unsigned call that brings {@code code}; empty where that is not the authorised one. */
    Optional<ValidTransaction> validity(Externalities ext, Bytes code) {
        return authorized.find(ext).filter(authorization -> isOf(ext, authorization, code))
                .map(authorization -> new ValidTransaction(-1, List.of(), List.of(authorization.codeHash().bytes()), -1,
                        true));
    }

    private static boolean isOf(Externalities ext, CodeUpgradeAuthorization authorization, Bytes code) {
        return Arrays.equals(authorization.codeHash().bytes().view(), ext.blake2b256(code.view()));
    }

    /** Why {@code code} may not be the next runtime; empty if it may. */
    private Optional<SystemError> refusal(Externalities ext, Bytes code, boolean checkVersion) {
        if (!checkVersion) {
            return Optional.empty();
        }
        Optional<RuntimeVersion> next = ext.runtimeVersion(code.view()).flatMap(CodeUpgrade::decode);
        if (next.isEmpty()) {
            return Optional.of(SystemError.FAILED_TO_EXTRACT_RUNTIME_VERSION);
        }
        if (!next.get().specName().equals(present.specName())) {
            return Optional.of(SystemError.INVALID_SPEC_NAME);
        }
        return next.get().specVersion() <= present.specVersion()
                ? Optional.of(SystemError.SPEC_VERSION_NEEDS_TO_INCREASE) : Optional.empty();
    }

    /** What follows behind a version that is understood belongs to later formats. */
    private static Optional<RuntimeVersion> decode(byte[] version) {
        try {
            return Optional.of(RuntimeVersion.CODEC.decode(new ScaleInput(version)));
        } catch (ScaleException unreadable) {
            return Optional.empty();
        }
    }
}
