package io.vilokanam.frame.storage;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Binary search in the steps that Rust's {@code slice::binary_search_by} takes (since 1.82): where several elements are equal
 * blocks agree on which of them is found.
 */
public final class SortedSearch {

    /** Where an element is, or where it would have to be inserted. */
    public record Place(int index, boolean isFound) {}

    private SortedSearch() {}

    public static <T, K extends Comparable<K>> Place find(List<T> sorted, K key, Function<T, K> keyOf) {
        return find(sorted, key, keyOf, Comparator.naturalOrder());
    }

    public static <T, K> Place find(List<T> sorted, K key, Function<T, K> keyOf, Comparator<K> order) {
        if (sorted.isEmpty()) {
            return new Place(0, false);
        }
        int base = 0;
        int size = sorted.size();
        while (size > 1) {
            int half = size / 2;
            if (order.compare(keyOf.apply(sorted.get(base + half)), key) <= 0) {
                base += half;
            }
            size -= half;
        }
        int last = order.compare(keyOf.apply(sorted.get(base)), key);
        return new Place(last < 0 ? base + 1 : base, last == 0);
    }
}
