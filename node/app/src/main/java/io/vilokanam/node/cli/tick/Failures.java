package io.vilokanam.node.cli.tick;

import java.util.Map;

import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.ModuleError;

/** Errors of the chain in words. */
final class Failures {

    private static final int TICK_STREAM = 20;

    /** The errors that the calls of the commands may meet, by their index, which never changes. */
    private static final Map<Integer, String> TICK_STREAM_ERRORS = Map.of(0,
            "There is no such session: it is over, or never was.",
            10, "There is no such stream.", 11, "The stream takes no new sessions.", 15,
            "A tick must cost at least one planck.", 16, "The stream costs more than the viewer agreed to.", 17,
            "There are more than 8 payees, one twice, one without a share, shares that do not sum to one, or the pot.",
            18,
            "The title has more than 128 bytes.", 19, "The deposit is below the minimum.", 21,
            "The viewer has a session of this stream that is not over.", 22, "The session is closing already.");

    private Failures() {}

    static String describe(DispatchError error) {
        return switch (error) {
            case DispatchError.Module(ModuleError(int pallet, var bytes)) when pallet == TICK_STREAM
                    && TICK_STREAM_ERRORS.containsKey(bytes.at(0) & 255) ->
                TICK_STREAM_ERRORS.get(bytes.at(0) & 255);
            case DispatchError.Module(ModuleError(int pallet, var bytes)) ->
                "error " + (bytes.at(0) & 255) + " of pallet " + pallet;
            case DispatchError.Token(var token) -> "the account's funds do not allow it (" + token + ")";
            case DispatchError.Other _,DispatchError.CannotLookup _,DispatchError.BadOrigin _,DispatchError.ConsumerRemaining _,DispatchError.NoProviders _,DispatchError.TooManyConsumers _,DispatchError.Arithmetic _,DispatchError.Transactional _,DispatchError.Exhausted _,DispatchError.Corruption _,DispatchError.Unavailable _,DispatchError.RootNotAllowed _,DispatchError.Trie _ ->
                error.toString();
        };
    }
}
