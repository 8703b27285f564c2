package io.vilokanam.rpc.backend;

/** Something that was asked for and lasts until it is given up: a listener, a pin. Closing twice does nothing. */
public interface Registration extends AutoCloseable {

    @Override
    void close();
}
