package io.vilokanam.node.network.address;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.scale.Bytes;

/**
 * Where a peer is, layer by layer: {@code /ip4/127.0.0.1/tcp/30333/ws/p2p/12D3...} (multiformats, multiaddr). Only addresses of
 * layers that Substrate nodes use are understood; text and bytes of others are refused.
 */
public record Multiaddr(List<Layer> layers) {

    /** No address is longer, neither in bytes nor in characters. */
    public static final int SIZE_MAX = 1024;

    private static final int LAYERS_MAX = 16;

    public Multiaddr {
        layers = List.copyOf(layers);
    }

    /** One layer; {@code value} as it stands in the bytes, without a length in front. */
    public record Layer(LayerKind kind, Bytes value) {

        /** {@code /tcp/30333}. */
        String text() {
            return kind.isBare() ? "/" + kind.word() : "/" + kind.word() + "/" + kind.format(value.view());
        }
    }

    public static Multiaddr of(InetAddress address, int port) {
        byte[] ip = address.getAddress();
        return new Multiaddr(List.of(new Layer(ip.length == 4 ? LayerKind.IP4 : LayerKind.IP6, Bytes.wrap(ip)),
                new Layer(LayerKind.TCP, Bytes.wrap(new byte[]{(byte) (port >> 8), (byte) port}))));
    }

    public static Multiaddr parse(String text) throws AddressException {
        if (text.length() > SIZE_MAX || !text.startsWith("/")) {
            throw new AddressException(
                    "address " + shortened(text) + ": expected a slash and at most " + SIZE_MAX + " characters");
        }
        String[] words = text.substring(1).split("/", -1);
        List<Layer> layers = new ArrayList<>();
        int at = 0;
        while (at < words.length && layers.size() < LAYERS_MAX) {
            String word = words[at++];
            LayerKind kind = LayerKind.ofWord(word)
                    .orElseThrow(() -> new AddressException("address " + text + ": unknown layer '" + word + "'"));
            if (kind.isBare()) {
                layers.add(new Layer(kind, Bytes.EMPTY));
            } else if (at == words.length) {
                throw new AddressException("address " + text + ": nothing behind /" + word);
            } else {
                layers.add(new Layer(kind, Bytes.wrap(kind.parse(words[at++]))));
            }
        }
        if (at < words.length) {
            throw new AddressException("address " + text + ": more than " + LAYERS_MAX + " layers");
        }
        return new Multiaddr(layers);
    }

    private static String shortened(String text) {
        return text.length() > 64 ? text.substring(0, 64) + "..." : text;
    }

    public static Multiaddr decode(byte[] bytes) throws AddressException {
        if (bytes.length == 0 || bytes.length > SIZE_MAX) {
            throw new AddressException("address of " + bytes.length + " bytes: expected 1 to " + SIZE_MAX);
        }
        LayerReader reader = new LayerReader(bytes);
        List<Layer> layers = new ArrayList<>();
        while (!reader.isAtEnd()) {
            if (layers.size() == LAYERS_MAX) {
                throw new AddressException("address of more than " + LAYERS_MAX + " layers");
            }
            layers.add(reader.layer());
        }
        return new Multiaddr(layers);
    }

    public byte[] encode() {
        int size = 0;
        for (Layer layer : layers) {
            size += Varint.size(layer.kind().code())
                    + (layer.kind().hasLength() ? Varint.size(layer.value().size()) : 0)
                    + layer.value().size();
        }
        byte[] bytes = new byte[size];
        int at = 0;
        for (Layer layer : layers) {
            at = Varint.write(bytes, at, layer.kind().code());
            if (layer.kind().hasLength()) {
                at = Varint.write(bytes, at, layer.value().size());
            }
            System.arraycopy(layer.value().view(), 0, bytes, at, layer.value().size());
            at += layer.value().size();
        }
        return bytes;
    }

    /** The peer that is said to be at the end of the address. */
    public Optional<PeerId> peer() {
        return layers.isEmpty() || layers.getLast().kind() != LayerKind.P2P ? Optional.empty()
                : Optional.of(new PeerId(layers.getLast().value()));
    }

    public Multiaddr withPeer(PeerId peer) {
        return with(LayerKind.P2P, peer.multihash());
    }

