package io.vilokanam.offchain.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.offchain.model.ModelChain;
import io.vilokanam.offchain.model.Viewer;
import io.vilokanam.scale.Bytes;

final class ForeignWordsTest {

    private final ModelChain chain = new ModelChain();
    private final Viewer viewer = new Viewer(1, 60);
    private final TickCollector near = collector();
    private final TickCollector far = collector();
    private final ForeignWords heard = new ForeignWords(far);
    /** What one node passes on with a write. */
    private final ByteArrayOutputStream passed = new ByteArrayOutputStream();

    ForeignWordsTest() {
        chain.addStream(0, 1);
        chain.put(7, viewer.session(0, 1, 0, 1_000, chain.now() - 60_000, 43_200));
        near.onWritten(new RowPasser() {
            @Override
            public void pass(RowChanges changes) {
                byte[] frame = new byte[WordBatch.WORD_SIZE];
                for (int i = 0; i < changes.count(); i++) {
                    changes.copyWord(i, frame, 0);
                    passed.writeBytes(frame);
                }
                changes.secrets().keySet().forEach(session -> {
                    changes.copySecret(session, frame, 0);
                    passed.writeBytes(frame);
                });
            }

            @Override
            public void written() {
                // All of it stands in the stream.
            }
        });
    }

    private TickCollector collector() {
        return new TickCollector(chain, RowStore.NONE, () -> Instant.ofEpochMilli(chain.now()),
                CollectorOptions.STANDARD);
    }

    @Test
    void aSecretThatWasReleasedAtOneNodeIsKnownToTheOther() throws Exception {
        near.submit(7, 5, viewer.word(5));
        near.release(7, viewer.closeSecret());
        near.flush();
        assertEquals(0, heard.take(passed.toByteArray()));
        Pending pending = far.urgent(10).getFirst();
        assertEquals(5, pending.session().ticks());
        assertEquals(Optional.of(viewer.closeSecret()), pending.closeSecret());
    }

    @Test
    void aSecretThatIsKnownIsNoNewsAndIsNotPassedOnAgain() throws Exception {
        near.release(7, viewer.closeSecret());
        near.flush();
        passed.reset();
        assertEquals(Verdict.ACCEPTED, near.release(7, viewer.closeSecret()).verdict());
        near.flush();
        assertEquals(0, passed.size());
    }

    @Test
    void aWrongSecretIsCounted() throws Exception {
        near.look(7);
        RowChanges changes = new RowChanges(0, 0, new int[0], new byte[0], List.of(),
                Map.of(7L, Bytes.wrap(new byte[32])));
        byte[] frame = new byte[WordBatch.WORD_SIZE];
        changes.copySecret(7, frame, 0);
        assertEquals(1, heard.take(frame));
        assertTrue(far.urgent(10).isEmpty());
    }
}
