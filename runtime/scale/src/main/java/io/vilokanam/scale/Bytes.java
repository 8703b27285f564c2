package io.vilokanam.scale;

import java.util.Arrays;

/** An immutable string of bytes, compared by content and ordered as unsigned bytes. */
public final class Bytes implements Comparable<Bytes> {

    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private static final char[] DIGITS = "0123456789abcdef".toCharArray();

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** A copy of {@code content}. */
    public static Bytes copyOf(byte[] content) {
        return new Bytes(content.clone());
    }

    /** Wraps {@code content} without copying: the caller gives the array away and never writes to it again. */
    public static Bytes wrap(byte[] content) {
        return new Bytes(content);
    }

    /** The bytes of an ASCII text. */
    public static Bytes ascii(String text) {
        byte[] content = new byte[text.length()];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) text.charAt(i);
        }
        return new Bytes(content);
    }

    /**
     * Reads an even number of hex digits of either case, with or without {@code 0x} in front.
     *
     * @throws IllegalArgumentException for an odd number of digits or another character
     */
    public static Bytes fromHex(String hex) {
        int start = hex.startsWith("0x") ? 2 : 0;
        if ((hex.length() - start) % 2 != 0) {
            throw new IllegalArgumentException("odd number of hex digits: " + (hex.length() - start));
        }
        byte[] content = new byte[(hex.length() - start) / 2];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (digit(hex, start + 2 * i) << 4 | digit(hex, start + 2 * i + 1));
        }
        return new Bytes(content);
    }

    private static int digit(String hex, int at) {
        int value = Character.digit(hex.charAt(at), 16);
        if (value < 0 || hex.charAt(at) > 'f') {
            throw new IllegalArgumentException("not a hex digit at " + at + ": '" + hex.charAt(at) + "'");
        }
        return value;
    }

    public int size() {
        return content.length;
    }

    public boolean isEmpty() {
        return content.length == 0;
    }

    public byte at(int index) {
        return content[index];
    }

    /** A copy of the content. */
    public byte[] toArray() {
        return content.clone();
    }

    /** The content itself, not a copy: for reading only. */
    public byte[] view() {
        return content;
    }

    /** {@code 0x} and two lower-case digits a byte. */
    public String hex() {
        return hex(content);
    }

    /** {@code 0x} and two lower-case digits a byte. */
    public static String hex(byte[] content) {
        char[] text = new char[2 + 2 * content.length];
        text[0] = '0';
        text[1] = 'x';
        for (int i = 0; i < content.length; i++) {
            text[2 + 2 * i] = DIGITS[content[i] >> 4 & 15];
            text[3 + 2 * i] = DIGITS[content[i] & 15];
        }
        return new String(text);
    }

    /** Unsigned lexicographic order: the order of keys in the state trie. */
    public static int compare(byte[] a, byte[] b) {
        int common = Math.min(a.length, b.length);
        for (int i = 0; i < common; i++) {
            if (a[i] != b[i]) {
                return (a[i] & 255) - (b[i] & 255);
            }
        }
        return a.length - b.length;
    }

    @Override
    public int compareTo(Bytes other) {
        return compare(content, other.content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return hex();
    }
}
