package io.vilokanam.primitives;

import io.vilokanam.scale.Bytes;

/** Four ASCII characters that say what a key is for. */
public record KeyTypeId(String name) {

    public static final KeyTypeId AURA = new KeyTypeId("aura");
    public static final KeyTypeId GRANDPA = new KeyTypeId("gran");
    /** Settlement keys of tick-stream. */
    public static final KeyTypeId TICK = new KeyTypeId("tick");

    public KeyTypeId {
        if (name.length() != 4) {
            throw new IllegalArgumentException("a key type has 4 characters, got \"" + name + "\"");
        }
    }

    public byte[] bytes() {
        return Bytes.ascii(name).toArray();
    }
}
