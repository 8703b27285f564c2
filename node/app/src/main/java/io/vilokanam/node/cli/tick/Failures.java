package io.vilokanam.node.cli.tick;

import java.util.List;

import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.ModuleError;

/** Errors of the chain in words. */
final class Failures {

    private static final int TICK_STREAM = 20;

    /** The errors of tick-stream by their index. */
    static final List<String> TICK_STREAM_ERRORS = List.of("There is no such session: it is over, or never was.",
            "So many ticks are settled already.", "More ticks at once than one entry may settle.",
            "More ticks than the session's hash chain has.", "More ticks than the time that has passed allows.",
            "The word does not hash back to the session's anchor.", "The price is more than what is left in escrow.",
            "The close secret is not that of the session.", "The batch has used up the hashes that it paid for.",
            "The batch has used up the payments that it paid for.", "There is no such stream.",
            "The stream takes no new sessions.", "Only the creator of the stream may do this.",
            "Only the viewer of the session may do this.", "Only a payee of the stream may do this.",
            "A tick must cost at least one planck.", "The stream costs more than the viewer agreed to.",
            "There are more than 8 payees, one twice, one without a share, the pot, or shares that do not sum to one.",
            "The title has more than 128 bytes.", "The deposit is below the minimum.",
            "The hash chain has no word or more than the maximum.",
            "The viewer has a session of this stream that is not over.", "The session is closing already.",
            "Nothing waits for this account.", "What waits is less than an account must hold.",
            "The settlement key is not registered.", "The batch does not carry the next nonce of its key.",
            "A share is at most one million parts of a million.", "The batch is not valid in this block any more.");

    private Failures() {}

    static String describe(DispatchError error) {
        return switch (error) {
            case DispatchError.Module(ModuleError(int pallet, var bytes)) when pallet == TICK_STREAM
                    && (bytes.at(0) & 255) < TICK_STREAM_ERRORS.size() -> TICK_STREAM_ERRORS.get(bytes.at(0) & 255);
            case DispatchError.Module(ModuleError(int pallet, var bytes)) ->
                "error " + (bytes.at(0) & 255) + " of pallet " + pallet;
            case DispatchError.Token(var token) -> "the account's funds do not allow it (" + token + ")";
            case DispatchError.Other _, DispatchError.CannotLookup _, DispatchError.BadOrigin _,
                    DispatchError.ConsumerRemaining _, DispatchError.NoProviders _, DispatchError.TooManyConsumers _,
                    DispatchError.Arithmetic _, DispatchError.Transactional _, DispatchError.Exhausted _,
                    DispatchError.Corruption _, DispatchError.Unavailable _, DispatchError.RootNotAllowed _,
                    DispatchError.Trie _ -> error.toString();
        };
    }
}
