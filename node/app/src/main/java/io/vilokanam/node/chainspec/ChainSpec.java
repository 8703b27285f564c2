package io.vilokanam.node.chainspec;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What makes a chain this chain and not another (sc-chain-spec, {@code ClientSpec}).
 *
 * @param id names the folder that the chain lies in
 * @param telemetryEndpoints kept as they are
 * @param protocolId stands in the names of the older network protocols
 * @param properties what clients need to show amounts and addresses
 * @param codeSubstitutes kept as they are: Wasm that takes the place of the chain's own from a block on
 */
public record ChainSpec(String name, String id, ChainType chainType, List<String> bootNodes,
        JsonNode telemetryEndpoints,
        JsonNode protocolId, ObjectNode properties, ObjectNode codeSubstitutes, Genesis genesis) {

    public ChainSpec {
        bootNodes = List.copyOf(bootNodes);
    }

    public ChainSpec withGenesis(Genesis other) {
        return new ChainSpec(name, id, chainType, bootNodes, telemetryEndpoints, protocolId, properties,
                codeSubstitutes,
                other);
    }

    public ChainSpec withBootNodes(List<String> other) {
        return new ChainSpec(name, id, chainType, other, telemetryEndpoints, protocolId, properties, codeSubstitutes,
                genesis);
    }
}
