package io.vilokanam.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import io.vilokanam.node.service.NodeConfig;
import io.vilokanam.rpc.server.IpNetwork;
import io.vilokanam.rpc.server.RateLimit;
import io.vilokanam.rpc.server.RpcAccess;
import io.vilokanam.rpc.server.RpcLimits;
import io.vilokanam.rpc.server.RpcServer;

final class RpcOptionsTest {

    /** For options alone: picocli wants a command. */
    @CommandLine.Command(name = "node")
    private static final class Flags {
        @CommandLine.Mixin
        private RpcOptions rpc;
    }

    private static List<NodeConfig.Door> doors(boolean isDev, boolean isAuthority, String... arguments)
            throws UsageException {
        Flags flags = new Flags();
        new CommandLine(flags).parseArgs(arguments);
        return flags.rpc.config(isDev, isAuthority).doors();
    }

    private static NodeConfig.Door door(String... arguments) throws UsageException {
        return doors(false, false, arguments).getFirst();
    }

    private static String contradiction(String... arguments) {
        Flags flags = new Flags();
        CommandLine.ParseResult parsed = new CommandLine(flags).parseArgs(arguments);
        return assertThrows(ContradictionException.class, () -> Contradictions.check(parsed)).getMessage();
    }

    private static String refusal(String... arguments) {
        return assertThrows(UsageException.class, () -> doors(false, true, arguments)).getMessage();
    }

    @Test
    void hasTheDefaultsOfAStockNode() throws UsageException {
        assertEquals(new NodeConfig.Door(RpcServer.Endpoint.loopback(9944), RpcLimits.STOCK, RpcAccess.STOCK), door());
        assertEquals(RpcAccess.DEVELOPMENT, doors(true, true).getFirst().access());
    }

    @Test
    void takesLimitsOfCallsAndConnections() throws UsageException {
        NodeConfig.Door door = door("--rpc-port", "1", "--rpc-max-connections", "2", "--rpc-max-request-size", "3",
                "--rpc-max-response-size", "4", "--rpc-max-subscriptions-per-connection", "5",
                "--rpc-message-buffer-capacity-per-connection", "6", "--rpc-max-batch-request-len", "7",
                "--rpc-methods", "safe",
                "--rpc-rate-limit", "8", "--rpc-rate-limit-whitelisted-ips", "10.0.0.0/8", "::1",
                "--rpc-rate-limit-trust-proxy-headers", "--unsafe-rpc-external");
        assertEquals(RpcServer.Endpoint.external(1), door.endpoint());
        assertEquals(RpcLimits.STOCK.withConnectionsMax(2).withRequestBytesMax(3 << 20).withResponseBytesMax(4 << 20)
                .withSubscriptionsPerConnectionMax(5).withMessageBuffer(6).withBatchLengthMax(7), door.limits());
        assertEquals(RpcAccess.Methods.SAFE, door.access().methods());
        assertEquals(new RateLimit(OptionalInt.of(8), List.of(IpNetwork.parse("10.0.0.0/8").orElseThrow(),
                IpNetwork.parse("::1").orElseThrow()), true), door.access().rate());
    }

    @Test
    void takesSizesThatNoArrayHas() throws UsageException {
        assertTrue(door("--rpc-max-response-size", "4096").limits().responseBytesMax() > 2_000_000_000);
    }

    @Test
    void takesWebOrigins() throws UsageException {
        assertEquals(Optional.empty(), door("--rpc-cors", "all").access().origins());
        assertEquals(Optional.empty(), door("--rpc-cors", "https://a.example,*").access().origins());
        assertEquals(Optional.of(List.of("https://a.example", "null")),
                doors(true, false, "--rpc-cors", "https://a.example,null").getFirst().access().origins());
    }

    @Test
    void refusesBatches() throws UsageException {
        assertEquals(0, door("--rpc-disable-batch-requests").limits().batchLengthMax());
        assertEquals(0, door("--rpc_no_batch_requests").limits().batchLengthMax());
    }

