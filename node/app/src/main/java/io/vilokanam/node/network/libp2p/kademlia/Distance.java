package io.vilokanam.node.network.libp2p.kademlia;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import io.vilokanam.crypto.hash.Sha2;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.scale.Bytes;

/** How far peers are from a key: SHA-256 of both, XORed, as a number. */
final class Distance {

    private Distance() {}

    /** The nearest to {@code key}, nearest first. */
    static List<PeerId> nearest(Bytes key, Collection<PeerId> peers, int countMax) {
        byte[] target = Sha2.hash256(key.view());
        record Far(PeerId peer, Bytes distance) {}
        return peers.stream().map(peer -> new Far(peer, xor(target, Sha2.hash256(peer.multihash().view()))))
                .sorted(Comparator.comparing(Far::distance)).limit(countMax).map(Far::peer).toList();
    }

    /** The logarithm of the distance to base two, from 0 to 255. */
    static int logarithm(PeerId one, PeerId other) {
        byte[] distance = xor(Sha2.hash256(one.multihash().view()), Sha2.hash256(other.multihash().view())).toArray();
        return Math.max(0, new BigInteger(1, distance).bitLength() - 1);
    }

    private static Bytes xor(byte[] first, byte[] second) {
        byte[] result = new byte[first.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (byte) (first[i] ^ second[i]);
        }
        return Bytes.wrap(result);
    }
}
