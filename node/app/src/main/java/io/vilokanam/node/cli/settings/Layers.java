package io.vilokanam.node.cli.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Where the values of flags come from: the command line goes before the environment, that before the config file, that before
 * the profile. A flag also silences those below it that contradict it.
 */
public final class Layers {

    /** Variables of the launcher, and of the whole family. */
    private static final Set<String> OF_LAUNCHER = Set.of("VILOKANAM_JAVA_OPTS", "VILOKANAM_NO_BUILD",
            "VILOKANAM_CONFIG", "VILOKANAM_NO_AOT", "VILOKANAM_HOME");
    private static final String CONFIG = "config";
    private static final String PROFILE = "profile";
    /** Between the values of a flag that takes several. */
    private static final String SEPARATOR = ";";
    /** What Kubernetes puts into the environment for a service called vilokanam. */
    private static final String SERVICE_ADDRESS = "tcp://";

    private final List<Setting> effective;
    private final List<String> warnings;
    private final Flags flags;

    private Layers(List<Setting> effective, List<String> warnings, Flags flags) {
        this.effective = List.copyOf(effective);
        this.warnings = List.copyOf(warnings);
        this.flags = flags;
    }

    /**
     * Reads all layers.
     *
     * @param command whose flags are asked for
     * @param all the flags that a config file may name: those of the node
     * @param contradict whether two flags cannot be given together
     */
    public static Layers read(CommandSpec command, CommandSpec all, List<String> typed, Map<String, String> environment,
            BiPredicate<OptionSpec, OptionSpec> contradict) throws SettingsException {
        Flags flags = new Flags(command);
        Flags known = new Flags(all);
        List<String> warnings = new ArrayList<>();
        List<Setting> own = typed(flags, typed);
        List<Setting> environmental = environment(known, environment, warnings);
        Optional<String> file = value(typed, CONFIG).or(() -> Optional.ofNullable(environment.get("VILOKANAM_CONFIG")));
        List<Setting> filed = file.isPresent() ? SettingsFile.read(Path.of(file.get()), known) : List.of();
        Optional<String> profile = first(PROFILE, List.of(own, environmental, filed));
        List<Setting> profiled = profile.isPresent() ? Profiles.settings(profile.get(), known) : List.of();

        List<Setting> effective = new ArrayList<>(own);
        for (List<Setting> layer : List.of(environmental, filed, profiled)) {
            List<Setting> above = List.copyOf(effective);
            layer.stream().filter(setting -> isHeard(setting, above, flags, contradict)).forEach(effective::add);
        }
        return new Layers(effective, warnings, flags);
    }

    private static boolean isHeard(Setting setting, List<Setting> above, Flags flags,
            BiPredicate<OptionSpec, OptionSpec> contradict) {
        Optional<OptionSpec> option = flags.find(setting.key());
        return option.isPresent() && above.stream().noneMatch(former -> former.key().equals(setting.key())
                || isOn(former) && flags.find(former.key())
                        .filter(other -> contradict.test(other, option.get())).isPresent());
    }

    /** {@code false} for a flag without value says that it is not given. */
    private static boolean isOn(Setting setting) {
        return !setting.values().equals(List.of("false"));
    }

    private static Optional<String> first(String key, List<List<Setting>> layers) {
        return layers.stream().flatMap(List::stream).filter(setting -> setting.key().equals(key)).findFirst()
                .map(setting -> setting.values().getFirst());
    }

    /** The value behind {@code --key} or {@code --key=}. */
    private static Optional<String> value(List<String> typed, String key) {
        for (int i = 0; i < typed.size(); i++) {
            if (typed.get(i).equals("--" + key) && i + 1 < typed.size()) {
                return Optional.of(typed.get(i + 1));
            }
            if (typed.get(i).startsWith("--" + key + "=")) {
                return Optional.of(typed.get(i).substring(key.length() + 3));
            }
        }
        return Optional.empty();
    }

