package io.vilokanam.offchain.collector;

import io.vilokanam.offchain.tickchain.ChainUnavailableException;

/**
 * Takes in words that other nodes have taken and pass on, and close secrets, so that a viewer may release one at any node. One thread
 * at a time.
 */
public final class ForeignWords {

    /** No session has so many ticks: what stands in the word's place is the close secret. */
    static final long SECRET = 0xffff_ffffL;

    private static final int WORDS_MAX = 1_024;

    private final TickCollector collector;
    private final WordBatch batch = new WordBatch(WORDS_MAX);
    private final WordLimits limits = WordLimits.foreign();
    private volatile long taken;
    private volatile long others;

    public ForeignWords(TickCollector collector) {
        this.collector = collector;
    }

    /** The longest message that is taken, in bytes. */
    public static int bytesMax() {
        return WORDS_MAX * WordBatch.WORD_SIZE;
    }

    /**
     * Takes in words, one behind the other, {@link WordBatch#WORD_SIZE} bytes each.
     *
     * @return how many of them are no words of their sessions; -1 where the message is no list of words at all
     */
    public int take(byte[] words) {
        if (words.length == 0 || words.length % WordBatch.WORD_SIZE != 0 || words.length > bytesMax()) {
            return -1;
        }
        System.arraycopy(words, 0, batch.words(), 0, words.length);
        batch.count(words.length / WordBatch.WORD_SIZE);
        collector.begin(batch);
        int wrong = 0;
        long accepted = 0;
        for (int i = 0; i < batch.count(); i++) {
            int code = batch.ticks(i) == SECRET ? secret(i) : collector.take(batch, i, limits);
            if (code == WordBatch.LATER) {
                code = collector.takeSlowly(batch, i, limits);
            }
            wrong += code == Verdict.MISMATCH.ordinal() ? 1 : 0;
            accepted += TickCollector.isNews(code) ? 1 : 0;
        }
        taken += accepted;
        others += batch.count() - accepted;
        return wrong;
    }

    private int secret(int index) {
        try {
            return collector.release(batch.session(index), batch.word(index)).verdict().ordinal();
        } catch (ChainUnavailableException | CollectorFullException e) {
            return WordBatch.UNAVAILABLE;
        }
    }

    /** Words that were the newest ones of their sessions. */
    public long taken() {
        return taken;
    }

    /** Words that were not: mostly such that had come another way before. */
    public long others() {
        return others;
    }
}
