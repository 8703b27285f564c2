package io.vilokanam.rpc.method;

import java.time.Duration;

/** Hears of every call and session, for metrics. Called from many threads; must be quick. */
public interface RpcObserver {

    /** Hears nothing. */
    RpcObserver NONE = new RpcObserver() {

        @Override
        public void callStarted(Protocol protocol, String method) {
            // Nobody listens.
        }

        @Override
        public void callFinished(FinishedCall call) {
            // Nobody listens.
        }

        @Override
        public void sessionOpened() {
            // Nobody listens.
        }

        @Override
        public void sessionClosed(Duration lasted) {
            // Nobody listens.
        }
    };

    /** How a call came. */
    enum Protocol {
        HTTP, WS
    }

    /** {@code wasDelayed}: whether the client called so often that it had to wait; {@code took}: waiting included. */
    record FinishedCall(Protocol protocol, String method, boolean isError, boolean wasDelayed, Duration took) {}

    /** {@code method}: a name that the server offers; calls of other names are not told. */
    void callStarted(Protocol protocol, String method);

    /** Calls that are refused because there are too many are not told. */
    void callFinished(FinishedCall call);

    /** A WebSocket was opened. */
    void sessionOpened();

    void sessionClosed(Duration lasted);
}
