package io.vilokanam.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A preset of a runtime as a whole configuration: what it does not say of a pallet is as by default. */
public final class WholePreset {

    private static final ObjectMapper JSON = new ObjectMapper();

    private WholePreset() {}

    /** @param patch what the preset says */
    public static String over(String defaults, String patch) throws JsonProcessingException {
        ObjectNode whole = (ObjectNode) JSON.readTree(defaults);
        JSON.readTree(patch).properties()
                .forEach(part -> ((ObjectNode) whole.get(part.getKey())).setAll((ObjectNode) part.getValue()));
        return whole.toString();
    }
}
