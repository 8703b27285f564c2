package io.vilokanam.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.api.StateVersion;
import io.vilokanam.frame.metadata.ApiDescription;
import io.vilokanam.frame.metadata.Metadata;
import io.vilokanam.frame.metadata.MetadataVersion;
import io.vilokanam.frame.metadata.PalletDescription;
import io.vilokanam.frame.metadata.PortableDefinition;
import io.vilokanam.frame.metadata.PortableType;
import io.vilokanam.host.call.HostExternalities;
import io.vilokanam.host.call.HostServices;
import io.vilokanam.host.call.SignatureBatches;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.host.state.StorageOverlay;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.testkit.Refchain;

/** The metadata of composition 110 beside that of the stock runtime: pallet by pallet, then the whole. */
class FullMetadataTest {

    private static final VilokanamRuntime RUNTIME = NativeRuntimes.ofVersion(110);

    private static Metadata ours(long number, MetadataVersion version) throws Exception {
        byte[] answer = RUNTIME.call("Metadata_metadata_at_version", Codecs.U32.encode(number),
                new HostExternalities(new StorageOverlay(ChainState.empty(), StateVersion.V1),
                        HostServices.onChain(SignatureBatches.onCallingThread(new SecureRandom()), (_, _) -> {})));
        Optional<Bytes> blob = Codecs.option(Codecs.BYTES).decodeAll(answer);
        return Metadata.decode(version, blob.orElseThrow().toArray());
    }

    private static Metadata theirs(MetadataVersion version, String file) throws Exception {
        return Metadata.decode(version, Refchain.file("full/" + file));
    }

    /** What differs of each pallet that we have, with its types spelt out: independent of the ids of types. */
    @TestFactory
    Stream<DynamicTest> describesEachPalletAsTheStockRuntimeDoes() throws Exception {
        Metadata theirs = theirs(MetadataVersion.UNSTABLE, "metadata.unstable.scale");
        Metadata ours = ours(MetadataApi.DRAFT, MetadataVersion.UNSTABLE);
        return theirs.runtime().pallets().stream().map(pallet -> dynamicTest(pallet.name(),
                () -> same(lines(theirs, pallet), lines(ours, ours.runtime().pallets().stream()
                        .filter(own -> own.name().equals(pallet.name())).findFirst().orElseThrow()))));
    }

    @TestFactory
    Stream<DynamicTest> describesEachApiAsTheStockRuntimeDoes() throws Exception {
        Metadata theirs = theirs(MetadataVersion.UNSTABLE, "metadata.unstable.scale");
        Metadata ours = ours(MetadataApi.DRAFT, MetadataVersion.UNSTABLE);
        return theirs.runtime().apis().stream().map(api -> dynamicTest(api.name(),
                () -> same(lines(theirs, api), lines(ours, ours.runtime().apis().stream()
                        .filter(own -> own.name().equals(api.name())).findFirst().orElseThrow()))));
    }

    private static void same(List<String> theirs, List<String> ours) {
        List<String> differences = new ArrayList<>();
        theirs.stream().filter(line -> !ours.contains(line)).forEach(line -> differences.add("stock " + line));
        ours.stream().filter(line -> !theirs.contains(line)).forEach(line -> differences.add("ours  " + line));
        assertEquals("", String.join("\n", differences));
        assertEquals(theirs, ours);
    }

    @Test
    void registersTheTypesOfTheStockRuntimeUnderTheSameIds() throws Exception {
        same(theirs(MetadataVersion.V14, "metadata.v14.scale"), ours(14, MetadataVersion.V14));
        same(theirs(MetadataVersion.V15, "metadata.v15.scale"), ours(15, MetadataVersion.V15));
        same(theirs(MetadataVersion.UNSTABLE, "metadata.unstable.scale"),
                ours(MetadataApi.DRAFT, MetadataVersion.UNSTABLE));
    }

    private static void same(Metadata theirs, Metadata ours) {
        List<PortableType> expected = theirs.types().types();
        List<PortableType> actual = ours.types().types();
        for (int id = 0; id < Math.min(expected.size(), actual.size()); id++) {
            assertEquals(WithoutDocs.of(expected.get(id)), WithoutDocs.of(actual.get(id)),
                    theirs.version() + ": type " + id);
        }
        assertEquals(expected.size(), actual.size(), theirs.version() + ": number of types");
        assertEquals(WithoutDocs.of(theirs.runtime()), WithoutDocs.of(ours.runtime()));
    }

