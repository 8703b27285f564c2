package io.vilokanam.node.network.announce;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.primitives.header.Header;

/** Hears of peers and of their blocks. Called on the protocol's thread and may take its time. */
public interface AnnounceListener {

    void connected(PeerId peer, Roles roles, BlockRef best);

    void disconnected(PeerId peer);

    void announced(PeerId peer, Header header, boolean isBest);
}
