package io.vilokanam.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.testkit.Refchain;

/**
 * Composition 110 against what a stock Substrate node recorded (polkadot-sdk stable2503): block by block the same apply
 * results, events, storage changes and roots.
 */
class FullChainTest {

    private final RecordedReplay recorded = new RecordedReplay(NativeRuntimes.ofVersion(110));

    @TestFactory
    Stream<DynamicTest> executesTheDevelopmentChainAsTheStockNodeDid() {
        return recorded.replay("full/dev.raw.json", Refchain.json("full/chain.json"));
    }

    @TestFactory
    Stream<DynamicTest> executesTheNetworkChainAsTheStockNodesDid() {
        return recorded.replay("full/local.raw.json", Refchain.json("full/network.json"));
    }

    @Test
    void computesTheGenesisHashesOfTheRawSpecs() {
        assertEquals(Refchain.json("full/chain.json").get("genesisHash").asText(),
                RecordedGenesis.hash("full/dev.raw.json").hex());
        assertEquals(Refchain.json("full/network.json").get("genesisHash").asText(),
                RecordedGenesis.hash("full/local.raw.json").hex());
    }
}
