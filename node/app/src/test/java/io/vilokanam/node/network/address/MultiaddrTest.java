package io.vilokanam.node.network.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.SeededTest;

class MultiaddrTest {

    private static final String PEER = "12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";

    private static final Map<String, String> BYTES = Map.of(
            "/ip4/127.0.0.1/tcp/30333", "047f00000106767d",
            "/ip4/127.0.0.1/tcp/30333/ws", "047f00000106767ddd03",
            "/ip4/127.0.0.1/tcp/30333/ws/p2p/" + PEER,
            "047f00000106767ddd03a503260024080112204cb5abf6ad79fbf5abbccafcc269d85cd2651ed4b885b5869f241aedf0a5ba29",
            "/dns4/example.com/tcp/443/wss", "360b6578616d706c652e636f6d0601bbde03",
            "/ip6/::1/udp/5/quic-v1", "29000000000000000000000000000000019102" + "0005" + "cd03",
            "/memory/7", "89060000000000000007");

    @Test
    void textAndBytesSayTheSame() throws AddressException {
        for (Map.Entry<String, String> entry : BYTES.entrySet()) {
            Multiaddr address = Multiaddr.parse(entry.getKey());
            assertEquals("0x" + entry.getValue(), Bytes.hex(address.encode()));
            assertEquals(address, Multiaddr.decode(address.encode()));
            assertEquals(entry.getKey(), address.toString());
        }
    }

    @Test
    void ip6IsWrittenShort() throws AddressException {
        for (String text : new String[]{"::", "::1", "fe80::1:0:2", "2001:db8::", "1:2:3:4:5:6:7:8", "1:0:0:2::"}) {
            assertEquals("/ip6/" + text + "/tcp/1", Multiaddr.parse("/ip6/" + text + "/tcp/1").toString());
        }
        assertEquals("/ip6/1::2:0:0:3/tcp/1", Multiaddr.parse("/ip6/1:0:0:0:2:0:0:3/tcp/1").toString());
    }

    @Test
    void thePeerStandsAtTheEnd() throws AddressException {
        Multiaddr address = Multiaddr.parse("/ip4/1.2.3.4/tcp/5/ipfs/" + PEER);
        assertEquals(Optional.of(PeerId.parse(PEER)), address.peer());
        assertEquals("/ip4/1.2.3.4/tcp/5", address.withoutPeer().toString());
        assertEquals(address, address.withoutPeer().withPeer(PeerId.parse(PEER)));
    }

    @Test
    void tcpAndWebSocketsCanBeDialled() throws AddressException {
        assertEquals(Optional.of(new Multiaddr.Endpoint("1.2.3.4", 40000, Multiaddr.Dress.PLAIN)),
                Multiaddr.parse("/ip4/1.2.3.4/tcp/40000").endpoint());
        assertEquals(Optional.of(new Multiaddr.Endpoint("a.b", 5, Multiaddr.Dress.WS)),
                Multiaddr.parse("/dns/a.b/tcp/5/ws/p2p/" + PEER).endpoint());
        for (String secure : new String[]{"/dns4/example.com/tcp/443/wss", "/dns/example.com/tcp/443/tls/ws"}) {
            assertEquals(Optional.of(new Multiaddr.Endpoint("example.com", 443, Multiaddr.Dress.WSS)),
                    Multiaddr.parse(secure + "/p2p/" + PEER).endpoint(), secure);
        }
        for (String other : new String[]{"/ip4/1.2.3.4/udp/5", "/tcp/5", "/ip4/1.2.3.4/tcp/5/wss", "/p2p/" + PEER,
                "/ws/ws/ws"}) {
            assertEquals(Optional.empty(), Multiaddr.parse(other).endpoint(), other);
        }
    }

    @Test
    void namesAreOfOneFamilyWhereTheySaySo() throws Exception {
        InetAddress four = InetAddress.getByName("127.0.0.1");
        InetAddress six = InetAddress.getByName("::1");
        Multiaddr any = Multiaddr.parse("/dns/localhost/tcp/1");
        assertTrue(any.admits(four) && any.admits(six));
        assertFalse(Multiaddr.parse("/dns4/localhost/tcp/1").admits(six));
        assertFalse(Multiaddr.parse("/dns6/localhost/tcp/1").admits(four));
        assertEquals("/ip6/::1/tcp/5/ws", Multiaddr.parse("/ip4/0.0.0.0/tcp/5/ws").withHost(six).toString());
    }

    @Test
    void privateAddressesAreKnown() throws AddressException {
        for (String text : new String[]{"/ip4/127.0.0.1", "/ip4/10.1.2.3", "/ip4/192.168.0.1", "/ip6/::1",
                "/ip6/fd00::1", "/ip6/fe80::1"}) {
            assertTrue(Multiaddr.parse(text + "/tcp/1").isPrivate(), text);
        }
        for (String text : new String[]{"/ip4/8.8.8.8", "/ip6/2001:db8::1", "/dns/localhost"}) {
            assertFalse(Multiaddr.parse(text + "/tcp/1").isPrivate(), text);
        }
    }

    @Test
    void whatIsNoAddressIsRefusedInWords() {
        for (String wrong : new String[]{"", "ip4/1.2.3.4", "/ip4", "/ip4/1.2.3", "/ip4/1.2.3.400", "/ip4/::1",
                "/ip6/1.2.3.4",
                "/tcp/65536", "/tcp/-1", "/nothing/1", "/dns/a b", "/dns/", "/p2p/x", "/ip4/1.2.3.4/", "/certhash/x",
                "/memory/x",
                "/ws".repeat(17), "/" + "x".repeat(2000)}) {
            assertThrows(AddressException.class, () -> Multiaddr.parse(wrong), wrong);
        }
        for (String wrong : new String[]{"", "04", "047f0000", "ff", "80808001", "0600", "a50300", "3600", "dd"}) {
            assertThrows(AddressException.class, () -> Multiaddr.decode(Bytes.fromHex(wrong).toArray()), wrong);
        }
    }

    @SeededTest(runs = 300)
    void anyBytesGiveAnAddressOrARefusal(long seed) {
        Random random = new Random(seed);
        String[] known = BYTES.values().toArray(String[]::new);
        byte[] bytes = Bytes.fromHex(known[random.nextInt(known.length)]).toArray();
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        try {
            Multiaddr address = Multiaddr.decode(bytes);
            assertEquals(address, Multiaddr.decode(address.encode()));
            assertFalse(address.toString().isEmpty());
        } catch (AddressException e) {
            assertFalse(e.getMessage().isEmpty());
        }
    }
}
