package io.vilokanam.frame;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.vilokanam.frame.genesis.JsonException;
import io.vilokanam.frame.genesis.JsonInput;
import io.vilokanam.frame.genesis.Member;
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
                json -> JsonInput.read(json, input -> {
                    Member<List<String>> texts = Member.named("texts", part -> part.list(JsonInput::string));
                    Member<Long> number = Member.named("number", JsonInput::u64);
                    input.openStruct("Any", texts, number);
                    return texts.value();
                }));
    }
}
