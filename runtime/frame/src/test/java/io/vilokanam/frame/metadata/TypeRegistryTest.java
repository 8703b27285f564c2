package io.vilokanam.frame.metadata;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Struct;
import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;
import io.vilokanam.testkit.Refchain;
import io.vilokanam.testkit.Vectors;

class TypeRegistryTest {

    /** A recorded blob, and whose types were registered first in it. */
    private record Recorded(String name, MetadataVersion version, RegistrationOrder order, byte[] blob) {}

    private static Recorded vector(String name, MetadataVersion version, RegistrationOrder order) {
        return new Recorded(name, version, order, Vectors.file("metadata/" + name + ".scale"));
    }

    private static Recorded refchain(String name, MetadataVersion version) {
        return new Recorded(name, version, RegistrationOrder.PALLETS_FIRST, Refchain.file(name + ".scale"));
    }

    /**
     * Real runtimes: their types, registered anew in the order of the reference, get their old ids. The blob of 2021 is left
     * out: its docs hold lines with line breaks in them, which the model cannot tell from two lines.
     */
    @TestFactory
    Stream<DynamicTest> blobsAreBuiltAnewFromTheirTypes() {
        return Stream.of(refchain("metadata.v14", MetadataVersion.V14), refchain("metadata.v15", MetadataVersion.V15),
                refchain("metadata.unstable", MetadataVersion.UNSTABLE),
                vector("solochain-template.v14", MetadataVersion.V14, RegistrationOrder.PALLETS_FIRST),
                vector("solochain-template.v15", MetadataVersion.V15, RegistrationOrder.PALLETS_FIRST),
                vector("solochain-2026.v14", MetadataVersion.V14, RegistrationOrder.PALLETS_FIRST),
                vector("solochain-2026.v15", MetadataVersion.V15, RegistrationOrder.EXTRINSIC_FIRST),
                vector("solochain-2026.v16", MetadataVersion.V16, RegistrationOrder.EXTRINSIC_FIRST),
                vector("kitchensink.v14", MetadataVersion.V14, RegistrationOrder.PALLETS_FIRST),
                vector("kitchensink.v15", MetadataVersion.V15, RegistrationOrder.PALLETS_FIRST),
                vector("kitchensink.v16", MetadataVersion.V16, RegistrationOrder.PALLETS_FIRST))
                .map(recorded -> DynamicTest.dynamicTest(recorded.name, () -> {
                    Metadata metadata = Metadata.decode(recorded.version, recorded.blob);
                    RuntimeDescription<TypeInfo> runtime = metadata.runtime().map(recorded.order,
                            id -> info(metadata.types(), id));
                    assertArrayEquals(recorded.blob,
                            Metadata.of(recorded.version, recorded.order, runtime).encode());
                }));
    }

    private static TypeInfo info(PortableRegistry types, int id) {
        PortableType type = types.type(id);
        return new TypeInfo("type " + id, type.path(),
                type.parameters().stream()
                        .map(p -> new TypeInfo.TypeParameter(p.name(), p.type().map(t -> info(types, t)))).toList(),
                () -> definition(types, type.definition()), String.join("\n", type.docs()));
    }

    private static TypeDefinition definition(PortableRegistry types, PortableDefinition definition) {
        return switch (definition) {
            case PortableDefinition.Composite(var fields) -> new TypeDefinition.Composite(fields(types, fields));
            case PortableDefinition.Enumeration(var variants) -> new TypeDefinition.Enumeration(variants.stream()
                    .map(v -> new TypeDefinition.Variant(v.name(), v.index(), fields(types, v.fields()),
                            String.join("\n", v.docs())))
                    .toList());
            case PortableDefinition.Sequence(int element) -> new TypeDefinition.Sequence(info(types, element));
            case PortableDefinition.Array(long length, int element) ->
                new TypeDefinition.Array((int) length, info(types, element));
            case PortableDefinition.Tuple(var elements) ->
                new TypeDefinition.Tuple(elements.stream().map(e -> info(types, e)).toList());
            case PortableDefinition.OfPrimitive(var primitive) -> primitive;
            case PortableDefinition.Compact(int element) -> new TypeDefinition.Compact(info(types, element));
            case PortableDefinition.BitSequence(int store, int order) ->
                new TypeDefinition.BitSequence(info(types, store), info(types, order));
        };
    }

    private static List<TypeDefinition.Field> fields(PortableRegistry types, List<PortableDefinition.Field> fields) {
        return fields.stream().map(f -> new TypeDefinition.Field(f.name().orElse(""), info(types, f.type()),
                f.typeName().orElse(""), String.join("\n", f.docs()))).toList();
    }

    private record Tree(List<Tree> branches) {
        static final Codec<Tree> CODEC = Codecs.lazy(TypeInfo.named("garden::Tree", () -> new TypeDefinition.Composite(
                List.of(new TypeDefinition.Field("branches", TypeInfo.sequence(tree()), "Vec<Tree>",
                        "Upwards.\nMostly.")))),
                () -> Struct.struct(Tree::new, Struct.field("branches", Codecs.vec(Tree.CODEC), Tree::branches))
                        .named("garden::Tree"));

        private static TypeInfo tree() {
            return CODEC.type();
        }
    }

    @Test
    void aTypeThatHoldsItselfIsRegisteredOnce() {
        TypeRegistry registry = new TypeRegistry();
        assertEquals(0, registry.register(Tree.CODEC.type()));
        assertEquals(1, registry.register(TypeInfo.sequence(Tree.CODEC.type())));
        assertEquals(List.of(
                new PortableType(0, List.of("garden", "Tree"), List.of(),
                        new PortableDefinition.Composite(
                                List.of(new PortableDefinition.Field(Optional.of("branches"), 1,
                                        Optional.of("Vec<Tree>"), List.of("Upwards.", "Mostly.")))),
                        List.of()),
                new PortableType(1, List.of(), List.of(), new PortableDefinition.Sequence(0), List.of())),
                registry.portable().types());
    }

    @Test
    void parametersComeBeforeFieldsAndEqualKeysShareAnId() {
        TypeRegistry registry = new TypeRegistry();
        assertEquals(0, registry.register(TypeInfo.result(Codecs.U8.type(), Codecs.STRING.type())));
        assertEquals(1, registry.register(Codecs.U8.type()));
        assertEquals(2, registry.register(Codecs.STRING.type()));
        assertEquals(0, registry.register(TypeInfo.result(Codecs.U8.type(), Codecs.STRING.type())));
        assertEquals(3, registry.portable().types().size());
    }
}
