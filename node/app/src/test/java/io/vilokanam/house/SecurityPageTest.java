package io.vilokanam.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** What the page on security says about limits is so. */
final class SecurityPageTest {

    private static final Pattern LIMIT = Pattern.compile("`([A-Z][A-Za-z]+)\\.([A-Z][A-Z_]+)`");

    private final Repository repository = Repository.here();

    @Test
    void everyLimitOnThePageStandsInTheSources() {
        List<String> sources = repository.files().stream().filter(path -> path.contains("/src/main/java/")).toList();
        List<String> missing = new ArrayList<>();
        int found = 0;
        for (Matcher limit = LIMIT.matcher(repository.text("docs/security.md")); limit.find();) {
            found++;
            boolean isThere = sources.stream().filter(path -> path.endsWith("/" + limit.group(1) + ".java"))
                    .anyMatch(path -> repository.text(path).contains(" " + limit.group(2) + " ="));
            if (!isThere) {
                missing.add(limit.group());
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(found > 0);
    }
}
