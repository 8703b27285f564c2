package io.vilokanam.offchain.collector;

/** The collector holds as many sessions as it may, and all of them have words that are not settled yet. */
public final class CollectorFullException extends Exception {

    private static final long serialVersionUID = 1;

    CollectorFullException(int sessions) {
        super("the collector is full: " + sessions + " sessions wait for settlement", null, false, false);
    }
}
