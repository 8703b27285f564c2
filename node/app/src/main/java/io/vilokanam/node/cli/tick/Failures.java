package io.vilokanam.node.cli.tick;

import java.util.Map;

import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.ModuleError;

/** Errors of the chain in words. */
final class Failures {

    private static final int TICK_STREAM = 20;

    /** The errors that the calls of the commands may meet, by their index, which never changes. */
    private static final Map<Integer, String> TICK_STREAM_ERRORS = Map.ofEntries(
            Map.entry(0, "There is no such session: it is over, or never was."),
            Map.entry(10, "There is no such stream."), Map.entry(11, "The stream takes no new sessions."),
            Map.entry(12, "Only the creator of the stream may do this."),
            Map.entry(15, "A tick must cost at least one planck."),
            Map.entry(16, "The stream costs more than the viewer agreed to."),
            Map.entry(17,
                    "There are more than 8 payees, one twice, one without a share, shares that do not sum to one, or the pot."),
            Map.entry(18, "The title has more than 128 bytes."),
            Map.entry(19, "The deposit is below the minimum."),
            Map.entry(21, "The viewer has a session of this stream that is not over."),
            Map.entry(22, "The session is closing already."),
            Map.entry(31, "The tip is below the minimum deposit."),
            Map.entry(32,
                    "There are more than 8 tiers, one twice, or one without price, 1 to 366 days, or a discount below all."),
            Map.entry(33, "The stream does not offer such a tier."),
            Map.entry(34,
                    "The viewer has a subscription of another tier with as much discount, or for two years ahead."),
            Map.entry(35,
                    "A sponsorship pays at least one tick of one viewer a day and has at least the minimum deposit."),
            Map.entry(36, "There is no such sponsorship of this stream."),
            Map.entry(37, "Only the sponsor may do this."),
            Map.entry(38,
                    "The sponsor does not pay for those who earn, for this rate, or beside so small a deposit."),
            Map.entry(39, "The sponsor has paid for this viewer before."),
            Map.entry(40, "The sponsor's pot does not reach for another viewer, or not on this day."),
            Map.entry(41, "The viewer has not signed for this gift."),
            Map.entry(42, "The signer would spend more than its own limit for the day."));

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
