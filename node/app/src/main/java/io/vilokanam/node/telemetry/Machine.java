package io.vilokanam.node.telemetry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What telemetry tells of the machine, as sc-sysinfo reads it off Linux. */
public final class Machine {

    private static final long KIBI = 1024;

    private Machine() {}

    /** The facts by their names in {@code sysinfo}; null where the system does not tell. */
    public static SortedMap<String, Object> facts() {
        SortedMap<String, Object> facts = new TreeMap<>();
        String cpus = read("/proc/cpuinfo");
        facts.put("cpu", first(cpus, "(?m)^model name\\s*:\\s*(.+)$").orElse(null));
        facts.put("core_count", Runtime.getRuntime().availableProcessors());
        facts.put("memory", first(read("/proc/meminfo"), "(?m)^MemTotal:\\s*([0-9]+) kB").map(Long::parseLong)
                .map(kibibytes -> kibibytes * KIBI).orElse(null));
        facts.put("linux_distro", first(read("/etc/os-release"), "(?m)^PRETTY_NAME=\"?(.+?)\"?$").orElse(null));
        facts.put("linux_kernel", isLinux() ? System.getProperty("os.version") : null);
        facts.put("is_virtual_machine", cpus.isEmpty() ? null : cpus.contains(" hypervisor"));
        return facts;
    }

    /** {@code x86_64}, {@code aarch64} .. */
    public static String architecture() {
        String name = System.getProperty("os.arch");
        return name.equals("amd64") ? "x86_64" : name;
    }

    /** {@code linux}, {@code macos}, {@code windows}. */
    public static String system() {
        String name = System.getProperty("os.name");
        return isLinux() ? "linux" : name.startsWith("Mac") ? "macos" : name.split(" ")[0].toLowerCase(Locale.ROOT);
    }

    private static boolean isLinux() {
        return System.getProperty("os.name").equals("Linux");
    }

    private static Optional<String> first(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }

    private static String read(String file) {
        Path path = Path.of(file);
        if (!Files.isReadable(path)) {
            return "";
        }
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException("the system does not let " + path + " be read", e);
        }
    }
}
