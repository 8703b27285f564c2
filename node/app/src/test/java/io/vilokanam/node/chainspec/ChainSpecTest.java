package io.vilokanam.node.chainspec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import io.vilokanam.testkit.Refchain;

final class ChainSpecTest {

    private static ChainSpec read(String json) throws ChainSpecException {
        return ChainSpecJson.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static String recorded(String name) {
        return new String(Refchain.file(name), StandardCharsets.UTF_8);
    }

    private static String genesisHash(String name) throws ChainSpecException {
        return GenesisBlock.of((Genesis.Raw) read(recorded(name)).genesis()).hash().hex();
    }

    @Test
    void computesTheGenesisHashOfTheRecordedChains() throws ChainSpecException {
        assertEquals(Refchain.json("dev-chain.json").get("genesisHash").asText(), genesisHash("dev.raw.json"));
        assertEquals(Refchain.json("network.json").get("genesisHash").asText(), genesisHash("local.raw.json"));
    }

    @Test
    void writesRawAndPlainSpecsAsStockNodesPrintThem() throws ChainSpecException {
        for (String name : new String[]{"dev.raw.json", "local.raw.json", "dev.plain.json"}) {
            assertEquals(recorded(name).strip(), ChainSpecJson.write(read(recorded(name))), name);
        }
    }

    @Test
    void readsTheFieldsOfASpec() throws ChainSpecException {
        ChainSpec spec = read(recorded("dev.raw.json"));
        assertEquals("vilokanam_dev", spec.id());
        assertEquals(new ChainType.Development(), spec.chainType());
        assertEquals(12, spec.properties().get("tokenDecimals").asInt());
    }

    @Test
    void bringsTheReferenceSpecsAlong() throws ChainSpecException {
        assertArrayEquals(new String[]{"vilokanam_dev", "vilokanam_local"},
                new String[]{BundledSpecs.referenceDev().id(), BundledSpecs.referenceLocal().id()});
    }

    @Test
    void namesTheFieldThatIsWrong() {
        ChainSpecException noId = assertThrows(ChainSpecException.class, () -> read("{\"name\":\"x\"}"));
        assertEquals("the chain spec's field id is , expected text", noId.getMessage());
        ChainSpecException noGenesis = assertThrows(ChainSpecException.class,
                () -> read("{\"name\":\"x\",\"id\":\"y\",\"genesis\":{}}"));
        assertEquals("the chain spec's genesis holds neither raw nor runtimeGenesis", noGenesis.getMessage());
        assertThrows(ChainSpecException.class,
                () -> read("{\"name\":\"x\",\"id\":\"y\",\"genesis\":{\"raw\":{\"top\":{\"0x0\":\"\"}}}}"));
        assertThrows(ChainSpecException.class, () -> read("nonsense"));
    }
}