    private static List<String> lines(Metadata metadata, PalletDescription<Integer> pallet) {
        List<String> lines = new ArrayList<>();
        lines.add("index " + pallet.index() + " storage " + pallet.storage().map(storage -> storage.prefix()));
        pallet.storage().ifPresent(storage -> storage.items().forEach(item -> lines.add("storage " + item.name() + " "
                + item.modifier() + " " + kind(metadata, item.kind()) + " = " + item.defaultValue())));
        pallet.calls().ifPresent(table -> addVariants(lines, "call ", metadata, table));
        pallet.events().ifPresent(table -> addVariants(lines, "event ", metadata, table));
        pallet.errors().ifPresent(table -> addVariants(lines, "error ", metadata, table));
        pallet.constants().forEach(constant -> lines.add("constant " + constant.name() + " "
                + text(metadata, constant.type()) + " = " + constant.value()));
        pallet.associatedTypes()
                .forEach(type -> lines.add("associated " + type.name() + " " + text(metadata, type.type())));
        pallet.viewFunctions().forEach(function -> lines.add("view " + function.name() + " " + function.id() + " "
                + function.inputs().stream().map(input -> input.name() + ": " + text(metadata, input.type())).toList()
                + " -> " + text(metadata, function.output())));
        return lines;
    }

    private static String kind(Metadata metadata, PalletDescription.Kind<Integer> kind) {
        return switch (kind) {
            case PalletDescription.Plain<Integer>(Integer value) -> text(metadata, value);
            case PalletDescription.Mapped<Integer>(var hashers, Integer key, Integer value) ->
                hashers + " " + text(metadata, key) + " -> " + text(metadata, value);
        };
    }

    private static void addVariants(List<String> lines, String kind, Metadata metadata,
            PalletDescription.Table<Integer> table) {
        PortableType type = metadata.types().types().get(table.type());
        lines.add(kind + "type " + head(metadata, type) + " deprecated " + table.deprecated().keySet());
        if (type.definition() instanceof PortableDefinition.Enumeration(var variants)) {
            variants.forEach(variant -> lines.add(kind + variant(metadata, variant, 0)));
        }
    }

    private static List<String> lines(Metadata metadata, ApiDescription<Integer> api) {
        List<String> lines = new ArrayList<>();
        lines.add("version " + api.version());
        api.methods().forEach(method -> lines.add(method.name() + " "
                + method.inputs().stream().map(input -> input.name() + ": " + text(metadata, input.type())).toList()
                + " -> " + text(metadata, method.output())));
        return lines;
    }

    private static String text(Metadata metadata, int id) {
        return text(metadata, id, 0);
    }

    /** A type spelt out, but for those of the runtime itself: they hold all others. */
    private static String text(Metadata metadata, int id, int depth) {
        PortableType type = metadata.types().types().get(id);
        String head = head(metadata, type);
        boolean isOuter = !type.path().isEmpty() && type.path().getFirst().startsWith("refchain_runtime");
        return isOuter || depth > 12 ? head : head + definition(metadata, type.definition(), depth + 1);
    }

    private static String head(Metadata metadata, PortableType type) {
        return String.join("::", type.path()) + (type.parameters().isEmpty() ? ""
                : "<" + type.parameters().stream().map(parameter -> parameter.name() + parameter.type()
                        .map(own -> "=" + String.join("::", metadata.types().types().get(own).path())).orElse(""))
                        .toList() + ">");
    }

    private static String definition(Metadata metadata, PortableDefinition definition, int depth) {
        return switch (definition) {
            case PortableDefinition.Composite(var fields) -> fields(metadata, fields, depth);
            case PortableDefinition.Enumeration(var variants) ->
                variants.stream().map(variant -> variant(metadata, variant, depth)).toList().toString();
            case PortableDefinition.Sequence(int element) -> "Vec " + text(metadata, element, depth);
            case PortableDefinition.Array(long length, int element) -> length + " x " + text(metadata, element, depth);
            case PortableDefinition.Tuple(var elements) ->
                "(" + elements.stream().map(element -> text(metadata, element, depth)).toList() + ")";
            case PortableDefinition.OfPrimitive(var primitive) -> primitive.toString();
            case PortableDefinition.Compact(int element) -> "Compact " + text(metadata, element, depth);
            case PortableDefinition.BitSequence(int store, int order) ->
                "bits " + text(metadata, store, depth) + text(metadata, order, depth);
        };
    }

    private static String variant(Metadata metadata, PortableDefinition.Variant variant, int depth) {
        return variant.index() + " " + variant.name() + fields(metadata, variant.fields(), depth);
    }

    private static String fields(Metadata metadata, List<PortableDefinition.Field> fields, int depth) {
        return fields.stream().map(field -> field.name().orElse("") + ": " + field.typeName().orElse("-") + " "
                + text(metadata, field.type(), depth)).toList().toString();
    }
}
