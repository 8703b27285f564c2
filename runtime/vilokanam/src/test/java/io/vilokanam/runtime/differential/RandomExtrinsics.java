package io.vilokanam.runtime.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import io.vilokanam.api.Externalities;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.extrinsic.Era;
import io.vilokanam.primitives.extrinsic.SigningPayload;
import io.vilokanam.runtime.VilokanamRuntime;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** Extrinsics, length in front: signed by all three schemes, general, bare; right ones, wrong ones, repeated ones, broken ones. */
final class RandomExtrinsics {

    private static final int SIGNED_V4 = 0x84;
    private static final int GENERAL_V5 = 0x45;
    private static final int REMEMBERED_MAX = 50;

    private final SplittableRandom random;
    private final RandomValues values;
    private final VilokanamRuntime runtime;
    private final Actors actors;
    private final RandomCalls calls;
    private final List<Hash> hashes;
    private final List<byte[]> remembered = new ArrayList<>();
    private Externalities ext;
    private long number;

    /** @param hashes of the blocks so far, by number */
    RandomExtrinsics(SplittableRandom random, VilokanamRuntime runtime, List<Hash> hashes) {
        this(random, runtime, hashes, List.of());
    }

    /** @param sources of calls beside those of the eight pallets */
    RandomExtrinsics(SplittableRandom random, VilokanamRuntime runtime, List<Hash> hashes, List<CallSource> sources) {
        this.random = random;
        this.values = new RandomValues(random);
        this.runtime = runtime;
        this.actors = new Actors(random);
        this.calls = new RandomCalls(random, runtime, actors, sources);
        this.hashes = hashes;
    }

    RandomCalls calls() {
        return calls;
    }

    void at(Externalities blockState, long blockNumber) {
        ext = blockState;
        number = blockNumber;
        calls.at(blockState, blockNumber);
    }

    byte[] next() {
        byte[] extrinsic = switch (random.nextInt(40)) {
            case 0, 1 -> general(calls.next());
            case 2 -> bare(calls.next());
            case 3 -> values.broken(signed(actors.signer(), calls.next(), random.nextInt(30)));
            case 4 -> withLength(values.broken(withoutLength(signed(actors.signer(), calls.next(), -1))));
            case 5 -> remembered.isEmpty() ? bare(calls.next()) : remembered.get(random.nextInt(remembered.size()));
            default -> {
                RuntimeCall call = calls.next();
                yield signed(calls.signerOf(call), call, random.nextInt(60));
            }
        };
        if (extrinsic.length < 2_000 && remembered.size() < REMEMBERED_MAX) {
            remembered.add(extrinsic);
        }
        return extrinsic;
    }

    /** Of //Alice, without fault. */
    byte[] proper(RuntimeCall call) {
        return signed(Actors.alice(), call, -1);
    }

    /** What a story tells, without fault. */
    byte[] of(World.Act act) {
        return signed(act.signer(), calls.made(act.call()), -1);
    }

    private byte[] encoded(RuntimeCall call) {
        return runtime.pallets().runtime().codec().encode(call);
    }

    private byte[] bare(RuntimeCall call) {
        return withLength(new ScaleOutput().u8(random.nextInt(8) == 0 ? random.nextInt(256) : 4 + random.nextInt(2))
                .raw(encoded(call)).toByteArray());
    }

    private byte[] general(RuntimeCall call) {
        ScaleOutput out = new ScaleOutput().u8(GENERAL_V5).u8(random.nextInt(6) == 0 ? random.nextInt(3) : 0);
        Era.CODEC.encode(era(-1), out);
        out.compact(random.nextInt(5)).compact(0).u8(random.nextInt(8) == 0 ? 1 : 0);
        return withLength(out.raw(encoded(call)).toByteArray());
    }

    private Era era(int fault) {
        if (fault == 6) { // at the edge of its life, and past it
            long period = 4L << random.nextInt(3);
            return Era.mortal(period, Math.max(0, number - period + random.nextInt(3) - 1));
        }
        return switch (random.nextInt(4)) {
            case 0, 1 -> Era.IMMORTAL;
            case 2 -> Era.mortal(1L << 2 + random.nextInt(15), Math.max(0, number - 1 - random.nextInt(3)));
            default -> Era.mortal(64, number - 1);
        };
    }

    private static byte[] withLength(byte[] content) {
        return new ScaleOutput().bytes(content).toByteArray();
    }

    private static byte[] withoutLength(byte[] extrinsic) {
        int size = extrinsic[0] & 3;
        int prefix = size == 0 ? 1 : size == 1 ? 2 : size == 2 ? 4 : 5;
        return java.util.Arrays.copyOfRange(extrinsic, prefix, extrinsic.length);
    }

    /** @param fault which thing is wrong, if there is one of this number */
    private byte[] signed(Actors.Signer signer, RuntimeCall runtimeCall, int fault) {
        byte[] call = encoded(runtimeCall);
        long nonce = runtime.pallets().system().accounts().nonce(ext, signer.id());
        long usedNonce = fault == 0 ? nonce + 1
                : fault == 1 && nonce > 0 ? nonce - 1 : fault == 7 ? values.number(32) : nonce;
        Era era = era(fault);
        U128 tip = fault == 2 ? U128.MAX : fault == 8 ? U128.of(1L << 62)
                : random.nextInt(5) == 0 ? U128.of(random.nextLong(1L << 40)) : U128.ZERO;
        int mode = fault == 9 ? 1 : fault == 10 ? 2 : 0;
        ScaleOutput extra = new ScaleOutput();
        Era.CODEC.encode(era, extra);
        extra.compact(usedNonce).compact(tip).u8(mode);
        long birth = era.birth(number - 1);
        Hash genesis = hashes.getFirst();
        Hash birthHash = era.equals(Era.IMMORTAL) ? genesis : hashes.get((int) Math.min(birth, hashes.size() - 1L));
        ScaleOutput implied = new ScaleOutput().u32(fault == 3 ? 99 : runtime.version().specVersion())
                .u32(fault == 11 ? 2 : 1)
                .raw((fault == 12 ? Hash.ZERO : genesis).bytes().view()).raw(birthHash.bytes().view());
        implied.raw(mode == 0 ? new byte[1] : new ScaleOutput().u8(1).raw(new byte[32]).toByteArray());
        byte[] message = new SigningPayload(call, extra.toByteArray(), implied.toByteArray()).message(Blake2b::hash256);
        byte[] signature = signer.keys().sign(message);
        if (fault == 4 || fault == 13) {
            signature[random.nextInt(signature.length)] ^= (byte) (1 << random.nextInt(8));
        }
        int scheme = fault == 5 ? random.nextInt(4) : signer.scheme().index();
        byte[] fitting = java.util.Arrays.copyOf(signature, scheme == Scheme.ECDSA.index() ? 65 : 64);
        ScaleOutput out = new ScaleOutput().u8(SIGNED_V4);
        MultiAddress.CODEC.encode(fault == 14 ? actors.address() : MultiAddress.of(signer.id()), out);
        return withLength(out.u8(scheme).raw(fitting).raw(extra.toByteArray()).raw(call).toByteArray());
    }
}
