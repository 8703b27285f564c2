package io.vilokanam.node.network.libp2p.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.vilokanam.node.network.address.Varint;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.SeededTest;

class FrameReaderTest {

    @SeededTest(runs = 50)
    void messagesComeOutWholeHoweverTheyAreCut(long seed) throws FrameException {
        Random random = new Random(seed);
        List<byte[]> messages = new ArrayList<>();
        ByteQueue all = new ByteQueue();
        for (int i = 0; i < 10; i++) {
            byte[] message = new byte[random.nextInt(random.nextBoolean() ? 5 : 1000)];
            random.nextBytes(message);
            messages.add(message);
            byte[] framed = Varint.framed(message);
            all.add(framed, 0, framed.length);
        }
        FrameReader reader = new FrameReader(1000);
        ByteQueue in = new ByteQueue();
        int read = 0;
        while (!all.isEmpty()) {
            all.moveTo(in, Math.min(all.size(), 1 + random.nextInt(300)));
            for (Optional<byte[]> next = reader.next(in); next.isPresent(); next = reader.next(in)) {
                assertArrayEquals(messages.get(read++), next.get());
            }
        }
        assertEquals(10, read);
    }

    @Test
    void aLengthThatIsTooLargeOrTooLongIsRefusedBeforeItsMessageArrives() {
        for (String wrong : new String[]{"8180808000", "8000", "e907"}) {
            assertThrows(FrameException.class,
                    () -> new FrameReader(1000).next(ByteQueue.of(Bytes.fromHex(wrong).toArray())), wrong);
        }
    }
}
