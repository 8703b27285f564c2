package io.vilokanam.node.network.libp2p.mdns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.testkit.Fuzz;

final class MdnsMessageTest {

    private static final String NAME = "abcdefghijklmnopqrstuvwxyzabcdef";
    private static final String PEER = "/p2p/12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";
    /** RFC 1035: a header of id 7 and one question, then {@code _p2p._udp.local}, PTR, IN. */
    private static final String QUERY = "000700000001000000000000" + "045f703270045f756470056c6f63616c00" + "000c0001";

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    void aQueryIsAQuestionOfDns() throws MdnsException {
        assertArrayEquals(bytes(QUERY), MdnsMessage.encode(new MdnsMessage.Query(7), NAME));
        assertEquals(new MdnsMessage.Query(7), MdnsMessage.decode(bytes(QUERY)));
    }

    @Test
    void anAnswerCarriesAddresses() throws Exception {
        MdnsMessage answer = new MdnsMessage.Answer(9, List.of(Multiaddr.parse("/ip4/10.0.0.1/tcp/30333" + PEER),
                Multiaddr.parse("/ip4/10.0.0.1/tcp/30333/ws" + PEER)));
        assertEquals(answer, MdnsMessage.decode(MdnsMessage.encode(answer, NAME)));
    }

    @Test
    void readsNamesThatReferToOthers() throws Exception {
        // As other implementations compress: the record's name refers to the one in the pointer's value.
        String text = "dnsaddr=/ip4/10.0.0.1/tcp/1" + PEER;
        String packet = "0001840000000001000000010" + "45f703270045f756470056c6f63616c00" + "000c0001" + "00000168"
                + "0004" + "0161" + "c00c" + "c027" + "00108001" + "00000168"
                + "%04x".formatted(text.length() + 1) + "%02x".formatted(text.length())
                + HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
        assertEquals(new MdnsMessage.Answer(1, List.of(Multiaddr.parse("/ip4/10.0.0.1/tcp/1" + PEER))),
                MdnsMessage.decode(bytes(packet)));
    }

    @Test
    void refusesNamesThatReferToThemselves() {
        assertThrows(MdnsException.class,
                () -> MdnsMessage.decode(bytes("000700000001000000000000" + "c00c" + "000c0001")));
    }

    @Test
    void refusesOtherServicesAndTooManyRecords() {
        assertThrows(MdnsException.class, () -> MdnsMessage
                .decode(bytes("000700000001000000000000" + "045f697070045f746370056c6f63616c00" + "000c0001")));
        assertThrows(MdnsException.class, () -> MdnsMessage.decode(bytes("00078400" + "0000" + "ffff" + "00000000")));
        assertThrows(MdnsException.class, () -> MdnsMessage.decode(new byte[MdnsMessage.BYTES_MAX + 1]));
    }

    @Test
    void keepsNoMoreAddressesThanItsLimit() throws Exception {
        List<Multiaddr> many = new ArrayList<>();
        for (int i = 0; i < 2 * MdnsMessage.ADDRESSES_MAX; i++) {
            many.add(Multiaddr.parse("/ip4/10.0.0.1/tcp/" + (i + 1) + PEER));
        }
        MdnsMessage read = MdnsMessage.decode(MdnsMessage.encode(new MdnsMessage.Answer(0, many), NAME));
        assertEquals(new MdnsMessage.Answer(0, many.subList(0, MdnsMessage.ADDRESSES_MAX)), read);
    }

    @Test
    void anyBytesAreAMessageOrRefused() throws Exception {
        Fuzz.decoder("mdns").with(MdnsMessage.encode(
                new MdnsMessage.Answer(1, List.of(Multiaddr.parse("/ip4/10.0.0.1/tcp/1" + PEER))), NAME))
                .declares(MdnsException.class, MdnsMessage::decode);
    }
}
