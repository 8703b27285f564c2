package io.vilokanam.node.network.libp2p.kademlia;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.vilokanam.node.network.address.AddressException;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.protobuf.ProtobufException;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.Fuzz;

class KademliaMessageTest {

    private static final String ID = "0024080112204cb5abf6ad79fbf5abbccafcc269d85cd2651ed4b885b5869f241aedf0a5ba29";

    private final PeerId peer = peer();

    @Test
    void questionsAndAnswersHaveTheBytesOfTheReference() throws AddressException, ProtobufException {
        KademliaMessage question = new KademliaMessage(KademliaMessage.FIND_NODE, peer.multihash(), List.of());
        assertEquals("0x08041226" + ID, Bytes.hex(question.encode()));
        byte[] litep2p = Bytes.fromHex("08041226" + ID + "500a").toArray();
        assertEquals(question, KademliaMessage.decode(litep2p));
        KademliaMessage answer = new KademliaMessage(KademliaMessage.FIND_NODE, Bytes.EMPTY,
                List.of(new KademliaMessage.Peer(peer, List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/30333")), true)));
        assertEquals("0x080442340a26" + ID + "1208047f00000106767d1801", Bytes.hex(answer.encode()));
        assertEquals(answer,
                KademliaMessage.decode(Bytes.fromHex("080442340a26" + ID + "1208047f00000106767d1801500a").toArray()));
    }

    @Test
    void peersAndAddressesThatAreNotUnderstoodAreLeftOut() throws ProtobufException {
        KademliaMessage read = KademliaMessage
                .decode(Bytes.fromHex("0804" + "42040a02ffff" + "422e0a26" + ID + "1202ffff" + "1800").toArray());
        assertEquals(List.of(new KademliaMessage.Peer(peer, List.of(), false)), read.closer());
    }

    @Test
    void anyBytesAreReadOrRefused() {
        Fuzz.decoder("kademlia").with(Bytes.fromHex("080442340a26" + ID + "1208047f00000106767d1801").toArray())
                .declares(ProtobufException.class, KademliaMessage::decode);
    }

    @Test
    void theNearestComeFirst() {
        List<PeerId> peers = List.of(peer, PeerId.ofEd25519(new byte[32]));
        assertEquals(peer, Distance.nearest(peer.multihash(), peers, 2).getFirst());
        assertEquals(1, Distance.nearest(peer.multihash(), peers, 1).size());
    }

    private static PeerId peer() {
        try {
            return PeerId.ofBytes(Bytes.fromHex(ID).toArray());
        } catch (AddressException e) {
            throw new IllegalStateException(e);
        }
    }
}
