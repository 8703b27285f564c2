package io.vilokanam.rpc.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** A range of IP addresses: all whose first {@code bits} bits are those of {@code address}. */
public record IpNetwork(InetAddress address, int bits) {

    /** Reads CIDR notation such as {@code 10.0.0.0/8}, or one address; empty where the text is neither. */
    public static Optional<IpNetwork> parse(String text) {
        int slash = text.indexOf('/');
        String number = slash < 0 ? "" : text.substring(slash + 1);
        return address(slash < 0 ? text : text.substring(0, slash)).flatMap(address -> {
            int all = 8 * address.getAddress().length;
            if (slash < 0) {
                return Optional.of(new IpNetwork(address, all));
            }
            return number.matches("[0-9]{1,3}") && Integer.parseInt(number) <= all
                    ? Optional.of(new IpNetwork(address, Integer.parseInt(number))) : Optional.empty();
        });
    }

    /** An address in digits; names are not looked up. */
    static Optional<InetAddress> address(String text) {
        if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress other) {
        byte[] ours = address.getAddress();
        byte[] theirs = other.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += 8) {
            int mask = bits - bit >= 8 ? 0xff : 0xff << 8 - (bits - bit);
            if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
