package io.vilokanam.frame;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import io.vilokanam.frame.genesis.Json.JsonException;
import io.vilokanam.frame.genesis.JsonReader;
import io.vilokanam.frame.metadata.Metadata;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.testkit.Fuzz;
import io.vilokanam.testkit.Refchain;

/** Metadata and genesis configurations from strangers: a value or the declared exception, nothing else. */
class ForeignBytesTest {

    @Test
    void metadata() {
        Fuzz.decoder("metadata").with(Refchain.file("metadata.v14.scale")).with(Refchain.file("metadata.v15.scale"))
                .declares(ScaleException.class, Metadata::decode);
    }

    @Test
    void genesisConfigurations() {
        Fuzz.decoder("genesis-json").declares(JsonException.class,
                input -> JsonReader.read(new String(input, StandardCharsets.UTF_8)));
    }
}