    @Test
    void takesSeveralEndpoints() throws Exception {
        List<NodeConfig.Door> doors = doors(true, true, "--experimental-rpc-endpoint",
                " listen-addr = 127.0.0.1:9944 , methods = unsafe,cors=*,cors=localhost:*,optional=true,retry-random-port=true,"
                        + "rate-limit=99,max-batch-request-len=100,rate-limit-trust-proxy-headers=true,max-connections=33,"
                        + "max-request-size=4,max-response-size=3,max-subscriptions-per-connection=7,"
                        + "max-buffer-capacity-per-connection=8,rate-limit-whitelisted-ips=192.168.1.0/24,"
                        + "rate-limit-whitelisted-ips=ff01::0/32",
                "listen-addr=[::1]:9945");
        RateLimit rate = new RateLimit(OptionalInt.of(99), List.of(IpNetwork.parse("192.168.1.0/24").orElseThrow(),
                IpNetwork.parse("ff01::0/32").orElseThrow()), true);
        assertEquals(new NodeConfig.Door(
                new RpcServer.Endpoint(new InetSocketAddress("127.0.0.1", 9944), Optional.empty(), true, true),
                RpcLimits.STOCK.withBatchLengthMax(100).withConnectionsMax(33).withRequestBytesMax(4 << 20)
                        .withResponseBytesMax(3 << 20).withSubscriptionsPerConnectionMax(7).withMessageBuffer(8),
                new RpcAccess(Optional.of(List.of("*", "localhost:*")), RpcAccess.Methods.UNSAFE, rate)),
                doors.getFirst());
        assertEquals(new NodeConfig.Door(
                new RpcServer.Endpoint(new InetSocketAddress(InetAddress.getByName("::1"), 9945), Optional.empty(),
                        false, false),
                RpcLimits.STOCK, RpcAccess.DEVELOPMENT), doors.getLast());
    }

    @Test
    void refusesEndpointsThatMeanNothing() {
        String flag = "--experimental-rpc-endpoint";
        assertEquals("`listen-addr` must be specified exactly once", refusal(flag, "methods=auto"));
        assertEquals("`listen-addr` is only allowed be specified once",
                refusal(flag, "listen-addr=1.1.1.1:1,listen-addr=1.1.1.1:2"));
        assertEquals("`optional`, expects: `key=value`", refusal(flag, "listen-addr=1.1.1.1:1,optional"));
        assertEquals("unknown key=`foo`, see `--help` for available options",
                refusal(flag, "listen-addr=1.1.1.1:1,foo=1"));
        for (String wrong : List.of("cors=", "methods=all", "optional=yes", "max-connections=-1", "rate-limit=0",
                "max-request-size=99999999999", "rate-limit-whitelisted-ips=home", "listen-addr=localhost:9944",
                "listen-addr=127.0.0.1", "listen-addr=127.0.0.1:70000")) {
            String[] sides = (wrong + " ").split("=");
            assertEquals("value=`" + sides[1].strip() + "` key=`" + sides[0] + "`",
                    refusal(flag, sides[0].equals("listen-addr") ? wrong : "listen-addr=1.1.1.1:1," + wrong));
        }
        assertTrue(refusal(flag, "listen-addr=1.1.1.1:1,disable-batch-requests=true,max-batch-request-len=1")
                .contains("mutually exclusive"));
    }

    @Test
    void refusesFlagsThatContradictEachOther() {
        assertTrue(contradiction("--rpc-port", "9944", "--experimental-rpc-endpoint", "listen-addr=127.0.0.1:9944")
                .contains("' cannot be used with '--"));
        assertEquals(
                "the argument '--rpc-disable-batch-requests' cannot be used with '--rpc-max-batch-request-len <LEN>'",
                contradiction("--rpc-disable-batch-requests", "--rpc-max-batch-request-len", "3"));
        assertTrue(refusal("--rpc-external").contains("running as a validator"));
        assertTrue(refusal("--rpc-rate-limit", "0").contains("at least 1"));
        assertTrue(refusal("--rpc-rate-limit-whitelisted-ips", "home").contains("10.0.0.0/8"));
    }
}
