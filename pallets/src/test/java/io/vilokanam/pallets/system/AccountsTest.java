package io.vilokanam.pallets.system;

import static io.vilokanam.pallets.SmallRuntime.ALICE;
import static io.vilokanam.pallets.SmallRuntime.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.fungible.AccountStore.Changed;
import io.vilokanam.pallets.InMemoryExternalities;
import io.vilokanam.pallets.SmallRuntime;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.scale.U128;
import io.vilokanam.testkit.SeededTest;

class AccountsTest {

    private final SmallRuntime runtime = new SmallRuntime().atBlockOne();
    private final InMemoryExternalities ext = runtime.ext;
    private final Accounts<U128> accounts = runtime.system.accounts();

    private static DispatchError errorOf(org.junit.jupiter.api.function.Executable work) {
        return assertThrows(DispatchException.class, work).error();
    }

    private long events() {
        return ext.get(runtime.scope.slotOf(runtime.system).scope().storage().stream()
                .filter(entry -> entry.item().equals("EventCount")).findFirst().orElseThrow().prefix().view())
                .map(count -> (long) count[0]).orElse(0L);
    }

    @Test
    void theFirstProviderCreatesAnAccountAndTheLastRemovesIt() throws DispatchException {
        accounts.incProviders(ext, ALICE);
        accounts.incProviders(ext, ALICE);
        assertEquals(2, accounts.providers(ext, ALICE));
        assertEquals(1, events(), "NewAccount once");
        accounts.decProviders(ext, ALICE);
        assertTrue(accounts.exists(ext, ALICE));
        accounts.decProviders(ext, ALICE);
        assertFalse(accounts.exists(ext, ALICE));
        assertEquals(2, events(), "and KilledAccount once");
    }

    @Test
    void theLastProviderStaysWhileSomebodyNeedsTheAccount() throws DispatchException {
        accounts.incProviders(ext, ALICE);
        accounts.incConsumers(ext, ALICE);
        assertFalse(accounts.canDecProvider(ext, ALICE));
        assertEquals(new DispatchError.ConsumerRemaining(), errorOf(() -> accounts.decProviders(ext, ALICE)));
        accounts.incProviders(ext, ALICE);
        assertTrue(accounts.canDecProvider(ext, ALICE));
        accounts.decProviders(ext, ALICE);
        accounts.decConsumers(ext, ALICE);
        accounts.decProviders(ext, ALICE);
        assertFalse(accounts.exists(ext, ALICE));
    }

    @Test
    void nobodyCanNeedAnAccountThatNobodyProvidesFor() {
        assertEquals(new DispatchError.NoProviders(), errorOf(() -> accounts.incConsumers(ext, BOB)));
        assertEquals(new DispatchError.NoProviders(), errorOf(() -> accounts.incConsumersWithoutLimit(ext, BOB)));
        accounts.incSufficients(ext, BOB);
        assertEquals(new DispatchError.NoProviders(), errorOf(() -> accounts.incConsumers(ext, BOB)));
        assertFalse(accounts.canIncConsumer(ext, BOB));
    }

    @Test
    void sixteenMayNeedAnAccountAndMoreOnlyBeyondTheLimit() throws DispatchException {
        accounts.incProviders(ext, ALICE);
        for (int i = 0; i < 16; i++) {
            assertTrue(accounts.canIncConsumer(ext, ALICE));
            accounts.incConsumers(ext, ALICE);
        }
        assertFalse(accounts.canIncConsumer(ext, ALICE));
        assertEquals(new DispatchError.TooManyConsumers(), errorOf(() -> accounts.incConsumers(ext, ALICE)));
        accounts.incConsumersWithoutLimit(ext, ALICE);
        assertEquals(17, accounts.consumers(ext, ALICE));
    }

    @Test
    void dataStaysOnlyInAccountsThatLive() throws DispatchException {
        Optional<U128> before = accounts.tryMutateExists(ext, ALICE,
                data -> new Changed<>(Optional.of(U128.of(7)), data));
        assertEquals(Optional.empty(), before);
        assertFalse(accounts.exists(ext, ALICE));
        accounts.tryMutateExists(ext, ALICE, data -> {
            accounts.incProviders(ext, ALICE);
            return new Changed<>(Optional.of(U128.of(7)), data);
        });
        assertEquals(U128.of(7), accounts.get(ext, ALICE));
        assertEquals(1, accounts.providers(ext, ALICE), "what the change counted is kept");
    }

    @Test
    void aChangeThatFailsStoresNothing() throws DispatchException {
        runtime.endow(ALICE, 5);
        errorOf(() -> accounts.tryMutateExists(ext, ALICE, _ -> {
            throw new DispatchException(new DispatchError.Exhausted());
        }));
        assertEquals(U128.of(5), accounts.get(ext, ALICE));
    }

    @Test
    void noncesCountUpAndKeepTheRest() throws DispatchException {
        runtime.endow(ALICE, 5);
        accounts.incNonce(ext, ALICE);
        accounts.incNonce(ext, ALICE);
        assertEquals(new AccountInfo<>(2, 0, 1, 0, U128.of(5)), accounts.info(ext, ALICE));
    }

    /** An account exists exactly while something lets it live, and never loses its last provider to its consumers. */
    @SeededTest(runs = 50)
    void accountsLiveWhileSomethingLetsThem(long seed) throws DispatchException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int step = 0; step < 200; step++) {
            AccountInfo<U128> before = accounts.info(ext, ALICE);
            switch (random.nextInt(6)) {
                case 0 -> accounts.incProviders(ext, ALICE);
                case 1 -> accounts.incSufficients(ext, ALICE);
                case 2 -> accounts.decSufficients(ext, ALICE);
                case 3 -> {
                    if (accounts.canIncConsumer(ext, ALICE)) {
                        accounts.incConsumers(ext, ALICE);
                    }
                }
                case 4 -> {
                    if (before.consumers() > 0) {
                        accounts.decConsumers(ext, ALICE);
                    }
                }
                default -> {
                    if (before.providers() > 0 && accounts.canDecProvider(ext, ALICE)) {
                        accounts.decProviders(ext, ALICE);
                    }
                }
            }
            AccountInfo<U128> info = accounts.info(ext, ALICE);
            assertEquals(accounts.exists(ext, ALICE), info.providers() + info.sufficients() > 0);
            assertTrue(info.consumers() == 0 || info.providers() > 0);
        }
    }
}
