package io.vilokanam.frame.runtimeapi;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.vilokanam.api.Externalities;
import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.scale.ScaleException;

/** The entry points of a runtime by name. */
public final class RuntimeApis {

    private final List<RuntimeApi> apis;
    private final Map<String, ApiMethod> byEntryPoint = new HashMap<>();

    public RuntimeApis(List<RuntimeApi> apis) {
        this.apis = List.copyOf(apis);
        for (RuntimeApi api : apis) {
            for (ApiMethod method : api.methods()) {
                byEntryPoint.put(api.name() + "_" + method.name(), method);
            }
        }
    }

    /** The APIs in the order in which metadata and version list them. */
    public List<RuntimeApi> inOrder() {
        return apis;
    }

    /**
     * Calls an entry point. Whatever it throws that is not a {@link RuntimeTrap} is a panic of the runtime; the host is told
     * so.
     */
    public byte[] call(String entryPoint, byte[] arguments, Externalities ext) throws RuntimeTrap {
        ApiMethod method = byEntryPoint.get(entryPoint);
        if (method == null) {
            throw new RuntimeTrap(RuntimeTrap.Reason.UNKNOWN_METHOD,
                    "Exported method " + entryPoint + " is not found");
        }
        try {
            return method.call(ext, arguments);
        } catch (ScaleException bad) {
            throw new RuntimeTrap(RuntimeTrap.Reason.BAD_ARGUMENTS,
                    "Bad input data provided to " + method.name() + ": " + bad.getMessage());
        } catch (RuntimeException | StackOverflowError panic) {
            // The one place where a panic becomes a value: the seam. Nothing above it runs on a state half written.
            throw new RuntimeTrap(RuntimeTrap.Reason.PANIC, String.valueOf(panic.getMessage()), panic);
        }
    }
}
