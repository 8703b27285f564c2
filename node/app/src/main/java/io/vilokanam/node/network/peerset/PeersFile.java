package io.vilokanam.node.network.peerset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.vilokanam.node.network.address.AddressException;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;

/**
 * Known peers in a file: a line each, with reputation, id and addresses, separated by blanks. A line that makes no sense is passed
 * over: nothing in the file is needed.
 */
public final class PeersFile {

    /** A longer file is not read. */
    static final long BYTES_MAX = 8 << 20;

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,10}");
    private static final String SEPARATOR = " ";

    private PeersFile() {}

    /** Nothing where there is no file. */
    public static List<KnownPeer> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        if (Files.size(file) > BYTES_MAX) {
            throw new IOException(file + " is longer than " + BYTES_MAX + " bytes");
        }
        List<KnownPeer> peers = new ArrayList<>();
        for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList()) {
            peer(line).ifPresent(peers::add);
        }
        return peers;
    }

    private static Optional<KnownPeer> peer(String line) {
        String[] words = line.split(SEPARATOR);
        if (words.length < 2 || !NUMBER.matcher(words[0]).matches()) {
            return Optional.empty();
        }
        try {
            List<Multiaddr> addresses = new ArrayList<>();
            for (int i = 2; i < words.length && i < 2 + PeerStore.ADDRESSES_MAX; i++) {
                addresses.add(Multiaddr.parse(words[i]));
            }
            return Optional.of(new KnownPeer(PeerId.parse(words[1]),
                    Math.clamp(Long.parseLong(words[0]), Integer.MIN_VALUE, Integer.MAX_VALUE), addresses));
        } catch (AddressException e) {
            return Optional.empty();
        }
    }

    /** Puts a new file in the place of the old one. */
    public static void write(Path file, List<KnownPeer> peers) throws IOException {
        StringBuilder text = new StringBuilder();
        for (KnownPeer peer : peers) {
            text.append(peer.reputation()).append(SEPARATOR).append(peer.peer());
            peer.addresses().forEach(address -> text.append(SEPARATOR).append(address));
            text.append('\n');
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(draft, text, StandardCharsets.ISO_8859_1);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