    /** Which flags were typed; their values are picocli's to read and stand here for show. */
    private static List<Setting> typed(Flags flags, List<String> typed) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (int i = 0; i < typed.size() && !typed.get(i).equals("--"); i++) {
            Optional<OptionSpec> option = option(flags, typed.get(i));
            if (option.isEmpty()) {
                continue;
            }
            List<String> values = given.computeIfAbsent(Flags.key(option.get()), _ -> new ArrayList<>());
            int equals = typed.get(i).indexOf('=');
            if (Flags.isSwitch(option.get())) {
                values.add("true");
            } else if (equals > 0) {
                values.add(typed.get(i).substring(equals + 1));
            } else {
                while (i + 1 < typed.size() && !typed.get(i + 1).startsWith("-")
                        && (values.isEmpty() || Flags.isMany(option.get()))) {
                    values.add(typed.get(++i));
                }
            }
        }
        List<Setting> settings = new ArrayList<>();
        given.forEach((key, values) -> settings.add(new Setting(key, values, new Source.CommandLine())));
        return settings;
    }

    private static Optional<OptionSpec> option(Flags flags, String argument) {
        if (!argument.startsWith("-")) {
            return Optional.empty();
        }
        String name = argument.split("=", 2)[0];
        return name.startsWith("--") ? flags.find(name.substring(2))
                : flags.all().stream().filter(option -> List.of(option.names()).stream()
                        .anyMatch(known -> known.length() == 2 && name.startsWith(known))).findFirst();
    }

    private static List<Setting> environment(Flags known, Map<String, String> environment, List<String> warnings)
            throws SettingsException {
        List<Setting> settings = new ArrayList<>();
        for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
            String name = variable.getKey();
            if (!Flags.isVariable(name) || OF_LAUNCHER.contains(name)
                    || variable.getValue().startsWith(SERVICE_ADDRESS)) {
                continue;
            }
            Optional<OptionSpec> option = known.ofVariable(name);
            if (option.isEmpty()) {
                warnings.add("environment variable " + name + " names no flag; did you mean "
                        + Flags.variable(known.nearest(name.substring(name.indexOf('_') + 1).toLowerCase(Locale.ROOT)
                                .replace('_', '-')))
                        + "?");
                continue;
            }
            settings.add(new Setting(Flags.key(option.get()), values(name, variable.getValue(), option.get()),
                    new Source.Environment(name)));
        }
        return settings;
    }

    private static List<String> values(String name, String text, OptionSpec option) throws SettingsException {
        if (Flags.isSwitch(option)) {
            return List.of(switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "true", "1", "yes", "on" -> "true";
                case "false", "0", "no", "off", "" -> "false";
                default -> throw new SettingsException("environment variable " + name + " is '" + text
                        + "', expected true or false");
            });
        }
        return Flags.isMany(option) ? List.of(text.split(SEPARATOR)).stream().map(String::strip)
                .filter(value -> !value.isEmpty()).toList() : List.of(text);
    }

    /** What is to be added to the command line: all that was not typed. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        for (Setting setting : effective) {
            if (setting.source() instanceof Source.CommandLine) {
                continue;
            }
            Optional<OptionSpec> option = flags.find(setting.key());
            if (option.isPresent() && Flags.isSwitch(option.get())) {
                if (isOn(setting)) {
                    arguments.add("--" + setting.key());
                }
            } else {
                setting.values().forEach(value -> arguments.add("--" + setting.key() + "=" + value));
            }
        }
        return arguments;
    }

    /** What was found that cannot be right, and is no reason not to start. */
    public List<String> warnings() {
        return warnings;
    }

    /** Each flag with where its value comes from, in the order of the help; no value where a default has none. */
    public List<Setting> explained() {
        List<Setting> all = new ArrayList<>();
        for (OptionSpec option : flags.all()) {
            String key = Flags.key(option);
            all.add(effective.stream().filter(setting -> setting.key().equals(key)).findFirst()
                    .orElseGet(() -> new Setting(key, byDefault(option), new Source.Default())));
        }
        return all;
    }

    /** What the help says that the default is. */
    private static List<String> byDefault(OptionSpec option) {
        if (Flags.isSwitch(option)) {
            return List.of("false");
        }
        String help = String.join(" ", option.description());
        int begin = help.lastIndexOf("Default: ");
        return begin < 0 ? List.of() : List.of(help.substring(begin + "Default: ".length()).replaceFirst("\\.$", ""));
    }
}
