package io.vilokanam.pallets.tickstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.SessionStatus;
import io.vilokanam.primitives.tickstream.Terms;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** What the pallet does in the first block of a new runtime on a chain that has it already. */
class UpgradeTest {

    /** What a chain of the layout before 1 held stays as it was written: here the bytes of a session of that time. */
    @Test
    void aSessionThatIsOpenOverTheUpgradeGoesOn() throws Exception {
        TickChain chain = new TickChain();
        Words words = new Words(1, 100);
        long session = chain.open(TickChain.VIEWER, chain.createStream(), 5_000, words);
        chain.watch(20).settle(words.entry(session, 7));
        Bytes key = chain.under("Sessions").keySet().iterator().next();
        byte[] former = formerBytes(chain.sessionNow(session));
        assertEquals(Bytes.wrap(former), Bytes.wrap(chain.ext.state().get(key)));
        chain.ext.delete(versionKey(chain));
        chain.ticks.onRuntimeUpgrade(chain.ext);
        assertEquals(1, Codecs.U16.decodeAll(chain.ext.get(versionKey(chain)).orElseThrow()));
        chain.nextBlock().settle(words.entry(session, 20));
        chain.ok(TickChain.VIEWER, new TickStreamCall.RequestClose(session));
        chain.toBlock(chain.number() + TickChain.CHALLENGE);
        assertEquals(TickChain.ENDOWMENT - 2_000, chain.free(TickChain.VIEWER));
        assertEquals(List.of(), chain.ticks.tryState(chain.ext));
    }

    private static byte[] versionKey(TickChain chain) {
        return new ScaleOutput().raw(chain.ext.twox128(Bytes.ascii("TickStream").view()))
                .raw(chain.ext.twox128(Bytes.ascii(":__STORAGE_VERSION__:").view())).toByteArray();
    }

    /** A session as layout 0 wrote it. */
    private static byte[] formerBytes(Session session) {
        Terms terms = session.terms();
        ScaleOutput out = new ScaleOutput().u64(terms.stream()).raw(terms.viewer().bytes().view())
                .compact(terms.rate()).u32(terms.fee().parts()).compact(terms.freeTicks()).compact(terms.maxTicks())
                .raw(terms.salt().view()).raw(terms.closeHash().view()).raw(terms.sessionKey().bytes().view())
                .u64(terms.openedAt());
        out.raw(session.anchor().view()).compact(session.settledTicks()).compact(session.charged())
                .compact(session.feeTaken()).compact(session.escrow());
        return out.u8(0).u32(((SessionStatus.Open) session.status()).expiresAt()).toByteArray();
    }

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
