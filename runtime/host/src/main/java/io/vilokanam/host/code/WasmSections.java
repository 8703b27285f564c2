package io.vilokanam.host.code;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Takes a WebAssembly module apart as far as its sections (WebAssembly core specification 2.0, 5.5). */
final class WasmSections {

    private static final byte[] PREAMBLE = {0, 'a', 's', 'm', 1, 0, 0, 0};
    private static final int CUSTOM = 0;
    private static final int LEB128_U32_MAX_BYTES = 5;
    /** The most custom sections that are looked at; real runtimes have four. */
    private static final int CUSTOM_SECTIONS_MAX = 1_024;

    private final byte[] module;
    private int position;

    private WasmSections(byte[] module) {
        this.module = module;
    }

    /** The contents of the custom sections by their names; of several with one name the first. */
    static Map<String, byte[]> custom(byte[] module) throws RuntimeCodeException {
        if (module.length < PREAMBLE.length
                || Arrays.mismatch(module, 0, PREAMBLE.length, PREAMBLE, 0, PREAMBLE.length) >= 0) {
            throw new RuntimeCodeException("no WebAssembly module of version 1 in " + module.length + " bytes");
        }
        return new WasmSections(module).read();
    }

    private Map<String, byte[]> read() throws RuntimeCodeException {
        Map<String, byte[]> sections = new LinkedHashMap<>();
        position = PREAMBLE.length;
        while (position < module.length) {
            int id = module[position++];
            int end = end(number("section size"), module.length, "section " + id);
            if (id == CUSTOM) {
                int nameEnd = end(number("section name length"), end, "section name");
                String name = text(position, nameEnd);
                sections.putIfAbsent(name, Arrays.copyOfRange(module, nameEnd, end));
                if (sections.size() > CUSTOM_SECTIONS_MAX) {
                    throw new RuntimeCodeException("more than " + CUSTOM_SECTIONS_MAX + " custom sections");
                }
            }
            position = end;
        }
        return sections;
    }

    private int end(long length, int limit, String what) throws RuntimeCodeException {
        if (length > limit - position) {
            throw new RuntimeCodeException(
                    what + " of " + length + " bytes at " + position + ", but " + (limit - position)
                            + " are left");
        }
        return position + (int) length;
    }

    private long number(String what) throws RuntimeCodeException {
        long number = 0;
        for (int i = 0; i < LEB128_U32_MAX_BYTES; i++) {
            if (position == module.length) {
                throw new RuntimeCodeException("module ends in a " + what);
            }
            int next = module[position++];
            number |= (next & 0x7fL) << 7 * i;
            if (next >= 0) {
                return number;
            }
        }
        throw new RuntimeCodeException(what + " of more than " + LEB128_U32_MAX_BYTES + " bytes at " + position);
    }

    private String text(int from, int to) throws RuntimeCodeException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(module, from, to - from)).toString();
        } catch (CharacterCodingException e) {
            throw new RuntimeCodeException("section name at " + from + " is not UTF-8", e);
        }
    }
}
