package io.vilokanam.node.offchain.passing;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.Network;
import io.vilokanam.node.network.NotificationListener;
import io.vilokanam.node.network.NotificationProtocol;
import io.vilokanam.node.network.NotificationSender;
import io.vilokanam.node.network.ProtocolNames;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.offchain.collector.ForeignWords;
import io.vilokanam.offchain.collector.RowChanges;
import io.vilokanam.offchain.collector.RowPasser;
import io.vilokanam.offchain.collector.WordBatch;
import io.vilokanam.scale.Bytes;

/**
 * The protocol {@code tick-words/1}: operators who share streams pass on to each other the words that viewers brought to them. Both
 * sides name each other ({@code --tick-share-with}), others are refused. The handshake is one byte, 1. A message is 1 to 1,024 words as
 * viewers send them, {@link WordBatch#WORD_SIZE} bytes each; in the place of one may stand a close secret. A word is checked like any other; the newest one of a session counts, so
 * nothing is answered, and what is lost is made up for by the next one. What came from another node is not passed on.
 */
public final class WordPassing implements NotificationListener, RowPasser {

    private static final Logger LOG = LoggerFactory.getLogger(WordPassing.class);

    static final Bytes HANDSHAKE = Bytes.wrap(new byte[]{1});
    private static final int HANDSHAKE_BYTES_MAX = 16;

    /** So many words wait to be heard of one peer before it is made to wait. */
    private static final int QUEUE_BYTES = 8 << 20;

    /** With more words than these between two writes, only some sessions' words are passed on, others the next times. */
    private static final int WORDS_A_WRITE = 1 << 18;

    static final ReputationChange STRANGER = new ReputationChange(0, "Not one to share ticks with");
    static final ReputationChange MALFORMED = new ReputationChange(-(1 << 12), "Bad tick words message");
    static final ReputationChange WRONG = new ReputationChange(-(1 << 8), "Tick words of no session's chain");

    private final Set<PeerId> partners;
    private final ForeignWords words;
    private final LongAdder sent = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final byte[] message = new byte[ForeignWords.bytesMax()];
    private Network network;
    private NotificationSender sender;
    private int length;
    private long inThisWrite;
    private long share = 1;
    private long round;

    public WordPassing(Set<PeerId> partners, ForeignWords words) {
        this.partners = Set.copyOf(partners);
        this.words = words;
    }

    /** Before the network starts. */
    public void register(Network to, String genesis) {
        network = to;
        sender = to.register(new NotificationProtocol(ProtocolNames.of("/" + genesis + "/tick-words/1"),
                NotificationProtocol.Role.FOLLOWING, HANDSHAKE_BYTES_MAX, ForeignWords.bytesMax(), QUEUE_BYTES), this);
    }

    /** Gathers what this node's viewers brought. */
    @Override
    public void pass(RowChanges changes) {
        for (int i = 0; i < changes.count(); i++) {
            if (!changes.isToPass(i)) {
                continue;
            }
            inThisWrite++;
            if (Long.remainderUnsigned(changes.session(i) + round, share) != 0) {
                dropped.increment();
                continue;
            }
            changes.copyWord(i, message, length);
            added();
        }
        for (long session : changes.secrets().keySet()) {
            changes.copySecret(session, message, length);
            added();
        }
    }

    private void added() {
        length += WordBatch.WORD_SIZE;
        if (length == message.length) {
            send();
        }
    }

    /** Sends what is gathered. */
    @Override
    public void written() {
        send();
        share = 1 + inThisWrite / WORDS_A_WRITE;
        inThisWrite = 0;
        round++;
    }

    private void send() {
        if (length == 0) {
            return;
        }
        Bytes content = Bytes.wrap(Arrays.copyOf(message, length));
        for (PeerId peer : sender.peers()) {
            if (sender.send(peer, content) == NotificationSender.Sent.QUEUED) {
                sent.add(length / WordBatch.WORD_SIZE);
            } else {
                dropped.add(length / WordBatch.WORD_SIZE);
            }
        }
        length = 0;
    }

    /** Words that were sent, each counted once a peer. */
    public long sent() {
        return sent.sum();
    }

    /** Words that were not, as there were too many or a peer was too slow. */
    public long dropped() {
        return dropped.sum();
    }

    @Override
    public Bytes handshake(PeerId peer) {
        return HANDSHAKE;
    }

    @Override
    public Verdict judge(PeerId peer, Bytes handshake, Direction direction) {
        return partners.contains(peer) && handshake.equals(HANDSHAKE) ? new Verdict.Accept(Slots.FULL)
                : new Verdict.Refuse(STRANGER);
    }

    @Override
    public void opened(PeerId peer, Bytes handshake, Direction direction) {
        LOG.info("words of viewers are shared with a node peer={}", peer);
    }

    @Override
    public void received(PeerId peer, Bytes content) {
        int wrong = words.take(content.view());
        if (wrong < 0) {
            network.report(peer, MALFORMED);
        } else if (wrong > 0) {
            network.report(peer, WRONG);
        }
    }

    @Override
    public void closed(PeerId peer) {
        LOG.info("words of viewers are no longer shared with a node peer={}", peer);
    }
}
