package io.vilokanam.node.cli.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Flags for kinds of nodes: a beginning from which every single one may differ. */
final class Profiles {

    private static final Map<String, Map<String, List<String>>> ALL = Map.of(
            "dev", Map.of("dev", List.of("true")),
            "validator", Map.of("validator", List.of("true"), "rpc-max-connections", List.of("25"),
                    "rpc-methods", List.of("auto"), "state-pruning", List.of("256"), "double-sign-guard",
                    List.of("strict")),
            "rpc", Map.of("rpc-external", List.of("true"), "rpc-methods", List.of("safe"), "rpc-cors", List.of("all"),
                    "rpc-max-connections", List.of("5000"), "db-cache", List.of("512"), "pool-limit",
                    List.of("16384")),
            "archive", Map.of("state-pruning", List.of("archive"), "blocks-pruning", List.of("archive"), "db-cache",
                    List.of("512")),
            "collector", Map.of("tick-listen-addr", List.of("0.0.0.0:9946"), "tick-max-connections",
                    List.of("50000"), "offchain-worker", List.of("always")));

    private Profiles() {}

    /** What a profile says of flags that the command has. */
    static List<Setting> settings(String name, Flags flags) throws SettingsException {
        Map<String, List<String>> profile = ALL.get(name);
        if (profile == null) {
            throw new SettingsException("profile " + name + ": expected dev, validator, rpc, archive or collector");
        }
        List<Setting> settings = new ArrayList<>();
        profile.forEach((key, values) -> flags.find(key)
                .ifPresent(_ -> settings.add(new Setting(key, values, new Source.Profile(name)))));
        return settings;
    }
}
