package io.vilokanam.node.chainspec;

import java.io.ByteArrayInputStream;

import org.junit.jupiter.api.Test;

import io.vilokanam.testkit.Fuzz;

/** Chain specifications from strangers: a specification or a {@link ChainSpecException}, nothing else. */
class ForeignSpecTest {

    @Test
    void chainSpecs() {
        Fuzz.decoder("chain-spec").declares(ChainSpecException.class,
                input -> ChainSpecJson.read(new ByteArrayInputStream(input)));
    }
}
