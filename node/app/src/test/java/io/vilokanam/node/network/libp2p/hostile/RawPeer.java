package io.vilokanam.node.network.libp2p.hostile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

import io.vilokanam.crypto.ed25519.Ed25519KeyPair;
import io.vilokanam.node.network.libp2p.multistream.DialerNegotiation;
import io.vilokanam.node.network.libp2p.noise.NoiseFrames;
import io.vilokanam.node.network.libp2p.noise.NoiseTransport;
import io.vilokanam.node.network.libp2p.noise.SecureHandshake;
import io.vilokanam.node.network.libp2p.wire.ByteQueue;

/** A peer that comes as far as yamux by the rules, and then writes what frames it likes. */
final class RawPeer implements AutoCloseable {

    private static final int READ_MILLIS_MAX = 60_000;
    private static final int SEED = 32;

    private final Socket socket;
    private final ByteQueue in = new ByteQueue();
    private final NoiseTransport noise;

    /** Somebody whom nobody knows. */
    RawPeer(int port) throws Exception {
        this(port, Ed25519KeyPair.fromSeed(chance()));
    }

    RawPeer(int port, Ed25519KeyPair identity) throws Exception {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_MILLIS_MAX);
        DialerNegotiation security = new DialerNegotiation(List.of("/noise"));
        writePlain(security.greeting());
        while (security.advance(in, this::writePlain).isEmpty()) {
            read(in);
        }
        SecureHandshake handshake = new SecureHandshake(true, identity, new SecureRandom());
        handshake.start(this::writePlain);
        Optional<SecureHandshake.Secured> secured = handshake.advance(in, this::writePlain);
        while (secured.isEmpty()) {
            read(in);
            secured = handshake.advance(in, this::writePlain);
        }
        noise = secured.get().transport();
        DialerNegotiation muxer = new DialerNegotiation(List.of("/yamux/1.0.0"));
        write(muxer.greeting());
        ByteQueue plain = new ByteQueue();
        while (muxer.advance(plain, this::write).isEmpty()) {
            Optional<byte[]> message = NoiseFrames.read(in);
            if (message.isPresent()) {
                byte[] opened = noise.receiver().open(message.get());
                plain.add(opened, 0, opened.length);
            } else {
                read(in);
            }
        }
    }

    private static byte[] chance() {
        byte[] seed = new byte[SEED];
        new SecureRandom().nextBytes(seed);
        return seed;
    }

    /** A yamux header: version 0, type, flags, stream, length. */
    static byte[] header(int type, int flags, int stream, int length) {
        return ByteBuffer.allocate(12).put((byte) 0).put((byte) type).putShort((short) flags).putInt(stream)
                .putInt(length).array();
    }

    private void read(ByteQueue into) throws IOException {
        byte[] some = new byte[1 << 16];
        int length = socket.getInputStream().read(some);
        if (length < 0) {
            throw new IOException("the node closed the connection");
        }
        into.add(some, 0, length);
    }

    void writePlain(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Seals and writes. */
    void write(byte[] bytes) {
        for (int from = 0; from < bytes.length; from += NoiseFrames.PLAIN_MAX) {
            writePlain(NoiseFrames.frame(noise.sender().seal(bytes, from,
                    Math.min(NoiseFrames.PLAIN_MAX, bytes.length - from))));
        }
    }

    /** Whether the node ends the connection, reading what it may say before. */
    boolean isEnded() {
        try {
            InputStream from = socket.getInputStream();
            byte[] some = new byte[1 << 16];
            while (from.read(some) >= 0) {
                continue;
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
