package io.vilokanam.node.keystore;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What is signed, in words that a signer can keep to itself: it never signs two different things where one is allowed. */
public sealed interface SigningPurpose {

    /** The seal of a block of a slot. */
    record AuraSeal(long slot) implements SigningPurpose {}

    /** A vote on finality; {@code stage} is {@code prevote}, {@code precommit} or {@code primary-propose}. */
    record GrandpaVote(long setId, long round, String stage) implements SigningPurpose {}

    /** Anything else, of which two are no harm. */
    record Other() implements SigningPurpose {}

    /** As a remote signer reads it. */
    default ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return switch (this) {
            case AuraSeal(var slot) -> json.put("kind", "aura-seal").put("slot", slot);
            case GrandpaVote(var setId, var round, var stage) ->
                json.put("kind", "grandpa-vote").put("setId", setId).put("round", round).put("stage", stage);
            case Other _ -> json.put("kind", "other");
        };
    }
}
