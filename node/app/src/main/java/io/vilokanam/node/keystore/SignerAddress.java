package io.vilokanam.node.keystore;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * Where a signer listens: {@code unix:/run/signer.sock} or {@code tcp:127.0.0.1:7000}.
 *
 * @param text as it was given
 */
public record SignerAddress(String text, SocketAddress socket) {

    /** Empty where the text is neither. */
    public static Optional<SignerAddress> parse(String text) {
        if (text.matches("unix:.+")) {
            return Optional.of(new SignerAddress(text, UnixDomainSocketAddress.of(text.substring("unix:".length()))));
        }
        if (text.matches("tcp:.+:[0-9]{1,5}")) {
            int colon = text.lastIndexOf(':');
            int port = Integer.parseInt(text.substring(colon + 1));
            return port > 0xffff ? Optional.empty()
                    : Optional.of(new SignerAddress(text,
                            new InetSocketAddress(text.substring("tcp:".length(), colon), port)));
        }
        return Optional.empty();
    }

    SocketChannel connect() throws IOException {
        SocketChannel channel = isUnix() ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        try {
            channel.connect(socket);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    ServerSocketChannel listen() throws IOException {
        ServerSocketChannel channel = isUnix() ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                : ServerSocketChannel.open();
        try {
            return channel.bind(socket);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    boolean isUnix() {
        return socket instanceof UnixDomainSocketAddress;
    }
}
