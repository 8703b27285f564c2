package io.vilokanam.node.cli.settings;

import java.util.List;

/**
 * What a flag was set to, and by whom.
 *
 * @param key the flag's name without dashes
 * @param values as they would be typed; one {@code true} for a flag without value
 */
public record Setting(String key, List<String> values, Source source) {

    public Setting {
        values = List.copyOf(values);
    }
}
