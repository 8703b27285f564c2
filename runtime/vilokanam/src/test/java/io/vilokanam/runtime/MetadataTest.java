package io.vilokanam.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.api.Externalities;
import io.vilokanam.api.StateVersion;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.hash.Blake3;
import io.vilokanam.frame.metadata.Metadata;
import io.vilokanam.frame.metadata.MetadataHash;
import io.vilokanam.frame.metadata.MetadataVersion;
import io.vilokanam.frame.metadata.PortableType;
import io.vilokanam.host.call.HostExternalities;
import io.vilokanam.host.call.HostHashing;
import io.vilokanam.host.call.HostServices;
import io.vilokanam.host.call.SignatureBatches;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.host.state.StorageOverlay;
import io.vilokanam.runtime.composition.Composition;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.testkit.Refchain;

/** The metadata of composition 100 beside that of the stock runtime: the same types with the same ids. */
class MetadataTest {

    private static final List<VilokanamRuntime> RUNTIMES = VilokanamRuntime.all(new HostHashing());

    private static Metadata ours(int runtime, long number, MetadataVersion version) throws Exception {
        byte[] answer = RUNTIMES.get(runtime).call("Metadata_metadata_at_version", Codecs.U32.encode(number),
                nowhere());
        Optional<Bytes> blob = Codecs.option(Codecs.BYTES).decodeAll(answer);
        return Metadata.decode(version, blob.orElseThrow().toArray());
    }

    private static Externalities nowhere() {
        return new HostExternalities(new StorageOverlay(ChainState.empty(), StateVersion.V1),
                HostServices.onChain(SignatureBatches.onCallingThread(new SecureRandom()), (target, message) -> {}));
    }

    @Test
    void registersTheTypesOfTheStockRuntimeUnderTheSameIds() throws Exception {
        same(MetadataVersion.V14, 14, "metadata.v14.scale");
        same(MetadataVersion.V15, 15, "metadata.v15.scale");
        same(MetadataVersion.UNSTABLE, MetadataApi.DRAFT, "metadata.unstable.scale");
    }

    private static void same(MetadataVersion version, long number, String recorded) throws Exception {
        Metadata theirs = Metadata.decode(version, Refchain.file(recorded));
        Metadata ours = ours(0, number, version);
        List<PortableType> expected = theirs.types().types();
        List<PortableType> actual = ours.types().types();
        for (int id = 0; id < Math.min(expected.size(), actual.size()); id++) {
            assertEquals(WithoutDocs.of(expected.get(id)), WithoutDocs.of(actual.get(id)), version + ": type " + id);
        }
        assertEquals(expected.size(), actual.size(), version + ": number of types");
        assertEquals(WithoutDocs.of(theirs.runtime()), WithoutDocs.of(ours.runtime()));
    }

    @Test
    void knowsTheHashOfItsOwnMetadata() throws Exception {
        knowsItsHash(1, Composition.TICK_STREAM);
        knowsItsHash(3, Composition.WHOLE);
    }

    private static void knowsItsHash(int runtime, Composition composition) throws Exception {
        MetadataHash.Chain chain = new MetadataHash.Chain(composition.version().specVersion(), "vilokanam", 42, 12,
                "VLK");
        for (Metadata metadata : List.of(ours(runtime, 15, MetadataVersion.V15),
                ours(runtime, 16, MetadataVersion.V16))) {
            assertEquals(Bytes.hex(MetadataHash.of(metadata, chain, Blake3::hash256)),
                    composition.metadataHash().orElseThrow().hex(), composition + " " + metadata.version());
        }
    }

    @Test
    void namesEveryRuntimeApiByTheHashOfItsName() {
        for (VilokanamRuntime runtime : RUNTIMES) {
            runtime.apis().forEach(api -> assertEquals(Bytes.wrap(Blake2b.hash64(Bytes.ascii(api.name()).view())),
                    api.identity().id(), api.name()));
            assertEquals(runtime.version().apis(), runtime.apis().stream().map(api -> api.identity().entry()).toList());
        }
    }
}
