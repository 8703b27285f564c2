package io.vilokanam.rpc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static HttpHeaders headers(Map<String, String> headers) {
        var all = new DefaultHttpHeaders();
        headers.forEach(all::set);
        return all;
    }

    private static IpNetwork network(String text) {
        return IpNetwork.parse(text).orElseThrow();
    }

    @Test
    void networksHoldTheAddressesWithTheirFirstBits() throws Exception {
        assertTrue(network("10.1.0.0/16").contains(InetAddress.getByName("10.1.255.3")));
        assertFalse(network("10.1.0.0/16").contains(InetAddress.getByName("10.2.0.0")));
        assertTrue(network("10.1.2.128/25").contains(InetAddress.getByName("10.1.2.200")));
        assertFalse(network("10.1.2.128/25").contains(InetAddress.getByName("10.1.2.100")));
        assertTrue(network("10.1.2.3").contains(InetAddress.getByName("10.1.2.3")));
        assertTrue(network("2001:db8::/32").contains(InetAddress.getByName("2001:db8:1::1")));
        assertFalse(network("0.0.0.0/0").contains(InetAddress.getByName("::1")));
        assertTrue(network("0.0.0.0/0").contains(InetAddress.getByName("1.2.3.4")));
    }

    @Test
    void whatIsNoNetworkIsRefused() {
        for (String text : List.of("", "/8", "localhost", "10.0.0.0/33", "::1/129", "10.0.0/8", "10.0.0.300",
                "10.0.0.0/x")) {
            assertEquals(Optional.empty(), IpNetwork.parse(text), text);
        }
    }

    @Test
    void exemptsThoseWhomTrustedProxiesName() throws Exception {
        var proxy = InetAddress.getByName("127.0.0.1");
        var trusting = new RateLimit(OptionalInt.of(5), List.of(network("192.0.2.0/24"), network("2001:db8::/32")),
                true);
        for (var headers : List.of(Map.of("forwarded", "for=192.0.2.60;proto=http;by=203.0.113.43"),
                Map.of("forwarded", "For=\"[2001:db8::17]:4711\", for=1.2.3.4"),
                Map.of("forwarded", "for=192.0.2.1:80"),
                Map.of("x-forwarded-for", "192.0.2.60, 1.2.3.4"), Map.of("x-real-ip", "192.0.2.60"))) {
            assertEquals(OptionalInt.empty(), trusting.of(proxy, headers(headers)), headers.toString());
        }
        for (var headers : List.of(Map.of("forwarded", "for=1.2.3.4", "x-real-ip", "192.0.2.60"),
                Map.of("x-forwarded-for", "1.2.3.4,192.0.2.60"), Map.<String, String>of(),
                Map.of("forwarded", "for=[", "a", "b"))) {
            assertEquals(OptionalInt.of(5), trusting.of(proxy, headers(headers)), headers.toString());
        }
    }

    @Test
    void believesNobodyWithoutTrust() throws Exception {
        var limit = new RateLimit(OptionalInt.of(5), List.of(network("192.0.2.0/24")), false);
        assertEquals(OptionalInt.of(5),
                limit.of(InetAddress.getByName("127.0.0.1"), headers(Map.of("x-real-ip", "192.0.2.1"))));
        assertEquals(OptionalInt.empty(), limit.of(InetAddress.getByName("192.0.2.9"), headers(Map.of())));
    }

    @Test
    void delaysTheCallsOfOneConnectionAlone() throws Exception {
        // Two calls at once, then one each half second.
        var access = new RpcAccess(Optional.empty(), RpcAccess.Methods.AUTO,
                new RateLimit(OptionalInt.of(120), List.of(), false));
        String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"test_echo\",\"params\":[1]}";
        String batch = "[" + (call + ",").repeat(120) + call + "]";
        try (var server = new RunningServer(RpcLimits.STOCK, access);
                var greedy = RawClient.webSocket(server.port());
                var http = new RawClient(server.port());
                var modest = RawClient.webSocket(server.port())) {
            long begin = System.nanoTime();
            greedy.sendText(batch);
            modest.sendText(call);
            assertTrue(modest.readText().contains("\"result\""));
            assertTrue(http.post(server.port(), batch).body().endsWith("]"));
            assertTrue(greedy.readText().endsWith("]"));
            assertTrue(System.nanoTime() - begin > 400_000_000, "121 calls need more than a minute's share");
        }
    }

    @Test
    void exemptClientsAreNotDelayed() throws Exception {
        var access = new RpcAccess(Optional.empty(), RpcAccess.Methods.AUTO,
                new RateLimit(OptionalInt.of(1), List.of(network("127.0.0.0/8")), false));
        try (var server = new RunningServer(RpcLimits.STOCK, access); var socket = RawClient.webSocket(server.port())) {
            for (int i = 0; i < 20; i++) {
                socket.sendText("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"test_echo\",\"params\":[1]}");
                assertTrue(socket.readText().contains("\"result\""));
            }
        }
    }
}
