package io.vilokanam.runtime.differential;

import java.util.List;
import java.util.Map;

import io.vilokanam.frame.dispatch.RuntimeCall;

/**
 * Random calls and stories of a few pallets, plugged into the chains of {@link FullDifferentialTest} by a line in
 * {@link CallSources}. Whatever it draws must come from {@link World#random()}, so that a seed tells the whole chain.
 */
interface CallSource {

    /** The pallets whose calls this makes, by name: the source is left out of chains whose composition lacks one of them. */
    List<String> pallets();

    /**
     * One call, sensible or not: it is signed by anybody, made by root, put into batches, taken apart. What only root may do
     * is best wrapped by {@link World#byRoot} more often than not.
     *
     * @param depth of calls within calls so far: nested ones come from {@link World#anyCall}
     */
    RuntimeCall call(World world, int depth);

    /**
     * Begins a story: {@link World#act} queues what happens next in this block, {@link World#later} goes on in a later one.
     * Stories reach what single calls do not: deposits that are given back, votes that pass, periods that end.
     */
    default void story(World world) {}

    /**
     * What no chain can meet, by why: {@code call Pallet.name}, {@code event Pallet.Name} and {@code error Pallet.Name} as
     * {@link Coverage} calls them. All other calls, events and errors that a run does not meet are printed.
     */
    default Map<String, List<String>> unreachable() {
        return Map.of();
    }
}
