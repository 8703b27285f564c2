package io.vilokanam.runtime.differential;

import java.util.List;
import java.util.SplittableRandom;

import io.vilokanam.frame.runtimeapi.ApiMethod;
import io.vilokanam.frame.runtimeapi.RuntimeApi;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.runtime.VilokanamRuntime;
import io.vilokanam.runtime.differential.TwoRuntimes.Step;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;

/** Calls of all runtime APIs with arguments of their types, extrinsics and blocks among them, and with broken ones. */
final class RandomQueries {

    private static final String EXTRINSIC = "UncheckedExtrinsic";
    private static final String INHERENT = "timstap0";

    private final SplittableRandom random;
    private final RandomValues values;
    private final RandomExtrinsics extrinsics;
    private final List<RuntimeApi> apis;
    private long number;

    RandomQueries(SplittableRandom random, VilokanamRuntime runtime, RandomExtrinsics extrinsics) {
        this.random = random;
        this.values = new RandomValues(random);
        this.extrinsics = extrinsics;
        this.apis = runtime.apis();
    }

    void at(long blockNumber) {
        number = blockNumber;
    }

    Step next() {
        RuntimeApi api = random.nextInt(12) == 0 ? apis.getLast() : apis.get(random.nextInt(apis.size()));
        ApiMethod method = api.methods().get(random.nextInt(api.methods().size()));
        if (method.name().equals("metadata_at_version")) {
            byte[] version = new ScaleOutput().u32(versionOfMetadata()).toByteArray();
            return new Step("Metadata_metadata_at_version", random.nextInt(6) == 0 ? values.broken(version) : version,
                    false);
        }
        ScaleOutput out = new ScaleOutput();
        method.parameters().forEach(parameter -> write(parameter.codec().type(), out));
        byte[] arguments = random.nextInt(8) == 0 ? values.broken(out.toByteArray()) : out.toByteArray();
        return new Step(api.name() + "_" + method.name(), arguments, false);
    }

    /** Listed and not, beside the edges of both; metadata itself is compared without its texts. */
    private long versionOfMetadata() {
        return switch (random.nextInt(4)) {
            case 0 -> 12 + random.nextInt(8);
            case 1 -> 0xffff_ffffL - random.nextInt(3);
            case 2 -> values.number(32);
            default -> random.nextInt(14);
        };
    }

    private void write(TypeInfo type, ScaleOutput out) {
        String name = type.path().isEmpty() ? "" : type.path().getLast();
        switch (name) {
            case EXTRINSIC -> out.raw(extrinsics.next());
            case "Block" -> block(out);
            case "Header" -> Header.CODEC.encode(header(), out);
            case "InherentData" -> inherentData(out);
            case "RuntimeCall" -> out.raw(extrinsics.calls().encoded());
            default -> {
                if (type.definition().get() instanceof TypeDefinition.Sequence(TypeInfo element)
                        && element.definition().get() == TypeDefinition.Primitive.U8) {
                    out.bytes(RandomConfigs.next(random));
                } else {
                    out.raw(values.of(type));
                }
            }
        }
    }

    private void block(ScaleOutput out) {
        Header.CODEC.encode(header(), out);
        int count = random.nextInt(4);
        out.compact(count);
        for (int i = 0; i < count; i++) {
            out.raw(i == 0 && random.nextInt(4) != 0 ? timestamp(moment()) : extrinsics.next());
        }
    }

    static byte[] timestamp(long moment) {
        byte[] call = new ScaleOutput().u8(5).u8(1).u8(0).compact(moment).toByteArray();
        return new ScaleOutput().bytes(call).toByteArray();
    }

    private Header header() {
        long slot = RandomChain.FIRST_SLOT + number + random.nextInt(3);
        DigestItem preRuntime = new DigestItem.PreRuntime(DigestItem.AURA, new ScaleOutput().u64(slot).toBytes());
        return new Header(Hash.wrap(values.bytes(32)), random.nextInt(4) == 0 ? values.number(32) : number, Hash.ZERO,
                Hash.ZERO,
                new Digest(List.of(preRuntime)));
    }

    /** Around the block's time: a little too early, a little too late. */
    private long moment() {
        return (RandomChain.FIRST_SLOT + number) * RandomChain.SLOT_MILLIS + random.nextInt(80_000) - 40_000;
    }

    private void inherentData(ScaleOutput out) {
        int count = random.nextInt(3);
        out.compact(count);
        for (int i = 0; i < count; i++) {
            out.raw(Bytes.ascii(i == 0 ? INHERENT : "other00" + i).view());
            out.bytes(random.nextInt(6) == 0 ? values.bytes(random.nextInt(10))
                    : new ScaleOutput().u64(moment()).toByteArray());
        }
    }
}
