package io.vilokanam.host.code;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import com.github.luben.zstd.ZstdInputStream;

import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;

/**
 * The runtime that stands under {@code :code}: a WebAssembly module, plain or packed (sp-maybe-compressed-blob: 8 bytes of
 * mark, then zstd), and what its custom sections say of it without running it.
 *
 * @param module the unpacked module
 * @param version what {@code runtime_version} and {@code runtime_apis} say; nothing where the module lacks the former, as
 *        runtimes before 2021 do
 */
public record RuntimeBlob(Bytes module, Optional<RuntimeVersion> version) {

    /** The largest module that is unpacked: {@code CODE_BLOB_BOMB_LIMIT}, 50 MiB. */
    public static final int MODULE_MAX_BYTES = 50 << 20;

    private static final byte[] ZSTD_MARK = {0x52, (byte) 0xbc, 0x53, 0x76, 0x46, (byte) 0xdb, (byte) 0x8e, 0x05};
    private static final String VERSION_SECTION = "runtime_version";
    private static final String APIS_SECTION = "runtime_apis";
    private static final int API_BYTES = 12;
    /** blake2b-64 of {@code Core}, the runtime API whose version tells which fields a runtime version has. */
    private static final Bytes CORE_API = Bytes.fromHex("0xdf6acb689907609b");
    private static final long CORE_WITH_TRANSACTION_VERSION = 3;
    private static final long CORE_WITH_SYSTEM_VERSION = 4;
    private static final long FIRST_TRANSACTION_VERSION = 1;

    /**
     * Unpacks and reads what stands under {@code :code}.
     *
     * @throws RuntimeCodeException if it does not unpack to at most {@link #MODULE_MAX_BYTES}, is no WebAssembly module, or has
     *         broken version sections
     */
    public static RuntimeBlob of(byte[] code) throws RuntimeCodeException {
        byte[] module = unpacked(code);
        var sections = WasmSections.custom(module);
        byte[] version = sections.get(VERSION_SECTION);
        if (version == null) {
            return new RuntimeBlob(Bytes.wrap(module), Optional.empty());
        }
        return new RuntimeBlob(Bytes.wrap(module),
                Optional.of(version(version, Optional.ofNullable(sections.get(APIS_SECTION)))));
    }

    private static byte[] unpacked(byte[] code) throws RuntimeCodeException {
        int mark = ZSTD_MARK.length;
        if (code.length < mark || Arrays.mismatch(code, 0, mark, ZSTD_MARK, 0, mark) >= 0) {
            if (code.length > MODULE_MAX_BYTES) {
                throw new RuntimeCodeException(
                        "code of " + code.length + " bytes, expected at most " + MODULE_MAX_BYTES);
            }
            return code;
        }
        try (var in = new ZstdInputStream(new ByteArrayInputStream(code, mark, code.length - mark))) {
            byte[] module = in.readNBytes(MODULE_MAX_BYTES + 1);
            if (module.length > MODULE_MAX_BYTES) {
                throw new RuntimeCodeException("code unpacks to more than " + MODULE_MAX_BYTES + " bytes");
            }
            return module;
        } catch (IOException e) {
            throw new RuntimeCodeException("code of " + code.length + " bytes is no zstd frame: " + e.getMessage(), e);
        }
    }

    /**
     * Reads the two sections (sp-version, {@code decode_with_version_hint}). The APIs in the version section are empty and
     * stand in the other; below Core version 3 there is no transaction version (then 1), below 4 no system version (then 0).
     */
    static RuntimeVersion version(byte[] section, Optional<byte[]> apisSection) throws RuntimeCodeException {
        try {
            var in = new ScaleInput(section);
            String specName = in.string();
            String implName = in.string();
            long authoringVersion = in.u32();
            long specVersion = in.u32();
            long implVersion = in.u32();
            List<RuntimeVersion.Api> listed = Codecs.vec(RuntimeVersion.Api.CODEC).decode(in);
            List<RuntimeVersion.Api> apis = apisSection.isPresent() ? apis(apisSection.get()) : listed;
            long core = apis.stream().filter(api -> api.id().equals(CORE_API)).findFirst()
                    .map(RuntimeVersion.Api::version)
                    .orElse(0L);
            long transactionVersion = core >= CORE_WITH_TRANSACTION_VERSION ? in.u32() : FIRST_TRANSACTION_VERSION;
            int systemVersion = core >= CORE_WITH_SYSTEM_VERSION ? in.u8() : 0;
            return new RuntimeVersion(specName, implName, authoringVersion, specVersion, implVersion, apis,
                    transactionVersion, systemVersion);
        } catch (ScaleException e) {
            throw new RuntimeCodeException("section " + VERSION_SECTION + ": " + e.getMessage(), e);
        }
    }

    private static List<RuntimeVersion.Api> apis(byte[] section) throws ScaleException, RuntimeCodeException {
        if (section.length % API_BYTES != 0) {
            throw new RuntimeCodeException("section " + APIS_SECTION + " of " + section.length
                    + " bytes, expected a multiple of " + API_BYTES);
        }
        List<RuntimeVersion.Api> apis = new ArrayList<>();
        var in = new ScaleInput(section);
        while (in.remaining() > 0) {
            apis.add(RuntimeVersion.Api.CODEC.decode(in));
        }
        return apis;
    }
}
