package io.vilokanam.frame.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.MultiSignature;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.DispatchEventInfo;
import io.vilokanam.primitives.extrinsic.Era;
import io.vilokanam.primitives.fee.FeeDetails;
import io.vilokanam.primitives.fee.RuntimeDispatchInfo;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.inherent.CheckInherentsResult;
import io.vilokanam.primitives.validity.ApplyResult;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;
import io.vilokanam.testkit.Refchain;

/** The types that codecs describe are those of a stock runtime: names, fields, type names, indices, parameters. */
class RecordedTypesTest {

    private static final List<Codec<?>> CODECS = List.of(AccountId.CODEC, Hash.CODEC, MultiAddress.CODEC,
            MultiSignature.CODEC, PublicKey.AURA, PublicKey.GRANDPA, Weight.CODEC, DispatchError.CODEC,
            DispatchEventInfo.CODEC, Era.CODEC, Header.CODEC, Digest.CODEC, RuntimeVersion.CODEC,
            TransactionSource.CODEC,
            CheckInherentsResult.CODEC, FeeDetails.CODEC, RuntimeDispatchInfo.CODEC, KeyTypeId.CODEC);

    @TestFactory
    Stream<DynamicTest> describedTypesAreTheRecordedOnes() throws ScaleException {
        PortableRegistry recorded = Metadata.decode(Refchain.file("metadata.v15.scale")).types();
        return CODECS.stream().map(codec -> DynamicTest.dynamicTest(codec.type().key(), () -> {
            List<PortableType> candidates = recorded.types().stream()
                    .filter(type -> type.path().equals(codec.type().path())).toList();
            assertFalse(candidates.isEmpty(), "no recorded type has this path");
            assertEquals(List.of(), fewest(recorded, candidates, codec.type()));
        }));
    }

    /** Types of one path may differ in their parameters: what counts is the one that is most alike. */
    private static List<String> fewest(PortableRegistry recorded, List<PortableType> candidates, TypeInfo type) {
        return candidates.stream().map(candidate -> new TypeComparison(recorded).differences(type, candidate.id()))
                .min((a, b) -> Integer.compare(a.size(), b.size())).orElseThrow();
    }

    @TestFactory
    Stream<DynamicTest> answersOfRuntimeApisHaveTheRecordedTypes() throws ScaleException {
        Metadata metadata = Metadata.decode(Refchain.file("metadata.v15.scale"));
        return Stream.of(output("BlockBuilder", "apply_extrinsic", ApplyResult.CODEC.type()),
                output("TaggedTransactionQueue", "validate_transaction", ApplyResult.VALIDITY.type()),
                output("BlockBuilder", "check_inherents", CheckInherentsResult.CODEC.type()),
                output("TransactionPaymentApi", "query_info", RuntimeDispatchInfo.CODEC.type()),
                output("TransactionPaymentApi", "query_fee_details", FeeDetails.CODEC.type()),
                output("Core", "version", RuntimeVersion.CODEC.type()))
                .map(answer -> DynamicTest.dynamicTest(answer.api + "_" + answer.method,
                        () -> assertEquals(List.of(), answer.differences(metadata))));
    }

    @Test
    void aTypeThatIsNotTheRecordedOneIsTold() throws ScaleException {
        PortableRegistry recorded = Metadata.decode(Refchain.file("metadata.v15.scale")).types();
        PortableType weight = recorded.types().stream().filter(type -> type.path().equals(Weight.CODEC.type().path()))
                .findAny().orElseThrow();
        TypeInfo renamed = TypeInfo.named("sp_weights::weight_v2::Weight",
                () -> new TypeDefinition.Composite(
                        List.of(new TypeDefinition.Field("ref_time", Codecs.U64.type(), "u64", ""),
                                new TypeDefinition.Field("proof", Codecs.COMPACT_U64.type(), "u64", ""))));
        assertEquals(
                List.of("sp_weights::weight_v2::Weight fields: ours [ref_time: u64, proof: u64], "
                        + "recorded [ref_time: u64, proof_size: u64]",
                        "sp_weights::weight_v2::Weight.ref_time kind: ours OfPrimitive, recorded Compact"),
                new TypeComparison(recorded).differences(renamed, weight.id()));
    }

    private record Answer(String api, String method, TypeInfo type) {
        List<String> differences(Metadata metadata) {
            int id = metadata.runtime().apis().stream().filter(a -> a.name().equals(api))
                    .flatMap(a -> a.methods().stream())
                    .filter(m -> m.name().equals(method)).findAny().orElseThrow().output();
            return new TypeComparison(metadata.types()).differences(type, id);
        }
    }

    private static Answer output(String api, String method, TypeInfo type) {
        return new Answer(api, method, type);
    }
}
