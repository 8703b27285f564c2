package io.vilokanam.frame.pallet;

import java.util.ArrayList;
import java.util.List;

import io.vilokanam.scale.type.TypeDefinition;

/** The errors of a pallet: index and name on the wire, and what each means. Append, never renumber. */
public final class Errors<E extends Enum<E> & PalletError> {

    private final Class<E> type;
    private final int[] indices;
    private final List<TypeDefinition.Variant> variants = new ArrayList<>();
    private final boolean[] declared;

    private Errors(Class<E> type) {
        this.type = type;
        int count = type.getEnumConstants().length;
        indices = new int[count];
        declared = new boolean[count];
    }

    public static <E extends Enum<E> & PalletError> Errors<E> of(Class<E> type) {
        return new Errors<>(type);
    }

    public Errors<E> with(int index, String name, E error, String docs) {
        if (declared[error.ordinal()]) {
            throw new IllegalStateException(type.getName() + " declares " + error + " twice");
        }
        declared[error.ordinal()] = true;
        indices[error.ordinal()] = index;
        variants.add(new TypeDefinition.Variant(name, index, List.of(), docs));
        return this;
    }

    /** Ends the table; every constant must be in it. */
    public Errors<E> complete() {
        for (E error : type.getEnumConstants()) {
            if (!declared[error.ordinal()]) {
                throw new IllegalStateException(type.getName() + " does not declare " + error);
            }
        }
        return this;
    }

    Class<E> type() {
        return type;
    }

    /** The index of an error of this table on the wire. */
    public int indexOf(PalletError error) {
        return indices[type.cast(error).ordinal()];
    }

    public List<TypeDefinition.Variant> describe() {
        return List.copyOf(variants);
    }
}
