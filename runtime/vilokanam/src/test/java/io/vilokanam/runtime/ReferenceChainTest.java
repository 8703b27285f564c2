package io.vilokanam.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.testkit.Refchain;

/**
 * Composition 100 against what a stock Substrate node recorded (polkadot-sdk stable2503): block by block the same apply
 * results, events, storage changes and roots.
 */
class ReferenceChainTest {

    private final RecordedReplay recorded = new RecordedReplay(NativeRuntimes.ofVersion(100));

    @TestFactory
    Stream<DynamicTest> executesTheDevelopmentChainAsTheStockNodeDid() {
        return recorded.replay("dev.raw.json", Refchain.json("dev-chain.json"));
    }

    @TestFactory
    Stream<DynamicTest> executesTheNetworkChainAsTheStockNodesDid() {
        return recorded.replay("local.raw.json", Refchain.json("network.json"));
    }

    @Test
    void computesTheGenesisHashesOfTheRawSpecs() {
        assertEquals(Refchain.json("dev-chain.json").get("genesisHash").asText(),
                RecordedGenesis.hash("dev.raw.json").hex());
        assertEquals(Refchain.json("network.json").get("genesisHash").asText(),
                RecordedGenesis.hash("local.raw.json").hex());
    }
}