    /** The same without {@code /p2p/...} at its end. */
    public Multiaddr withoutPeer() {
        return peer().isEmpty() ? this : new Multiaddr(layers.subList(0, layers.size() - 1));
    }

    /** The same at another machine's address. */
    public Multiaddr withHost(InetAddress host) {
        List<Layer> changed = new ArrayList<>(of(host, 0).layers.subList(0, 1));
        changed.addAll(layers.subList(1, layers.size()));
        return new Multiaddr(changed);
    }

    public Multiaddr with(LayerKind kind, Bytes value) {
        List<Layer> more = new ArrayList<>(layers);
        more.add(new Layer(kind, value));
        return new Multiaddr(more);
    }

    /** What to dial, where this node can: {@code (ip4|ip6|dns*)/tcp[/ws][/p2p]}, {@code dns*}{@code /tcp/(wss|tls/ws)[/p2p]}. */
    public Optional<Endpoint> endpoint() {
        List<Layer> plain = withoutPeer().layers;
        if (plain.size() < 2 || plain.get(1).kind() != LayerKind.TCP) {
            return Optional.empty();
        }
        Layer host = plain.get(0);
        Optional<Dress> dress = dress(plain.subList(2, plain.size()).stream().map(Layer::kind).toList());
        boolean isNamed = host.kind() == LayerKind.DNS || host.kind() == LayerKind.DNS4
                || host.kind() == LayerKind.DNS6;
        boolean isNumber = host.kind() == LayerKind.IP4 || host.kind() == LayerKind.IP6;
        // A certificate is for a name.
        if (!(isNamed || isNumber && dress.filter(Dress.WSS::equals).isEmpty())) {
            return Optional.empty();
        }
        byte[] port = plain.get(1).value().view();
        return dress.map(known -> new Endpoint(host.kind().format(host.value().view()),
                (port[0] & 255) << 8 | port[1] & 255, known));
    }

    private static Optional<Dress> dress(List<LayerKind> above) {
        if (above.isEmpty()) {
            return Optional.of(Dress.PLAIN);
        }
        if (above.equals(List.of(LayerKind.WS))) {
            return Optional.of(Dress.WS);
        }
        return above.equals(List.of(LayerKind.WSS)) || above.equals(List.of(LayerKind.TLS, LayerKind.WS))
                ? Optional.of(Dress.WSS) : Optional.empty();
    }

    /** Whether the address is one of this machine or of a private network, so of no use to strangers. */
    public boolean isPrivate() {
        if (layers.isEmpty()) {
            return false;
        }
        Layer host = layers.getFirst();
        if (host.kind() != LayerKind.IP4 && host.kind() != LayerKind.IP6) {
            return false;
        }
        try {
            InetAddress address = InetAddress.getByAddress(host.value().view());
            return address.isLoopbackAddress() || address.isSiteLocalAddress() || address.isLinkLocalAddress()
                    || address.isAnyLocalAddress() || address.isMulticastAddress()
                    || host.kind() == LayerKind.IP6 && (host.value().at(0) & 0xfe) == 0xfc;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("ip4 has 4 bytes, ip6 has 16; checked when the layer was made", e);
        }
    }

    /** What bytes wear over TCP. */
    public enum Dress {
        /** Nothing. */
        PLAIN,
        /** The messages of a WebSocket. */
        WS,
        /** The same within TLS. */
        WSS
    }

    /** Where a TCP connection goes to. */
    public record Endpoint(String host, int port, Dress dress) {

        public boolean isWebSocket() {
            return dress != Dress.PLAIN;
        }
    }

    /** Whether a machine's address is of the family that the layers ask for: {@code dns4} wants no IPv6, {@code dns6} no IPv4. */
    public boolean admits(InetAddress address) {
        return switch (layers.getFirst().kind()) {
            case DNS4 -> address instanceof Inet4Address;
            case DNS6 -> address instanceof Inet6Address;
            case IP4, IP6, DNS, DNSADDR, TCP, UDP, P2P, TLS, QUIC, QUIC_V1, WEBRTC_DIRECT, CERTHASH, WS, WSS, MEMORY ->
                true;
        };
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        layers.forEach(layer -> text.append(layer.text()));
        return text.toString();
    }

    /** UTF-8 of a name. */
    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
