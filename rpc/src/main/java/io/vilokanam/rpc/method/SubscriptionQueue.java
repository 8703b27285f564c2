package io.vilokanam.rpc.method;

/** How many items of a subscription may wait for a client that reads slowly, and what happens beyond that. */
public record SubscriptionQueue(int capacity, Overflow overflow) {

    /** What is done with one item too many. */
    public enum Overflow {
        /** The subscription ends without a word. */
        END,
        /** The oldest item that waits makes room. */
        DROP_OLDEST,
        /** The sender is told. */
        REFUSE
    }

    /** As all subscriptions of the legacy API have it. */
    public static final SubscriptionQueue LEGACY = new SubscriptionQueue(16, Overflow.END);
}
