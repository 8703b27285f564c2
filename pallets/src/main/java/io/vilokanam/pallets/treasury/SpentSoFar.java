package io.vilokanam.pallets.treasury;

import java.util.SortedMap;
import java.util.TreeMap;

import io.vilokanam.scale.U128;

/**
 * What was spent within one dispatch, by the most that its origins may spend, in plancks: many calls in one may not spend more
 * than one call may. It is not forgotten where a call fails after it.
 */
final class SpentSoFar {

    private final SortedMap<U128, U128> byMost = new TreeMap<>();

    /** Notes an amount, unless it is too much. */
    boolean allows(U128 amount, U128 most) {
        U128 before = byMost.getOrDefault(most, U128.ZERO);
        if (before.wouldOverflow(amount) || before.plus(amount).isMoreThan(most)) {
            return false;
        }
        byMost.put(most, before.plus(amount));
        return true;
    }
}
