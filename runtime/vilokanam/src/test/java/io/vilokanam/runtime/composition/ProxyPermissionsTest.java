package io.vilokanam.runtime.composition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.pallets.system.SystemCall;
import io.vilokanam.pallets.tickstream.StreamRules;
import io.vilokanam.pallets.tickstream.TickStreamCall;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.runtime.NativeRuntimes;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.U128;

/** What the proxies of creators may do in composition 111. */
class ProxyPermissionsTest {

    private static final int NON_TRANSFER = 1;
    private static final int STREAM_MANAGER = 4;
    private static final int PAYOUT = 5;
    private static final Entry ENTRY = new Entry(0, 1, Bytes.wrap(new byte[32]), Optional.empty());

    private final Pallets pallets = NativeRuntimes.ofVersion(111).pallets();
    private final ProxyPermissions permissions = new ProxyPermissions("vilokanam_runtime", true);

    private List<String> allowed(int kind) {
        List<TickStreamCall> calls = List.of(
                new TickStreamCall.CreateStream(U128.ONE, List.of(), 0, Bytes.EMPTY), new TickStreamCall.Claim(ENTRY),
                new TickStreamCall.CloseWithWord(ENTRY), new TickStreamCall.PayAccrued(AccountId.ZERO),
                new TickStreamCall.RequestClose(0), new TickStreamCall.Tip(0, U128.ONE),
                new TickStreamCall.SetPlatform(AccountId.ZERO, new Permill(1)));
        List<RuntimeCall> all = new ArrayList<>();
        calls.forEach(call -> all.add(pallets.runtime().call(pallets.tickStream().orElseThrow(), call)));
        all.add(pallets.runtime().call(pallets.streamRules().orElseThrow(),
                new StreamRules.Call.PayHeld(AccountId.ZERO)));
        all.add(pallets.runtime().call(pallets.system(), new SystemCall.Remark(Bytes.EMPTY)));
        return all.stream().filter(call -> permissions.allows(kind, call))
                .map(call -> call.call().getClass().getSimpleName()).toList();
    }

    @Test
    void aStreamManagerLooksAfterStreamsAndNothingElse() {
        assertEquals(List.of("CreateStream"), allowed(STREAM_MANAGER));
    }

    @Test
    void aPayoutProxyBringsPayeesTheirMoneyAndNothingElse() {
        assertEquals(List.of("Claim", "CloseWithWord", "PayAccrued", "PayHeld"), allowed(PAYOUT));
    }

    @Test
    void whoMayMoveNoMoneyMayNotSpendItOnStreams() {
        assertEquals(List.of("CreateStream", "Claim", "CloseWithWord", "PayAccrued", "RequestClose", "SetPlatform",
                "PayHeld", "Remark"), allowed(NON_TRANSFER));
    }

    @Test
    void chainsWithoutStreamsDoNotKnowTheirProxies() {
        ProxyPermissions without = new ProxyPermissions("vilokanam_runtime", false);
        assertThrows(ScaleException.class, () -> without.codec().decodeAll(new byte[]{STREAM_MANAGER}));
        assertArrayEquals(new byte[]{PAYOUT}, permissions.codec().encode(PAYOUT));
    }
}
