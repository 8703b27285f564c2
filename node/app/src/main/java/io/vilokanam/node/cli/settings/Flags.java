package io.vilokanam.node.cli.settings;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The flags of a command as config files and the environment name them. */
final class Flags {

    /** What only the command line can ask for. */
    private static final Set<String> TYPED_ONLY = Set.of("help", "version", "config");

    private static final String DASHES = "--";
    private static final String VARIABLE_PREFIX = "VILOKANAM_";

    /** By each of their names without dashes. */
    private final Map<String, OptionSpec> byKey = new LinkedHashMap<>();

    Flags(CommandSpec command) {
        for (OptionSpec option : command.options()) {
            for (String name : option.names()) {
                String key = name.startsWith(DASHES) ? name.substring(DASHES.length()) : "";
                if (!key.isEmpty() && !TYPED_ONLY.contains(key)) {
                    byKey.put(key, option);
                }
            }
        }
    }

    Optional<OptionSpec> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** Each flag once, in the order of the help. */
    List<OptionSpec> all() {
        return byKey.values().stream().distinct().toList();
    }

    /** The first long name of a flag, without dashes. */
    static String key(OptionSpec option) {
        return Arrays.stream(option.names()).filter(name -> name.startsWith(DASHES)).findFirst()
                .orElseGet(() -> option.names()[0]).replaceFirst("^-+", "");
    }

    /** {@code VILOKANAM_RPC_PORT} for {@code rpc-port}. */
    static String variable(String key) {
        return VARIABLE_PREFIX + key.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    static boolean isVariable(String name) {
        return name.startsWith(VARIABLE_PREFIX);
    }

    /** The flag of an environment variable. */
    Optional<OptionSpec> ofVariable(String variable) {
        return byKey.entrySet().stream().filter(flag -> variable(flag.getKey()).equals(variable)).findFirst()
                .map(Map.Entry::getValue);
    }

    /** Whether a flag takes no value. */
    static boolean isSwitch(OptionSpec option) {
        return option.arity().max() == 0;
    }

    /** Whether a flag takes several values. */
    static boolean isMany(OptionSpec option) {
        return option.isMultiValue();
    }

    /** The known key that looks most like this one. */
    String nearest(String key) {
        return byKey.keySet().stream().min(Comparator.comparingInt(known -> distance(known, key))).orElse("");
    }

    /** How many letters must be put in, left out or changed. */
    private static int distance(String one, String other) {
        int[] former = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            former[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = former[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(row[j - 1], former[j]));
            }
            former = row;
        }
        return former[other.length()];
    }
}
