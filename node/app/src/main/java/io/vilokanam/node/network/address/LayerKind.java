package io.vilokanam.node.network.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

import io.vilokanam.primitives.ss58.Base58;

/** The layers that addresses of Substrate nodes are made of, with their codes (multiformats, protocols.csv). */
public enum LayerKind {
    IP4("ip4", 4, 4), TCP("tcp", 6, 2), IP6("ip6", 41, 16), DNS("dns", 53, LayerKind.OWN_LENGTH), DNS4("dns4", 54,
            LayerKind.OWN_LENGTH), DNS6("dns6", 55, LayerKind.OWN_LENGTH), DNSADDR("dnsaddr", 56,
                    LayerKind.OWN_LENGTH), UDP("udp", 273, 2), WEBRTC_DIRECT("webrtc-direct", 280, 0), P2P("p2p", 421,
                            LayerKind.OWN_LENGTH), TLS("tls", 448, 0), QUIC("quic", 460, 0), QUIC_V1("quic-v1", 461,
                                    0), CERTHASH("certhash", 466, LayerKind.OWN_LENGTH), WS("ws", 477,
                                            0), WSS("wss", 478, 0), MEMORY("memory", 777, 8);

    private static final int OWN_LENGTH = -1;
    private static final int NAME_MAX = 253;
    private static final int PORT_MAX = 65_535;
    private static final String P2P_OLD_WORD = "ipfs";
    private static final Pattern IP4_TEXT = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");
    private static final Pattern IP6_TEXT = Pattern.compile("(?=.*:)[0-9a-fA-F:.]{2,45}");
    private static final Pattern NAME_TEXT = Pattern.compile("[A-Za-z0-9_.-]{1," + NAME_MAX + "}");
    private static final Pattern PORT_TEXT = Pattern.compile("\\d{1,5}");

    private final String word;
    private final int code;
    private final int fixedBytes;

    LayerKind(String word, int code, int fixedBytes) {
        this.word = word;
        this.code = code;
        this.fixedBytes = fixedBytes;
    }

    static Optional<LayerKind> ofWord(String word) {
        return word.equals(P2P_OLD_WORD) ? Optional.of(P2P)
                : Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    static Optional<LayerKind> ofCode(int code) {
        return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
    }

    String word() {
        return word;
    }

    int code() {
        return code;
    }

    boolean hasLength() {
        return fixedBytes == OWN_LENGTH;
    }

    int fixedBytes() {
        return fixedBytes;
    }

    /** Whether the word stands alone. */
    boolean isBare() {
        return fixedBytes == 0;
    }

    /** Refuses a value that cannot be one of this layer; its length is right already where it is fixed. */
    void check(byte[] value) throws AddressException {
        switch (this) {
            case DNS, DNS4, DNS6, DNSADDR -> checkName(new String(value, StandardCharsets.UTF_8));
            case P2P -> PeerId.ofBytes(value);
            case IP4, TCP, IP6, UDP, WEBRTC_DIRECT, TLS, QUIC, QUIC_V1, CERTHASH, WS, WSS, MEMORY -> {
            }
        }
    }

    byte[] parse(String text) throws AddressException {
        return switch (this) {
            case IP4 -> ip(text, IP4_TEXT);
            case IP6 -> ip(text, IP6_TEXT);
            case TCP, UDP -> port(text);
            case DNS, DNS4, DNS6, DNSADDR -> {
                checkName(text);
                yield Multiaddr.utf8(text);
            }
            case P2P -> PeerId.parse(text).multihash().toArray();
            case CERTHASH -> certHash(text);
            case MEMORY -> memory(text);
            case WEBRTC_DIRECT, TLS, QUIC, QUIC_V1, WS, WSS -> throw new IllegalStateException(word + " has no value");
        };
    }

    private byte[] ip(String text, Pattern shape) throws AddressException {
        if (shape.matcher(text).matches()) {
            try {
                // No look-up: the text is a literal by its shape, which is what this method expects then.
                byte[] address = InetAddress.getByName(text).getAddress();
                if (address.length == fixedBytes) {
                    return address;
                }
            } catch (UnknownHostException e) {
                throw new AddressException("/" + word + "/" + text + ": " + e.getMessage());
            }
        }
        throw new AddressException("/" + word + "/" + text + ": expected an address of " + fixedBytes + " bytes");
    }

    private byte[] port(String text) throws AddressException {
        int port = PORT_TEXT.matcher(text).matches() ? Integer.parseInt(text) : PORT_MAX + 1;
        if (port > PORT_MAX) {
            throw new AddressException("/" + word + "/" + text + ": expected a port from 0 to " + PORT_MAX);
        }
        return new byte[]{(byte) (port >> 8), (byte) port};
    }

    private void checkName(String text) throws AddressException {
        if (!NAME_TEXT.matcher(text).matches()) {
            throw new AddressException(
                    "/" + word + ": expected a host name, got one of " + text.length() + " characters");
        }
    }

    private byte[] certHash(String text) throws AddressException {
        try {
            return Base64.getUrlDecoder().decode(text.startsWith("u") ? text.substring(1) : "?");
        } catch (IllegalArgumentException e) {
            throw new AddressException("/certhash/" + text + ": expected u and base64url, but " + e.getMessage());
        }
    }

    private byte[] memory(String text) throws AddressException {
        try {
            return ByteBuffer.allocate(Long.BYTES).putLong(Long.parseUnsignedLong(text)).array();
        } catch (NumberFormatException e) {
            throw new AddressException("/memory/" + text + ": expected a number of 64 bits, but " + e.getMessage());
        }
    }

    String format(byte[] value) {
        return switch (this) {
            case IP4, IP6 -> ipText(value);
            case TCP, UDP -> Integer.toString((value[0] & 255) << 8 | value[1] & 255);
            case DNS, DNS4, DNS6, DNSADDR -> new String(value, StandardCharsets.UTF_8);
            case P2P -> Base58.encode(value);
            case CERTHASH -> "u" + Base64.getUrlEncoder().withoutPadding().encodeToString(value);
            case MEMORY -> Long.toUnsignedString(ByteBuffer.wrap(value).getLong());
            case WEBRTC_DIRECT, TLS, QUIC, QUIC_V1, WS, WSS -> "";
        };
    }

    /** IPv6 as RFC 5952 wants it: lower case, the longest run of zeros as {@code ::}. */
    private static String ipText(byte[] value) {
        if (value.length == 4) {
            return (value[0] & 255) + "." + (value[1] & 255) + "." + (value[2] & 255) + "." + (value[3] & 255);
        }
        int[] groups = new int[8];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = (value[2 * i] & 255) << 8 | value[2 * i + 1] & 255;
        }
        int start = 0;
        int length = 0;
        for (int i = 0; i < groups.length; i++) {
            int end = i;
            while (end < groups.length && groups[end] == 0) {
                end++;
            }
            if (end - i > length && end - i > 1) {
                start = i;
                length = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < groups.length; i++) {
            if (length > 0 && i == start) {
                text.append("::");
                i += length - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
