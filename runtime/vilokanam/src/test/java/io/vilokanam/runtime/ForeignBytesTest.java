package io.vilokanam.runtime;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.api.StateVersion;
import io.vilokanam.frame.runtimeapi.ApiMethod.Parameter;
import io.vilokanam.host.call.HostExternalities;
import io.vilokanam.host.call.HostServices;
import io.vilokanam.host.call.SignatureBatches;
import io.vilokanam.host.state.StorageOverlay;
import io.vilokanam.runtime.differential.RandomValues;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.testkit.Fuzz;

/** What strangers hand to the runtime: extrinsics and API arguments decode to a value or a {@link ScaleException}. */
class ForeignBytesTest {

    private static final int VALUES = 8;
    /** So many decoders share the time of one. */
    private static final int ARGUMENTS_SHARE = 8;

    private final VilokanamRuntime runtime = NativeRuntimes.ofVersion(101);

    /** A panic is no way to refuse an extrinsic that does not decode. */
    @Test
    void extrinsics() {
        byte[] length = new byte[4];
        HostExternalities ext = new HostExternalities(
                new StorageOverlay(RecordedGenesis.state("dev.raw.json"), StateVersion.V1),
                HostServices.onChain(SignatureBatches.onCallingThread(new SecureRandom()), (target, message) -> {}));
        Fuzz.decoder("extrinsic").declares(RuntimeTrap.class, input -> {
            byte[] arguments = java.util.Arrays.copyOf(input, input.length + length.length);
            try {
                runtime.call("TransactionPaymentApi_query_info", arguments, ext);
            } catch (RuntimeTrap trap) {
                assertNotEquals(RuntimeTrap.Reason.PANIC, trap.reason(), trap.getMessage());
                throw trap;
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> argumentsOfAllApis() {
        return runtime.apis().stream().flatMap(api -> api.methods().stream())
                .flatMap(method -> method.parameters().stream())
                .map(Parameter::codec).distinct().filter(codec -> !codec.type().path().contains("UncheckedExtrinsic"))
                .map(codec -> dynamicTest(codec.type().key(), () -> {
                    Fuzz fuzz = Fuzz.decoder("argument").oneOf(ARGUMENTS_SHARE);
                    RandomValues values = new RandomValues(new SplittableRandom(codec.type().key().hashCode()));
                    for (int i = 0; i < VALUES; i++) {
                        fuzz.with(values.of(codec.type()));
                    }
                    fuzz.declares(ScaleException.class, input -> codec.decode(new ScaleInput(input)));
                }));
    }

    @Test
    void calls() {
        var codec = runtime.pallets().runtime().codec();
        Fuzz fuzz = Fuzz.decoder("call");
        RandomValues values = new RandomValues(new SplittableRandom(1));
        for (int i = 0; i < VALUES * VALUES; i++) {
            fuzz.with(values.of(codec.type()));
        }
        fuzz.declares(ScaleException.class, codec::decodeAll);
    }
}
