package io.vilokanam.node.network.libp2p.noise;

/** The other side does not keep to Noise, or is not who it says it is. */
public final class NoiseException extends Exception {

    private static final long serialVersionUID = 1;

    NoiseException(String message) {
        super(message, null, false, false);
    }
}
