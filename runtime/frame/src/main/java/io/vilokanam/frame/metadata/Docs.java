package io.vilokanam.frame.metadata;

import java.util.ArrayList;
import java.util.List;

/** Documentation as metadata carries it: a list of lines, none for no text. */
public final class Docs {

    private Docs() {}

    public static List<String> lines(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            lines.add(text.substring(start, end));
            start = end + 1;
        }
        lines.add(text.substring(start));
        return List.copyOf(lines);
    }
}
