package io.vilokanam.pallets.tickstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import io.vilokanam.scale.U128;

/** What the pallet does in the first block of a new runtime on a chain that has it already. */
class UpgradeTest {

    @Test
    void aChainThatHasThePalletIsLeftAlone() {
        TickChain chain = new TickChain();
        U128 issuance = chain.balances.currency().totalIssuance(chain.ext);
        chain.ticks.onRuntimeUpgrade(chain.ext);
        assertEquals(issuance, chain.balances.currency().totalIssuance(chain.ext));
        assertEquals(U128.of(TickChain.EXISTENTIAL_DEPOSIT),
                chain.balances.currency().balance(chain.ext, TickChain.POT));
    }
}
