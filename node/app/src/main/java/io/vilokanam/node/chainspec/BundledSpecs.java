package io.vilokanam.node.chainspec;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** The chain specs that the node brings along: the recorded chains of a stock node, whose runtime is composition 100. */
public final class BundledSpecs {

    private BundledSpecs() {}

    /** One authority, //Alice. */
    public static ChainSpec referenceDev() throws ChainSpecException {
        return read("dev.raw.json.gz");
    }

    /** Two authorities, //Alice and //Bob. */
    public static ChainSpec referenceLocal() throws ChainSpecException {
        return read("local.raw.json.gz");
    }

    private static ChainSpec read(String name) throws ChainSpecException {
        try (InputStream packed = BundledSpecs.class.getResourceAsStream("/chainspec/" + name)) {
            if (packed == null) {
                throw new ChainSpecException("the program lacks its chain spec " + name);
            }
            try (InputStream in = new GZIPInputStream(packed)) {
                return ChainSpecJson.read(in);
            }
        } catch (IOException e) {
            throw new ChainSpecException("cannot read the chain spec " + name, e);
        }
    }
}
