package io.vilokanam.pallets.system;

import java.util.Arrays;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;

/** Which code may follow the present runtime. */
record CodeUpgrade(RuntimeVersion present) {

    /** Why {@code code} may not be the next runtime; empty if it may. */
    Optional<SystemError> refusal(Externalities ext, Bytes code, boolean checkVersion) {
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

    /** The authorisation for this very code. */
    static CodeUpgradeAuthorization requireAuthorized(Externalities ext, Optional<CodeUpgradeAuthorization> authorized,
            Bytes code) throws DispatchException {
        CodeUpgradeAuthorization upgrade = authorized
                .orElseThrow(() -> new DispatchException(SystemError.NOTHING_AUTHORIZED));
        DispatchException.ensure(isOf(ext, upgrade, code), SystemError.UNAUTHORIZED);
        return upgrade;
    }

    static boolean isOf(Externalities ext, CodeUpgradeAuthorization authorized, Bytes code) {
        return Arrays.equals(authorized.codeHash().bytes().view(), ext.blake2b256(code.view()));
    }
}
