package io.vilokanam.node.network.libp2p.multistream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.vilokanam.node.network.libp2p.multistream.Negotiation.Result;
import io.vilokanam.node.network.libp2p.wire.ByteQueue;
import io.vilokanam.scale.Bytes;

class NegotiationTest {

    private final List<String> written = new ArrayList<>();

    @Test
    void linesHaveTheBytesOfTheSpec() {
        Map.of("/multistream/1.0.0", "132f6d756c746973747265616d2f312e302e300a", "/noise", "072f6e6f6973650a",
                "/yamux/1.0.0", "0d2f79616d75782f312e302e300a", "na", "036e610a")
                .forEach((text, hex) -> assertEquals("0x" + hex, Bytes.hex(Lines.line(text))));
    }

    @Test
    void theListenerAnswersEachProposalAndLeavesWhatStandsBehindTheLast() throws NegotiationException {
        byte[] all = join(join(Lines.line(Lines.HEADER), Lines.line("/old/1")),
                join(Lines.line("/new/1"), new byte[]{1, 2, 3}));
        for (int cut = 0; cut <= all.length; cut++) {
            written.clear();
            ListenerNegotiation listener = new ListenerNegotiation(Set.of("/new/1")::contains);
            ByteQueue in = new ByteQueue();
            in.add(all, 0, cut);
            Optional<Result> result = listener.advance(in, this::keep);
            in.add(all, cut, all.length - cut);
            result = result.isPresent() ? result : listener.advance(in, this::keep);
            assertEquals(Optional.of(new Result.Agreed("/new/1")), result);
            assertEquals("0x010203", Bytes.hex(in.takeAll()));
            assertEquals(List.of("/multistream/1.0.0", "na", "/new/1"), written);
        }
    }

    @Test
    void theDialerProposesNamesUntilOneIsTaken() throws NegotiationException {
        DialerNegotiation dialer = new DialerNegotiation(List.of("/a", "/b"));
        assertEquals(Bytes.hex(join(Lines.line(Lines.HEADER), Lines.line("/a"))), Bytes.hex(dialer.greeting()));
        ByteQueue in = ByteQueue.of(join(Lines.line(Lines.HEADER), Lines.line("na")));
        assertEquals(Optional.empty(), dialer.advance(in, this::keep));
        assertEquals(List.of("/b"), written);
        byte[] answer = join(Lines.line("/b"), new byte[]{9});
        in.add(answer, 0, answer.length);
        assertEquals(Optional.of(new Result.Agreed("/b")), dialer.advance(in, this::keep));
        assertEquals(1, in.size());
    }

    @Test
    void refusedEverywhereIsAResultAndNoFault() throws NegotiationException {
        DialerNegotiation dialer = new DialerNegotiation(List.of("/a"));
        ByteQueue in = ByteQueue.of(join(join(Lines.line(Lines.HEADER), Lines.line("na")), new byte[]{0, 1}));
        assertEquals(Optional.of(new Result.Refused()), dialer.advance(in, this::keep));

        ListenerNegotiation listener = new ListenerNegotiation(_ -> false);
        ByteQueue many = ByteQueue.of(Lines.line(Lines.HEADER));
        Optional<Result> result = Optional.empty();
        for (int i = 0; i < 16; i++) {
            assertEquals(Optional.empty(), result);
            byte[] line = Lines.line("/unknown");
            many.add(line, 0, line.length);
            result = listener.advance(many, this::keep);
        }
        assertEquals(Optional.of(new Result.Refused()), result);
    }

    @Test
    void whatIsNoMultistreamIsRefused() {
        for (byte[] wrong : new byte[][]{{0}, {(byte) 0x80, (byte) 0x80, 1}, {(byte) 0x81, 8}, {2, 'a', 'b'},
                Lines.line("/noise"), "GET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII)}) {
            assertThrows(NegotiationException.class, () -> {
                ByteQueue in = ByteQueue.of(wrong);
                in.add(new byte[100], 0, 100);
                new ListenerNegotiation(_ -> true).advance(in, this::keep);
            });
        }
        assertThrows(NegotiationException.class, () -> new DialerNegotiation(List.of("/a"))
                .advance(ByteQueue.of(join(Lines.line(Lines.HEADER), Lines.line("/b"))), this::keep));
    }

    private void keep(byte[] bytes) {
        written.add(new String(bytes, 1, bytes.length - 2, StandardCharsets.UTF_8));
    }

    private static byte[] join(byte[] first, byte[] second) {
        return Lines.join(first, second);
    }
}
