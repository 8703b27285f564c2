package io.vilokanam.node.executing;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waiting for what others compute and a block depends on. */
final class Waiting {

    private Waiting() {}

    /** The result, waited for whatever happens; an interrupt meanwhile is passed on afterwards. */
    static <T> T result(Future<T> work) throws ExecutionException {
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    return work.get();
                } catch (InterruptedException e) {
                    isInterrupted = true;
                }
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
