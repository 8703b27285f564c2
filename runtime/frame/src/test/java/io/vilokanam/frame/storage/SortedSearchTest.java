package io.vilokanam.frame.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

class SortedSearchTest {

    private static SortedSearch.Place find(List<Integer> sorted, int key) {
        return SortedSearch.find(sorted, key, each -> each);
    }

    @Test
    void findsWhatIsThereAndThePlaceOfWhatIsNot() {
        assertEquals(new SortedSearch.Place(0, false), find(List.of(), 5));
        assertEquals(new SortedSearch.Place(1, true), find(List.of(1, 3, 5), 3));
        assertEquals(new SortedSearch.Place(0, false), find(List.of(1, 3, 5), 0));
        assertEquals(new SortedSearch.Place(2, false), find(List.of(1, 3, 5), 4));
        assertEquals(new SortedSearch.Place(3, false), find(List.of(1, 3, 5), 6));
    }

    @Test
    void takesTheLastOfEqualOnesAsRustDoes() {
        assertEquals(new SortedSearch.Place(2, true), find(List.of(0, 0, 0), 0));
        assertEquals(new SortedSearch.Place(2, true), find(List.of(0, 7, 7, 9), 7));
    }
}
