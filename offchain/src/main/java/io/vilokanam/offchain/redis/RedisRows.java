package io.vilokanam.offchain.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.offchain.collector.KnownSession;
import io.vilokanam.offchain.collector.RowChanges;
import io.vilokanam.offchain.collector.RowStore;
import io.vilokanam.offchain.collector.StoredRow;
import io.vilokanam.offchain.collector.WordBatch;
import io.vilokanam.offchain.redis.RedisConnection.Answer;
import io.vilokanam.scale.Bytes;

/**
 * The collector's rows in a Redis server that several nodes share, and the words of these nodes to one another.
 *
 * <p>The hash {@code vilokanam:tick:CHAIN} holds a field a session: its id, u64 big endian; the value is the number of the newest word,
 * u32 big endian, and the row. A value replaces one with as many or fewer ticks, so that no node undoes the news of another. What is
 * written is also published in {@code vilokanam:tick:CHAIN:words}: 8 bytes that name the node, then words of
 * {@link WordBatch#WORD_SIZE} bytes. Where the server is away the node goes on, and writes all when it is back.
 */
public final class RedisRows implements RowStore {

    private static final Logger LOG = LoggerFactory.getLogger(RedisRows.class);

    /** Stores each pair of field and value whose ticks are not fewer than those that stand there. */
    private static final String MERGE = "local function n(v) return ((v:byte(1)*256+v:byte(2))*256+v:byte(3))*256+v:byte(4) end "
            + "for i=1,#ARGV,2 do local old=redis.call('HGET',KEYS[1],ARGV[i]) "
            + "if not old or n(old)<=n(ARGV[i+1]) then redis.call('HSET',KEYS[1],ARGV[i],ARGV[i+1]) end end return 0";

    private static final int PATIENCE_MILLIS = 5_000;
    private static final int SCANNED = 1_000;
    private static final int NODE = Long.BYTES;
    private static final int WORDS_MAX = 1_024;

    private final RedisAddress address;
    private final byte[] key;
    private final byte[] channel;
    private final byte[] node;
    private Optional<RedisConnection> connection = Optional.empty();
    private boolean isBehind;
    private boolean wasTold;

    /**
     * @param chain what tells the chain from others on the same server, such as its genesis hash in hex
     * @param nodeId tells this node from the others
     */
    public RedisRows(RedisAddress address, String chain, long nodeId) {
        this.address = address;
        this.key = RedisConnection.bytes("vilokanam:tick:" + chain);
        this.channel = RedisConnection.bytes("vilokanam:tick:" + chain + ":words");
        this.node = StoredRow.bigEndian(nodeId);
    }

    /**
     * {@inheritDoc}
     *
     * @throws UncheckedIOException if the server cannot be reached: a node must not begin without the words that it is to settle
     */
    @Override
    public int forEach(BiConsumer<KnownSession, Optional<Bytes>> action) {
        int unreadable = 0;
        try {
            RedisConnection open = connected();
            byte[] cursor = RedisConnection.bytes("0");
            do {
                List<Answer> page = items(open.ask(RedisConnection.bytes("HSCAN"), key, cursor,
                        RedisConnection.bytes("COUNT"), RedisConnection.bytes(Integer.toString(SCANNED))));
                List<Answer> pairs = items(page.get(1));
                for (int i = 1; i < pairs.size(); i += 2) {
                    Optional<StoredRow> row = StoredRow.read(text(pairs.get(i)));
                    row.ifPresent(one -> action.accept(one.session(), one.secret()));
                    unreadable += row.isPresent() ? 0 : 1;
                }
                cursor = text(page.get(0));
            } while (!Arrays.equals(cursor, RedisConnection.bytes("0")));
        } catch (IOException e) {
            throw new UncheckedIOException("the tick store redis://" + address.host() + ":" + address.port()
                    + " cannot be read", e);
        }
        return unreadable;
    }

    private static List<Answer> items(Answer answer) throws IOException {
        if (answer instanceof Answer.Items(List<Answer> items)) {
            return items;
        }
        throw new IOException("Redis answered " + answer + ", expected a list");
    }

    private static byte[] text(Answer answer) throws IOException {
        if (answer instanceof Answer.Text(Optional<byte[]> bytes) && bytes.isPresent()) {
            return bytes.get();
        }
        throw new IOException("Redis answered " + answer + ", expected a text");
    }

