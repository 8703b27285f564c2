package io.vilokanam.node.cli.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A config file in TOML. Its keys are the flags without dashes; a value is text, a number, {@code true} or {@code false}, or a
 * list of them for flags that take several values. Keys may stand under headings like {@code [rpc]}, which mean nothing.
 */
final class SettingsFile {

    private static final long BYTES_MAX = 1 << 20;

    private SettingsFile() {}

    static List<Setting> read(Path file, Flags flags) throws SettingsException {
        List<Setting> settings = new ArrayList<>();
        collect(file, parse(file), flags, settings, true);
        return settings;
    }

    private static JsonNode parse(Path file) throws SettingsException {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new SettingsException("config file " + file + " is longer than " + BYTES_MAX + " bytes");
            }
            return new TomlMapper().readTree(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new SettingsException("config file " + file + " is not there", e);
        } catch (JsonProcessingException e) {
            throw new SettingsException("config file " + file + " is no TOML: " + e.getOriginalMessage() + " (line "
                    + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr() + ")", e);
        } catch (IOException e) {
            throw new SettingsException("config file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void collect(Path file, JsonNode table, Flags flags, List<Setting> into, boolean isTop)
            throws SettingsException {
        for (Map.Entry<String, JsonNode> entry : table.properties()) {
            if (entry.getValue().isObject() && isTop) {
                collect(file, entry.getValue(), flags, into, false);
                continue;
            }
            Optional<OptionSpec> option = flags.find(entry.getKey());
            if (option.isEmpty()) {
                throw new SettingsException("config file " + file + ": unknown key '" + entry.getKey()
                        + "'; did you mean '" + flags.nearest(entry.getKey()) + "'?");
            }
            String key = Flags.key(option.get());
            if (into.stream().anyMatch(former -> former.key().equals(key))) {
                throw new SettingsException("config file " + file + ": '" + key + "' stands there twice");
            }
            into.add(new Setting(key, values(file, entry.getKey(), entry.getValue(), option.get()),
                    new Source.File(file)));
        }
    }

    private static List<String> values(Path file, String key, JsonNode value, OptionSpec option)
            throws SettingsException {
        List<String> values = new ArrayList<>();
        if (value.isArray() && Flags.isMany(option)) {
            for (JsonNode each : value) {
                values.add(text(file, key, each, option));
            }
            return values;
        }
        return List.of(text(file, key, value, option));
    }

    private static String text(Path file, String key, JsonNode value, OptionSpec option) throws SettingsException {
        boolean isFitting = Flags.isSwitch(option) ? value.isBoolean() : value.isValueNode();
        if (!isFitting) {
            String expected = Flags.isSwitch(option) ? "true or false"
                    : Flags.isMany(option) ? "a value or a list of values" : "one value";
            throw new SettingsException("config file " + file + ": " + key + " = " + value + ", expected " + expected);
        }
        return value.asText();
    }
}
