package io.vilokanam.rpc.server;

/** What comes in on a WebSocket. */
sealed interface WebSocketFrame {

    /** A whole message, put together from its fragments; text and binary ones are treated alike. */
    record Message(byte[] content) implements WebSocketFrame {}

    /** A message that is longer than a request may be; its content is thrown away. */
    record TooBig() implements WebSocketFrame {}

    record Ping(byte[] content) implements WebSocketFrame {}

    record Pong() implements WebSocketFrame {}

    /** {@code content}: the status code and reason as they came, perhaps empty. */
    record Close(byte[] content) implements WebSocketFrame {}

    /** The client broke the protocol; nothing after this can be understood. */
    record Violation(String what) implements WebSocketFrame {}
}
