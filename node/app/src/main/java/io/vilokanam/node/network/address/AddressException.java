package io.vilokanam.node.network.address;

/** Text or bytes that are no peer id or no multiaddress. */
public final class AddressException extends Exception {

    private static final long serialVersionUID = 1;

    public AddressException(String message) {
        super(message, null, false, false);
    }
}
