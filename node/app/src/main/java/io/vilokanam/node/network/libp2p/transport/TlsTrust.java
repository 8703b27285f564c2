package io.vilokanam.node.network.libp2p.transport;

import java.security.GeneralSecurityException;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * Whose certificates are good. TLS around a connection only gets it through proxies and web servers: who a peer is, Noise proves.
 */
@FunctionalInterface
public interface TlsTrust {

    /** Those that the Java runtime trusts. */
    TlsTrust OF_MACHINE = SSLContext::getDefault;

    /** May take a while when it is asked first. */
    SSLContext context() throws GeneralSecurityException;

    /** The client's side of a connection to a host, whose certificate has to be for that name. */
    default SSLEngine engine(String host, int port) throws GeneralSecurityException {
        SSLEngine engine = context().createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return engine;
    }
}
