package io.vilokanam.node.service;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.vilokanam.node.chainspec.ChainSpec;
import io.vilokanam.node.importing.Keeping;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.initial.SyncMode;
import io.vilokanam.node.pool.PoolOptions;
import io.vilokanam.offchain.redis.RedisAddress;
import io.vilokanam.rpc.server.RpcAccess;
import io.vilokanam.rpc.server.RpcLimits;
import io.vilokanam.rpc.server.RpcServer;

/**
 * What a node is made of.
 *
 * @param spec its genesis is raw
 * @param folder where the chain is kept, {@code <base>/chains/<id>}; none: in memory
 * @param isAuthority whether it authors and votes
 * @param devKeys the development accounts whose keys it holds, e.g. {@code //Alice}
 * @param isFast whether finality waits for nobody: for chains with one authority
 * @param keeping what of the chain is kept; states are stored where there is a folder
 * @param databaseCacheBytes memory for what was read from disk
 * @param networking how to meet others; none: the node speaks to nobody
 * @param isForced whether it authors even where nobody is there to take the blocks
 * @param operator what the operator decides beside all that
 */
public record NodeConfig(ChainSpec spec, Optional<Path> folder, String name, boolean isAuthority, List<String> devKeys,
        boolean isFast, PoolOptions pool, Keeping keeping, long databaseCacheBytes, Optional<Path> keystore,
        Optional<String> keystorePassword, Optional<NodeIdentity> identity, Rpc rpc, Metrics metrics,
        Optional<Networking> networking, boolean isForced, Operator operator) {

    public NodeConfig {
        devKeys = List.copyOf(devKeys);
    }

    /** A node that speaks to nobody. */
    public NodeConfig(ChainSpec spec, Optional<Path> folder, String name, boolean isAuthority, List<String> devKeys,
            boolean isFast, PoolOptions pool, Keeping keeping, long databaseCacheBytes, Optional<Path> keystore,
            Optional<String> keystorePassword, Optional<NodeIdentity> identity, Rpc rpc, Metrics metrics) {
        this(spec, folder, name, isAuthority, devKeys, isFast, pool, keeping, databaseCacheBytes, keystore,
                keystorePassword, identity, rpc, metrics, Optional.empty(), false, Operator.STANDARD);
    }

    /** Where and how JSON-RPC is served, and beside it words of viewers are taken. */
    public record Rpc(List<Door> doors, Ticks ticks) {

        public Rpc {
            doors = List.copyOf(doors);
        }

        /** JSON-RPC alone, at one place. */
        public Rpc(RpcServer.Endpoint endpoint, RpcLimits limits, RpcAccess access) {
            this(List.of(new Door(endpoint, limits, access)), new Ticks(Optional.empty(), 0));
        }

        public Rpc withTicks(Ticks other) {
            return new Rpc(doors, other);
        }
    }

    /** One place where JSON-RPC is served, and what is allowed there. */
    public record Door(RpcServer.Endpoint endpoint, RpcLimits limits, RpcAccess access) {}

    /**
     * How words of viewers are taken and kept.
     *
     * @param address where they are taken as binary messages; none: nowhere
     * @param store where they are kept; none: beside the database
     * @param partners the nodes to share them with
     */
    public record Ticks(Optional<InetSocketAddress> address, int connectionsMax, Optional<RedisAddress> store,
            Set<PeerId> partners) {

        public Ticks {
            partners = Set.copyOf(partners);
        }

        /** Kept beside the database and shared with nobody. */
        public Ticks(Optional<InetSocketAddress> address, int connectionsMax) {
            this(address, connectionsMax, Optional.empty(), Set.of());
        }
    }

    /** Where metrics are shown; no port: nowhere. */
    public record Metrics(Optional<Integer> port, boolean isExternal) {}

    /**
     * How blocks are had from others.
     *
     * @param downloadsMax so many peers are asked for blocks at a time
     * @param blocksMax so many blocks one of them is asked for
     */
    public record Sync(SyncMode mode, int downloadsMax, int blocksMax) {}

    /**
     * How a node meets others.
     *
     * @param announced where others reach it, beside what is listened on
     * @param bootnodes whom to ask first; each ends in {@code /p2p}
     * @param reserved peers outside of all slots; each ends in {@code /p2p}
     * @param isReservedOnly whether nobody else may be a peer
     * @param isPrivateAllowed whether addresses of private networks are learnt from others and told
     * @param sync how blocks are had from others
     * @param isSearchedNearby whether nodes of the same local network are looked for
     */
    public record Networking(List<Multiaddr> listen, List<Multiaddr> announced, List<Multiaddr> bootnodes,
            List<Multiaddr> reserved, boolean isReservedOnly, int outboundPeers, int inboundPeers, int lightPeers,
            boolean isPrivateAllowed, Sync sync, boolean isSearchedNearby) {

        /** Without a look for nodes nearby. */
        public Networking(List<Multiaddr> listen, List<Multiaddr> announced, List<Multiaddr> bootnodes,
                List<Multiaddr> reserved, boolean isReservedOnly, int outboundPeers, int inboundPeers, int lightPeers,
                boolean isPrivateAllowed, Sync sync) {
            this(listen, announced, bootnodes, reserved, isReservedOnly, outboundPeers, inboundPeers, lightPeers,
                    isPrivateAllowed, sync, false);
        }

        public Networking {
            listen = List.copyOf(listen);
            announced = List.copyOf(announced);
            bootnodes = List.copyOf(bootnodes);
            reserved = List.copyOf(reserved);
        }
    }
}
