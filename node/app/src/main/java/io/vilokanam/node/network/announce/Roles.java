package io.vilokanam.node.network.announce;

import java.util.Optional;

import io.vilokanam.consensus.grandpa.gossip.PeerRole;
import io.vilokanam.scale.Bytes;

/** What a node is to its peers; the first byte of each handshake ({@code sc_network_common::role::Roles}). */
public enum Roles {
    /** Follows the chain and serves it. */
    FULL(1, PeerRole.FULL),
    /** Follows headers and asks others for the rest. */
    LIGHT(2, PeerRole.LIGHT),
    /** A full node that may author and vote. */
    AUTHORITY(4, PeerRole.AUTHORITY);

    private final int code;
    private final PeerRole gossipRole;

    Roles(int code, PeerRole gossipRole) {
        this.code = code;
        this.gossipRole = gossipRole;
    }

    public int code() {
        return code;
    }

    /** The role in GRANDPA's gossip. */
    public PeerRole gossipRole() {
        return gossipRole;
    }

    /** The handshake of protocols whose handshake is nothing else. */
    public Bytes handshake() {
        return Bytes.wrap(new byte[]{(byte) code});
    }

    /** Exactly one role; combinations have none. */
    public static Optional<Roles> ofCode(int code) {
        for (Roles roles : values()) {
            if (roles.code == code) {
                return Optional.of(roles);
            }
        }
        return Optional.empty();
    }

    /** Of a handshake that is this one byte. */
    public static Optional<Roles> ofHandshake(Bytes handshake) {
        return handshake.size() == 1 ? ofCode(handshake.at(0)) : Optional.empty();
    }
}
