package io.vilokanam.node.network;

import java.time.Duration;

/**
 * A protocol in which one side asks and the other answers once.
 *
 * @param requestBytesMax longest request, both ways
 * @param responseBytesMax longest response, both ways
 * @param timeout from when a request is made until its response is complete; also how long an answer may take to be written
 * @param handledMax how many requests of peers are worked on at a time; a few more wait, others are refused
 */
public record RequestProtocol(ProtocolNames names, int requestBytesMax, int responseBytesMax, Duration timeout,
        int handledMax) {}
