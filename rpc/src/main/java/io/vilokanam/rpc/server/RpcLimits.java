package io.vilokanam.rpc.server;

import java.time.Duration;

/**
 * What one server takes from strangers. The first seven are flags of a node and have the stock node's defaults.
 *
 * @param connectionsMax WebSocket sessions and HTTP requests at one time; one more is answered with status 429
 * @param requestBytesMax length of a request
 * @param responseBytesMax length of an answer
 * @param subscriptionsPerConnectionMax subscriptions at one time
 * @param messageBuffer calls and messages of a connection that may be under way to it before nothing more is read from it
 * @param batchLengthMax requests in a batch; 0: no batches
 * @param callsMax calls that run at one time, over all connections; others wait
 * @param parameterDepthMax how deep a parameter may be nested; what is around parameters may be nested without limit
 * @param outboundBytesMax bytes that may wait for a client that does not read; beyond, the connection is closed
 * @param socketsMax open sockets, idle ones too; one more is closed at once
 * @param httpHeaderBytesMax length of an HTTP request's line, and of all its headers
 * @param httpIdle how long an HTTP connection may stay open without a request
 * @param pingInterval how often a WebSocket client is asked whether it is there
 * @param silenceMax after how long without any sign of a WebSocket client a ping counts as failed
 * @param failedPingsMax how many failed pings end a WebSocket session
 */
public record RpcLimits(int connectionsMax, int requestBytesMax, int responseBytesMax,
        int subscriptionsPerConnectionMax,
        int messageBuffer, int batchLengthMax, int callsMax, int parameterDepthMax, long outboundBytesMax,
        int socketsMax,
        int httpHeaderBytesMax, Duration httpIdle, Duration pingInterval, Duration silenceMax, int failedPingsMax) {

    private static final int MEGABYTE = 1 << 20;

    public static final RpcLimits STOCK = new RpcLimits(100, 15 * MEGABYTE, 15 * MEGABYTE, 1024, 64, Integer.MAX_VALUE,
            256, 127,
            64L * MEGABYTE, 1024, 16 * 1024, Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(60), 3);

    public RpcLimits withConnectionsMax(int max) {
        return new RpcLimits(max, requestBytesMax, responseBytesMax, subscriptionsPerConnectionMax, messageBuffer,
                batchLengthMax, callsMax, parameterDepthMax, outboundBytesMax, socketsMax, httpHeaderBytesMax, httpIdle,
                pingInterval, silenceMax, failedPingsMax);
    }

    public RpcLimits withRequestBytesMax(int max) {
        return new RpcLimits(connectionsMax, max, responseBytesMax, subscriptionsPerConnectionMax, messageBuffer,
                batchLengthMax, callsMax, parameterDepthMax, outboundBytesMax, socketsMax, httpHeaderBytesMax, httpIdle,
                pingInterval, silenceMax, failedPingsMax);
    }

    public RpcLimits withResponseBytesMax(int max) {
        return new RpcLimits(connectionsMax, requestBytesMax, max, subscriptionsPerConnectionMax, messageBuffer,
                batchLengthMax, callsMax, parameterDepthMax, outboundBytesMax, socketsMax, httpHeaderBytesMax, httpIdle,
                pingInterval, silenceMax, failedPingsMax);
    }

    public RpcLimits withSubscriptionsPerConnectionMax(int max) {
        return new RpcLimits(connectionsMax, requestBytesMax, responseBytesMax, max, messageBuffer, batchLengthMax,
                callsMax,
                parameterDepthMax, outboundBytesMax, socketsMax, httpHeaderBytesMax, httpIdle, pingInterval, silenceMax,
                failedPingsMax);
    }

    public RpcLimits withMessageBuffer(int messages) {
        return new RpcLimits(connectionsMax, requestBytesMax, responseBytesMax, subscriptionsPerConnectionMax, messages,
                batchLengthMax, callsMax, parameterDepthMax, outboundBytesMax, socketsMax, httpHeaderBytesMax, httpIdle,
                pingInterval, silenceMax, failedPingsMax);
    }

    public RpcLimits withBatchLengthMax(int max) {
        return new RpcLimits(connectionsMax, requestBytesMax, responseBytesMax, subscriptionsPerConnectionMax,
                messageBuffer,
                max, callsMax, parameterDepthMax, outboundBytesMax, socketsMax, httpHeaderBytesMax, httpIdle,
                pingInterval,
                silenceMax, failedPingsMax);
    }

    public RpcLimits withOutboundBytesMax(long max) {
        return new RpcLimits(connectionsMax, requestBytesMax, responseBytesMax, subscriptionsPerConnectionMax,
                messageBuffer,
                batchLengthMax, callsMax, parameterDepthMax, max, socketsMax, httpHeaderBytesMax, httpIdle,
                pingInterval,
                silenceMax, failedPingsMax);
    }

    public RpcLimits withSocketsMax(int max) {
        return new RpcLimits(connectionsMax, requestBytesMax, responseBytesMax, subscriptionsPerConnectionMax,
                messageBuffer,
                batchLengthMax, callsMax, parameterDepthMax, outboundBytesMax, max, httpHeaderBytesMax, httpIdle,
                pingInterval,
                silenceMax, failedPingsMax);
    }
}
