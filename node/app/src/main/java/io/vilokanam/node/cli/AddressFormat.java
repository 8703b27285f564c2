package io.vilokanam.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What network an address is of: {@code --network}, a name of the SS58 registry as in stock nodes, or a number.
 *
 * @param name   as it was given
 * @param prefix of addresses, 0 to 16,383
 */
record AddressFormat(String name, int prefix) {

    /** The format of chains that have none of their own. */
    static final AddressFormat SUBSTRATE = new AddressFormat("substrate", 42);

    private static final int PREFIX_MAX = 16_383;

    /** Lines of a prefix and a name, in the order of the names: what the registry of stable2503 has. */
    private static final String REGISTRY = "ss58-networks.txt";

    /** Reads what was given on the command line. */
    static final class Converter implements ITypeConverter<AddressFormat> {
        @Override
        public AddressFormat convert(String text) {
            if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= PREFIX_MAX) {
                return new AddressFormat(text, Integer.parseInt(text));
            }
            Map<String, Integer> known = registry();
            if (!known.containsKey(text)) {
                throw new TypeConversionException("Unable to parse variant. Known variants: " + known.keySet().stream()
                        .map(name -> '"' + name + '"').collect(Collectors.joining(", ", "[", "]")));
            }
            return new AddressFormat(text, known.get(text));
        }
    }

    private static Map<String, Integer> registry() {
        try (InputStream lines = AddressFormat.class.getResourceAsStream(REGISTRY)) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8).lines().map(line -> line.split(" "))
                    .collect(Collectors.toMap(line -> line[1], line -> Integer.valueOf(line[0]), (one, other) -> one,
                            LinkedHashMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException("the registry of networks cannot be read from the jar", e);
        }
    }
}
