package io.vilokanam.runtime.code;

import java.util.ArrayList;
import java.util.List;

import io.vilokanam.frame.runtimeapi.ApiMethod;
import io.vilokanam.frame.runtimeapi.RuntimeApi;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;

/**
 * The {@code :code} of a runtime that has no Wasm form yet: a valid module of MVP WebAssembly that exports all entry points,
 * each of which traps, and says in its custom sections which runtime it stands for. A host with the native runtime of that
 * version runs the native one; any other host learns the version and cannot run it.
 *
 * <p>Sections: WebAssembly core specification 1.0, "Binary Format"; {@code runtime_version} (SCALE, APIs left out) and
 * {@code runtime_apis} (8-byte id and u32 each, no length) as the reference embeds them.
 */
public final class TrappingModule {

    private static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};
    private static final int CUSTOM = 0;
    private static final int TYPE = 1;
    private static final int FUNCTION = 3;
    private static final int MEMORY = 5;
    private static final int GLOBAL = 6;
    private static final int EXPORT = 7;
    private static final int CODE = 10;

    private static final int I32 = 0x7f;
    private static final int I64 = 0x7e;
    private static final int FUNCTION_TYPE = 0x60;
    private static final int I32_CONST = 0x41;
    private static final int UNREACHABLE = 0x00;
    private static final int END = 0x0b;

    /** 64 KiB pages: one for us, the rest for the host's allocator. */
    private static final int PAGES = 17;
    private static final int HEAP_BASE = 1 << 16;

    private TrappingModule() {}

    public static byte[] of(RuntimeVersion version, List<RuntimeApi> apis) {
        List<String> entryPoints = new ArrayList<>();
        for (RuntimeApi api : apis) {
            for (ApiMethod method : api.methods()) {
                entryPoints.add(api.name() + "_" + method.name());
            }
        }
        ScaleOutput module = new ScaleOutput().raw(HEADER);
        section(module, TYPE, types());
        section(module, FUNCTION, functions(entryPoints.size()));
        section(module, MEMORY, leb(new ScaleOutput().u8(1).u8(0), PAGES));
        section(module, GLOBAL, global());
        section(module, EXPORT, exports(entryPoints));
        section(module, CODE, bodies(entryPoints.size()));
        section(module, CUSTOM, versionSection(version));
        section(module, CUSTOM, apisSection(apis));
        return module.toByteArray();
    }

    /** One type: pointer and length in, both packed out. */
    private static ScaleOutput types() {
        return new ScaleOutput().u8(1).u8(FUNCTION_TYPE).u8(2).u8(I32).u8(I32).u8(1).u8(I64);
    }

    private static ScaleOutput functions(int count) {
        ScaleOutput out = leb(new ScaleOutput(), count);
        for (int i = 0; i < count; i++) {
            out.u8(0);
        }
        return out;
    }

    /** An immutable i32 that says where the host's heap begins. */
    private static ScaleOutput global() {
        ScaleOutput out = new ScaleOutput().u8(1).u8(I32).u8(0).u8(I32_CONST);
        // Signed LEB128: a further bit is needed so that the number does not read as negative.
        return out.u8(HEAP_BASE & 127 | 128).u8(HEAP_BASE >> 7 & 127 | 128).u8(HEAP_BASE >> 14).u8(END);
    }

    private static ScaleOutput exports(List<String> entryPoints) {
        ScaleOutput out = leb(new ScaleOutput(), entryPoints.size() + 2);
        name(out, "memory").u8(2).u8(0);
        name(out, "__heap_base").u8(3).u8(0);
        for (int i = 0; i < entryPoints.size(); i++) {
            leb(name(out, entryPoints.get(i)).u8(0), i);
        }
        return out;
    }

    private static ScaleOutput bodies(int count) {
        ScaleOutput out = leb(new ScaleOutput(), count);
        for (int i = 0; i < count; i++) {
            out.u8(3).u8(0).u8(UNREACHABLE).u8(END);
        }
        return out;
    }

    private static ScaleOutput versionSection(RuntimeVersion version) {
        RuntimeVersion withoutApis = new RuntimeVersion(version.specName(), version.implName(),
                version.authoringVersion(),
                version.specVersion(), version.implVersion(), List.of(), version.transactionVersion(),
                version.systemVersion());
        ScaleOutput out = name(new ScaleOutput(), "runtime_version");
        RuntimeVersion.CODEC.encode(withoutApis, out);
        return out;
    }

    private static ScaleOutput apisSection(List<RuntimeApi> apis) {
        ScaleOutput out = name(new ScaleOutput(), "runtime_apis");
        apis.forEach(api -> RuntimeVersion.Api.CODEC.encode(api.identity().entry(), out));
        return out;
    }

    private static ScaleOutput name(ScaleOutput out, String name) {
        return leb(out, name.length()).raw(Bytes.ascii(name).view());
    }

    private static void section(ScaleOutput module, int id, ScaleOutput content) {
        leb(module.u8(id), content.size()).raw(content.toByteArray());
    }

    /** Unsigned LEB128. */
    private static ScaleOutput leb(ScaleOutput out, int value) {
        int rest = value;
        while (rest >= 128) {
            out.u8(rest & 127 | 128);
            rest >>>= 7;
        }
        return out.u8(rest);
    }
}
