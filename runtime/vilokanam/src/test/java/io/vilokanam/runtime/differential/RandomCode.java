package io.vilokanam.runtime.differential;

import java.util.List;
import java.util.SplittableRandom;

import io.vilokanam.api.Hashing;
import io.vilokanam.host.call.HostHashing;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.runtime.VilokanamRuntime;
import io.vilokanam.runtime.code.TrappingModule;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.Refchain;

/** Codes to be set: the chain's own, garbage, other chains', older and newer ones. */
final class RandomCode {

    private static final Hashing HASHING = new HostHashing();
    private static final Bytes OF_100 = Bytes.wrap(Refchain.file("runtime.wasm"));
    private static final Bytes OF_110 = Bytes.wrap(Refchain.file("full/runtime.wasm"));

    private final SplittableRandom random;
    private final Bytes own;
    private final List<Bytes> refused;
    private final List<Bytes> newer;

    RandomCode(SplittableRandom random, VilokanamRuntime runtime) {
        this.random = random;
        this.own = runtime.pallets().townHall().isPresent() ? OF_110 : OF_100;
        String name = runtime.version().specName();
        long version = runtime.version().specVersion();
        this.refused = List.of(own, module(runtime, name, version - 1), module(runtime, name, version), OF_100,
                module(runtime, "other", 200), module(runtime, "", 0), Bytes.EMPTY, Bytes.ascii("no code"),
                Bytes.fromHex("0x0061736d01000000"), Bytes.fromHex("0x52bc537646db8e0500"));
        this.newer = List.of(module(runtime, name, version + 1), module(runtime, name, 0xffff_ffffL));
    }

    private static Bytes module(VilokanamRuntime runtime, String name, long version) {
        RuntimeVersion own = runtime.version();
        return Bytes.wrap(TrappingModule.of(new RuntimeVersion(name, own.implName(), own.authoringVersion(), version,
                own.implVersion(), own.apis(), own.transactionVersion(), own.systemVersion()), runtime.apis()));
    }

    /**
     * The code that the chain has already: the only one that may take its place within a chain. The judge runs a new code from
     * the next call on, in the middle of a block; a node runs what stands in the state of the block's parent to its end.
     */
    Bytes own() {
        return own;
    }

    /** A code that no checked upgrade takes. */
    Bytes refused() {
        return refused.get(random.nextInt(refused.size()));
    }

    /** Any code; where it is taken the chain is over for the stock runtime. */
    Bytes any() {
        return random.nextBoolean() ? newer.get(random.nextInt(newer.size())) : refused();
    }

    /** The hash of a code that may then be brought. */
    Hash authorised() {
        return Hash.wrap(random.nextInt(10) == 0 ? new byte[32] : HASHING.blake2b256(refused().view()));
    }

    static Hash hash(Bytes code) {
        return Hash.wrap(HASHING.blake2b256(code.view()));
    }
}
