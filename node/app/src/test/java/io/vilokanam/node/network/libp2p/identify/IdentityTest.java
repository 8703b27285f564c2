package io.vilokanam.node.network.libp2p.identify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.node.network.address.AddressException;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.protobuf.ProtobufException;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.Fuzz;

class IdentityTest {

    private static Identity identity() throws AddressException {
        return new Identity(
                Bytes.fromHex("080112204cb5abf6ad79fbf5abbccafcc269d85cd2651ed4b885b5869f241aedf0a5ba29"),
                List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/30333")), List.of("/ipfs/ping/1.0.0"),
                Optional.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/40000")), "/substrate/1.0", "vilokanam/0.1.0 (a)");
    }

    @Test
    void bytesAreThoseOfTheReference() throws AddressException, ProtobufException {
        Identity identity = identity();
        assertEquals(
                "0x0a24080112204cb5abf6ad79fbf5abbccafcc269d85cd2651ed4b885b5869f241aedf0a5ba291208047f00000106767d1a102f697066732f"
                        + "70696e672f312e302e302208047f000001069c402a0e2f7375627374726174652f312e30321376696c6f6b616e616d2f302e312e3020286129",
                Bytes.hex(identity.encode()));
        assertEquals(identity, Identity.decode(identity.encode()));
    }

    @Test
    void whatCouldWriteOverALogIsTakenOut() throws ProtobufException {
        Identity identity = new Identity(Bytes.EMPTY, List.of(), List.of(), Optional.empty(), "",
                "a\u001b[2J\n" + "b".repeat(500));
        Identity read = Identity.decode(identity.encode());
        assertEquals("a?[2J?bb", read.agent().substring(0, 8));
        assertEquals(256, read.agent().length());
    }

    @Test
    void anyBytesAreReadOrRefused() throws AddressException {
        Fuzz.decoder("identify").with(identity().encode()).declares(ProtobufException.class, Identity::decode);
    }
}
