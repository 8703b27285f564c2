package io.vilokanam.node.chainspec;

import java.util.List;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vilokanam.scale.Bytes;

/** The chains that this program starts of its own: development and local test chains of its newest runtimes. */
public final class OwnChains {

    private static final String TOKEN = "VLK";
    private static final int DECIMALS = 12;
    private static final int SS58_PREFIX = 42;

    private OwnChains() {}

    /** One authority, //Alice. */
    public static ChainSpec development(Bytes code, GenesisResolver resolver) throws ChainSpecException {
        return spec("Vilokanam Development", "vilokanam_dev", new ChainType.Development(), code,
                resolver.preset(code, "development"));
    }

    /** Two authorities, //Alice and //Bob. */
    public static ChainSpec local(Bytes code, GenesisResolver resolver) throws ChainSpecException {
        return spec("Vilokanam Local", "vilokanam_local", new ChainType.Local(), code,
                resolver.preset(code, "local_testnet"));
    }

    /** One authority, //Alice, and all that a chain of the whole runtime begins with. */
    public static ChainSpec wholeDevelopment(Bytes code, GenesisResolver resolver) throws ChainSpecException {
        return spec("Vilokanam Whole Development", "vilokanam_whole_dev", new ChainType.Development(), code,
                resolver.preset(code, "development"));
    }

    /** The same with two authorities, //Alice and //Bob. */
    public static ChainSpec wholeLocal(Bytes code, GenesisResolver resolver) throws ChainSpecException {
        return spec("Vilokanam Whole Local", "vilokanam_whole_local", new ChainType.Local(), code,
                resolver.preset(code, "local_testnet"));
    }

    private static ChainSpec spec(String name, String id, ChainType type, Bytes code, ObjectNode patch) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        ObjectNode properties = nodes.objectNode().put("ss58Format", SS58_PREFIX).put("tokenDecimals", DECIMALS)
                .put("tokenSymbol", TOKEN);
        return new ChainSpec(name, id, type, List.of(), nodes.nullNode(), nodes.textNode("vlk"), properties,
                nodes.objectNode(), new Genesis.ByRuntime(code, patch, true));
    }
}
