package io.vilokanam.offchain.collector;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * A file of rows in pages that are mapped into memory. A page: magic u32, version u32, how many rows count u32, number of the row
 * that is being replaced plus one u32, that row as it was, then the rows, each with its CRC-32C behind it. Little endian. A process
 * that dies in the middle of a row leaves the old one behind. A machine that does may leave any part of a page behind; then the sum is
 * wrong, and the row counts as unreadable. Writing: one thread.
 */
final class RowFile {

    static final int PAGE_ROWS = SessionTable.PAGE_ROWS;

    private static final int MAGIC = 0x6b63_6974;
    /** That of the rows, in the upper half, and of the page. */
    private static final int VERSION = RowCodec.VERSION << Short.SIZE | 1;
    private static final int ROW_SIZE = RowCodec.SIZE + Integer.BYTES;
    private static final int COUNT_AT = 2 * Integer.BYTES;
    private static final int REPLACED_AT = COUNT_AT + Integer.BYTES;
    private static final int BEFORE_AT = REPLACED_AT + Integer.BYTES;
    private static final int ROWS_AT = BEFORE_AT + ROW_SIZE;
    private static final int PAGE_SIZE = ROWS_AT + PAGE_ROWS * ROW_SIZE;

    /** So many pages come at once. */
    private static final int CHUNK_PAGES = 16;

    private final RandomAccessFile file;
    private final FileChannel channel;
    private final List<MappedByteBuffer> chunks = new ArrayList<>();
    private final byte[] before = new byte[ROW_SIZE];
    private final CRC32C sum = new CRC32C();
    private final Object forcing = new Object();
    private boolean isClosed;
    private int pages;

    private RowFile(RandomAccessFile file) {
        this.file = file;
        this.channel = file.getChannel();
    }

    static RowFile create(Path path) throws IOException {
        Files.createFile(path);
        return new RowFile(new RandomAccessFile(path.toFile(), "rw"));
    }

    /** Makes room for one more page. The room is written, not only promised: a full disk shows here and not in the midst of a row. */
    int addPage() throws IOException {
        if (pages % CHUNK_PAGES == 0) {
            long from = (long) pages * PAGE_SIZE;
            ByteBuffer zeros = ByteBuffer.allocate(CHUNK_PAGES * PAGE_SIZE);
            while (zeros.hasRemaining()) {
                channel.write(zeros, from + zeros.position());
            }
            MappedByteBuffer chunk = channel.map(FileChannel.MapMode.READ_WRITE, from, zeros.capacity());
            chunk.order(ByteOrder.LITTLE_ENDIAN);
            chunks.add(chunk);
        }
        MappedByteBuffer chunk = chunk(pages);
        chunk.putInt(at(pages) + Integer.BYTES, VERSION);
        chunk.putInt(at(pages), MAGIC);
        return pages++;
    }

    private MappedByteBuffer chunk(int page) {
        return chunks.get(page / CHUNK_PAGES);
    }

    private static int at(int page) {
        return page % CHUNK_PAGES * PAGE_SIZE;
    }

    void write(int page, int row, byte[] from, int offset) {
        MappedByteBuffer chunk = chunk(page);
        int at = at(page);
        int rowAt = at + ROWS_AT + row * ROW_SIZE;
        chunk.get(rowAt, before);
        chunk.put(at + BEFORE_AT, before);
        VarHandle.releaseFence();
        chunk.putInt(at + REPLACED_AT, row + 1);
        VarHandle.releaseFence();
        chunk.put(rowAt, from, offset, RowCodec.SIZE);
        chunk.putInt(rowAt + RowCodec.SIZE, sum(sum, from, offset));
        VarHandle.releaseFence();
        chunk.putInt(at + REPLACED_AT, 0);
        VarHandle.releaseFence();
    }

    private static int sum(CRC32C sum, byte[] from, int offset) {
        sum.reset();
        sum.update(from, offset, RowCodec.SIZE);
        return (int) sum.getValue();
    }

    /** So many rows of the page count. */
    void count(int page, int rows) {
        VarHandle.releaseFence();
        chunk(page).putInt(at(page) + COUNT_AT, rows);
    }

    long size() {
        return (long) chunks.size() * CHUNK_PAGES * PAGE_SIZE;
    }

    /**
     * Brings to the disk what was written before, and returns when it stands there; any thread. Systems count what was written to mapped
     * pages to the file that is forced. Not the channel's own way, which an interrupt would close.
     */
    void force() throws IOException {
        synchronized (forcing) {
            if (!isClosed) {
                file.getFD().sync();
            }
        }
    }

    void close() throws IOException {
        force();
        synchronized (forcing) {
            isClosed = true;
            file.close();
        }
    }

    /**
     * Shows all rows of a file.
     *
     * @param row the array is used again
     * @return how many pages are not of this version, and how many rows are damaged
     */
    static int read(Path path, Consumer<byte[]> row) {
        int unreadable = 0;
        ByteBuffer page = ByteBuffer.allocate(PAGE_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        byte[] content = new byte[RowCodec.SIZE];
        CRC32C sum = new CRC32C();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            for (long from = 0; from + PAGE_SIZE <= channel.size(); from += PAGE_SIZE) {
                fill(channel, page.clear(), from);
                int count = page.getInt(COUNT_AT);
                if (page.getInt(0) == 0 && count == 0) {
                    continue;
                }
                if (page.getInt(0) != MAGIC || page.getInt(Integer.BYTES) != VERSION || count < 0
                        || count > PAGE_ROWS) {
                    unreadable++;
                    continue;
                }
                int replaced = page.getInt(REPLACED_AT);
                for (int i = 0; i < count; i++) {
                    int at = i + 1 == replaced ? BEFORE_AT : ROWS_AT + i * ROW_SIZE;
                    page.get(at, content);
                    if (page.getInt(at + RowCodec.SIZE) == sum(sum, content, 0)) {
                        row.accept(content);
                    } else {
                        unreadable++;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the rows of the tick collector cannot be read: " + path, e);
        }
        return unreadable;
    }

    private static void fill(FileChannel channel, ByteBuffer page, long at) throws IOException {
        while (page.hasRemaining()) {
            if (channel.read(page, at + page.position()) < 0) {
                throw new EOFException("a file of rows became shorter while it was read");
            }
        }
    }
}
