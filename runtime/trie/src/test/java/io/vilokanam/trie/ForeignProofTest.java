package io.vilokanam.trie;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.testkit.Fuzz;
import io.vilokanam.testkit.Hex;
import io.vilokanam.testkit.Vectors;

/** Proofs from strangers: a value, none, or a {@link TrieException}; each node is tried as root over the others. */
class ForeignProofTest {

    private static final int PROOFS = 3;

    @Test
    void proofNodes() {
        for (int i = 0; i < PROOFS; i++) {
            JsonNode vector = Vectors.family("trie").group("proof_valid").get(i);
            List<byte[]> nodes = new ArrayList<>();
            vector.get("nodes").forEach(node -> nodes.add(Hex.decode(node.asText())));
            byte[] key = Hex.decode(vector.get("items").get(0).get("key").asText());
            Fuzz fuzz = Fuzz.decoder("proof");
            nodes.forEach(fuzz::with);
            fuzz.declares(TrieException.class, input -> {
                List<byte[]> proof = new ArrayList<>(nodes);
                proof.add(input);
                ReadProof.of(proof).read(Blake2b.hash256(input), key);
            });
        }
    }
}
