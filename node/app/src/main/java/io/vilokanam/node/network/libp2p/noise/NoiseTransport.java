package io.vilokanam.node.network.libp2p.noise;

/** The ciphers of a connection once its handshake is over. */
public record NoiseTransport(CipherState sender, CipherState receiver) {}