    private RedisConnection connected() throws IOException {
        if (connection.isEmpty()) {
            connection = Optional.of(new RedisConnection(address, PATIENCE_MILLIS));
        }
        return connection.get();
    }

    @Override
    public boolean isBehind() {
        return isBehind && canConnect();
    }

    private boolean canConnect() {
        try {
            connected().ask(RedisConnection.bytes("PING"));
            isBehind = false;
            wasTold = false;
            LOG.info("the tick store is there again and gets all that changed meanwhile");
            return true;
        } catch (IOException e) {
            lost(e);
            return false;
        }
    }

    @Override
    public void write(RowChanges changes) {
        if (isBehind) {
            return;
        }
        try {
            RedisConnection open = connected();
            int commands = 0;
            if (!changes.removed().isEmpty()) {
                List<byte[]> command = new ArrayList<>(List.of(RedisConnection.bytes("HDEL"), key));
                changes.removed().forEach(id -> command.add(StoredRow.bigEndian(id)));
                open.write(command);
                commands++;
            }
            if (changes.count() > 0) {
                List<byte[]> command = new ArrayList<>(List.of(RedisConnection.bytes("EVAL"),
                        RedisConnection.bytes(MERGE), RedisConnection.bytes("1"), key));
                for (int i = 0; i < changes.count(); i++) {
                    command.add(StoredRow.bigEndian(changes.session(i)));
                    command.add(StoredRow.write(changes, i));
                }
                open.write(command);
                commands++;
                for (byte[] message : messages(changes)) {
                    open.write(List.of(RedisConnection.bytes("PUBLISH"), channel, message));
                    commands++;
                }
            }
            open.flush();
            for (int i = 0; i < commands; i++) {
                open.read();
            }
        } catch (IOException e) {
            lost(e);
        }
    }

    /** The words that came to this node and not from another one, and close secrets. */
    private List<byte[]> messages(RowChanges changes) {
        byte[] words = new byte[(changes.count() + changes.secrets().size()) * WordBatch.WORD_SIZE];
        int length = 0;
        for (int i = 0; i < changes.count(); i++) {
            if (changes.isToPass(i)) {
                changes.copyWord(i, words, length);
                length += WordBatch.WORD_SIZE;
            }
        }
        for (long session : changes.secrets().keySet()) {
            changes.copySecret(session, words, length);
            length += WordBatch.WORD_SIZE;
        }
        List<byte[]> messages = new ArrayList<>();
        for (int from = 0; from < length; from += WORDS_MAX * WordBatch.WORD_SIZE) {
            int size = Math.min(WORDS_MAX * WordBatch.WORD_SIZE, length - from);
            byte[] message = Arrays.copyOf(node, NODE + size);
            System.arraycopy(words, from, message, NODE, size);
            messages.add(message);
        }
        return messages;
    }

    private void lost(IOException why) {
        if (!wasTold) {
            LOG.warn("the tick store is away, words are kept in memory alone until it is back reason={}",
                    why.getMessage());
            wasTold = true;
        }
        isBehind = true;
        closeQuietly();
    }

    private void closeQuietly() {
        try {
            if (connection.isPresent()) {
                connection.get().close();
            }
        } catch (IOException e) {
            LOG.debug("a connection to the tick store did not close reason={}", e.getMessage());
        }
        connection = Optional.empty();
    }

    /**
     * Hears the words of the other nodes until the thread is interrupted or {@code hearer} fails; a connection that is lost is made
     * again.
     *
     * @param pauseMillis how long to wait before that
     */
    public void listen(Consumer<byte[]> hearer, long pauseMillis) throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            try (RedisConnection open = new RedisConnection(address, 0)) {
                open.ask(RedisConnection.bytes("SUBSCRIBE"), channel);
                while (!Thread.currentThread().isInterrupted()) {
                    List<Answer> message = items(open.read());
                    byte[] content = text(message.getLast());
                    if (content.length > NODE && !Arrays.equals(node, 0, NODE, content, 0, NODE)) {
                        hearer.accept(Arrays.copyOfRange(content, NODE, content.length));
                    }
                }
            } catch (IOException e) {
                LOG.debug("words of other nodes do not come through the tick store now reason={}", e.getMessage());
            }
            Thread.sleep(pauseMillis);
        }
    }

    @Override
    public void close() {
        closeQuietly();
    }
}
