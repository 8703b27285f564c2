package io.vilokanam.consensus.grandpa.authorities;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.MemoryChain;
import io.vilokanam.consensus.grandpa.Authority;
import io.vilokanam.consensus.grandpa.GrandpaLog;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.SeededTest;

class AuthoritySetTest {

    private static final BlockRef GENESIS = new BlockRef(Hash.ZERO, 0);
    private static final List<Authority> FIRST = authorities(1);

    private final MemoryChain chain = new MemoryChain(GENESIS);
    private AuthoritySet set = AuthoritySet.genesis(FIRST).orElseThrow();

    private static List<Authority> authorities(int... ids) {
        List<Authority> authorities = new ArrayList<>();
        for (int id : ids) {
            byte[] key = new byte[PublicKey.SIZE];
            key[0] = (byte) id;
            authorities.add(new Authority(PublicKey.wrap(key), 1));
        }
        return authorities;
    }

    private static Header header(BlockRef parent, int fork, GrandpaLog... logs) {
        byte[] root = new byte[Hash.SIZE];
        root[0] = (byte) fork;
        List<DigestItem> items = new ArrayList<>();
        for (GrandpaLog log : logs) {
            items.add(new DigestItem.Consensus(DigestItem.GRANDPA, Bytes.wrap(GrandpaLog.CODEC.encode(log))));
        }
        return new Header(parent.hash(), parent.number() + 1, Hash.wrap(root), Hash.ZERO, new Digest(items));
    }

    private AuthoritySet.Imported importBlock(Header header) throws SetChangeException {
        var imported = set.importing(header, chain);
        set = imported.set();
        chain.add(header);
        return imported;
    }

    private BlockRef grow(BlockRef parent, int fork, GrandpaLog... logs) throws SetChangeException {
        Header header = header(parent, fork, logs);
        importBlock(header);
        return BlockRef.of(header);
    }

    private BlockRef grow(BlockRef parent, int count) throws SetChangeException {
        BlockRef at = parent;
        for (int i = 0; i < count; i++) {
            at = grow(at, 0, new GrandpaLog[0]);
        }
        return at;
    }

    private AuthoritySet.Finalized finalizeBlock(BlockRef block) throws SetChangeException {
        var finalized = set.finalizing(block, chain);
        set = finalized.set();
        return finalized;
    }

    private static GrandpaLog scheduled(int id, long delay) {
        return new GrandpaLog.ScheduledChange(authorities(id), delay);
    }

    private static SetChangeException.Rule broken(SetChangeException e) {
        return e.rule();
    }

    @Test
    void aSetNeedsAuthoritiesWithWeight() {
        assertTrue(AuthoritySet.genesis(List.of()).isEmpty());
        assertTrue(AuthoritySet.genesis(List.of(new Authority(FIRST.getFirst().id(), 0))).isEmpty());
        var header = header(GENESIS, 0, new GrandpaLog.ScheduledChange(List.of(), 0));
        assertEquals(SetChangeException.Rule.INVALID_AUTHORITIES,
                broken(assertThrows(SetChangeException.class, () -> importBlock(header))));
    }

    @Test
    void aScheduledChangeTakesEffectWhenTheBlockAtTheEndOfItsDelayIsFinal() throws SetChangeException {
        BlockRef signal = grow(GENESIS, 0, scheduled(2, 2));
        assertEquals(Optional.of(3L), set.voteLimit(0));
        BlockRef two = grow(signal, 1);
        var three = importBlock(header(two, 0));
        assertEquals(new AuthoritySet.Effect.Scheduled(true), three.effect());
        assertTrue(three.needsJustification());
        assertEquals(Optional.empty(), finalizeBlock(two).newSet());
        var done = finalizeBlock(chain.best());
        assertEquals(authorities(2), done.newSet().orElseThrow().authorities());
        assertEquals(1, set.setId());
        assertEquals(List.of(new SetHistory.Ended(0, 3)), set.history().sets());
        assertEquals(Optional.empty(), set.voteLimit(0));
    }

    @Test
    void theChangeOfAnAbandonedBranchIsForgotten() throws SetChangeException {
        BlockRef one = grow(GENESIS, 1);
        grow(one, 1, scheduled(2, 5));
        BlockRef ours = grow(one, 2, scheduled(3, 1));
        assertEquals(2, set.pending().size());
        assertEquals(Optional.of(ours), set.nextChange(grow(ours, 1).hash(), chain));
        var finalized = finalizeBlock(ours);
        assertTrue(finalized.isChanged());
        assertEquals(Optional.empty(), finalized.newSet());
        assertEquals(List.of(ours), set.pending().stream().map(PendingChange::signalledAt).toList());
    }

    @Test
    void changesOfOneBranchAreFinalisedOneByOne() throws SetChangeException {
        BlockRef first = grow(GENESIS, 0, scheduled(2, 1));
        BlockRef second = grow(grow(first, 1), 0, scheduled(3, 0));
        assertEquals(Optional.of(false), set.enactsScheduledChange(second, chain));
        assertEquals(SetChangeException.Rule.UNFINALIZED_CHANGE,
                broken(assertThrows(SetChangeException.class, () -> finalizeBlock(second))));
        assertEquals(0, set.setId());
        finalizeBlock(new BlockRef(chain.header(second.hash()).orElseThrow().parentHash(), 2));
        assertEquals(1, set.setId());
        finalizeBlock(second);
        assertEquals(2, set.setId());
        assertEquals(authorities(3), set.authorities());
    }

    @Test
    void aForcedChangeTakesEffectAtImportAndDropsAllElse() throws SetChangeException {
        BlockRef scheduledAt = grow(GENESIS, 0, scheduled(2, 9));
        var announcing = importBlock(header(scheduledAt, 0, new GrandpaLog.ForcedChange(0, authorities(3), 1)));
        assertTrue(announcing.isPaused());
        assertInstanceOf(AuthoritySet.Effect.None.class, announcing.effect());
        var enacting = importBlock(header(chain.best(), 0));
        var forced = assertInstanceOf(AuthoritySet.Effect.Forced.class, enacting.effect());
        assertEquals(new AuthoritySet.NewSet(1, authorities(3)), forced.newSet());
        assertEquals(List.of(), set.pending());
        assertEquals(List.of(new SetHistory.Ended(0, 0)), set.history().sets());
    }

    @Test
    void aForcedChangeWaitsForTheScheduledOneBeforeItsMedian() throws SetChangeException {
        BlockRef signal = grow(GENESIS, 0, scheduled(2, 1));
        BlockRef three = grow(signal, 2);
        BlockRef forced = grow(three, 0, new GrandpaLog.ForcedChange(2, authorities(3), 1));
        var enacting = header(forced, 0);
        assertEquals(SetChangeException.Rule.FORCED_CHANGE_TOO_EARLY,
                broken(assertThrows(SetChangeException.class, () -> importBlock(enacting))));
        finalizeBlock(new BlockRef(chain.header(three.hash()).orElseThrow().parentHash(), 2));
        assertEquals(1, set.setId());
        importBlock(enacting);
        assertEquals(2, set.setId());
        assertEquals(authorities(3), set.authorities());
    }

    @Test
    void aBranchHasOneForcedChangeAtATime() throws SetChangeException {
        BlockRef one = grow(GENESIS, 0, new GrandpaLog.ForcedChange(0, authorities(3), 9));
        var again = header(one, 0, new GrandpaLog.ForcedChange(0, authorities(4), 9));
        assertEquals(SetChangeException.Rule.SEVERAL_FORCED_CHANGES,
                broken(assertThrows(SetChangeException.class, () -> importBlock(again))));
        grow(GENESIS, 1, new GrandpaLog.ForcedChange(0, authorities(5), 9));
        assertEquals(2, set.pending().size());
    }

    @Test
    void aBlockThatAnnouncesBothForcesTheChange() throws SetChangeException {
        BlockRef block = grow(GENESIS, 0, scheduled(2, 9), new GrandpaLog.ForcedChange(0, authorities(3), 9));
        assertEquals(new PendingChange(authorities(3), 9, block, new PendingChange.Trigger.Depth(0)),
                set.pending().getFirst());
    }

    @Test
    void goingBackForgetsWhatWasAnnouncedBehind() throws SetChangeException {
        BlockRef one = grow(GENESIS, 0, scheduled(2, 9));
        grow(grow(one, 3), 0, scheduled(3, 9));
        assertEquals(2, set.pending().size());
        assertEquals(1, set.reverted(one, chain).pending().size());
        assertEquals(0, set.reverted(GENESIS, chain).pending().size());
    }

    @Test
    void theHistoryKnowsWhichSetABlockBelongsTo() {
        var history = SetHistory.NONE.plus(0, 10).plus(1, 20);
        assertEquals(new SetHistory.Membership.Past(new SetHistory.Ended(0, 10)), history.setOf(10));
        assertEquals(new SetHistory.Membership.Past(new SetHistory.Ended(1, 20)), history.setOf(11));
        assertEquals(new SetHistory.Membership.Latest(), history.setOf(21));
        assertEquals(new SetHistory.Membership.Unknown(), SetHistory.NONE.setOf(5));
        var gap = SetHistory.NONE.plus(4, 41);
        assertEquals(new SetHistory.Membership.Unknown(), gap.setOf(41));
        assertEquals(Optional.empty(), gap.endedAfter(7));
        assertEquals(List.of(new SetHistory.Ended(1, 20)), history.endedAfter(10).orElseThrow());
        assertEquals(List.of(), history.endedAfter(20).orElseThrow());
    }

    @Test
    void oldSetsAreFilledInFromTheStart() {
        var late = SetHistory.NONE.plus(2, 30);
        var filled = late.inserted(10).flatMap(history -> history.inserted(20)).orElseThrow();
        assertEquals(List.of(new SetHistory.Ended(0, 10), new SetHistory.Ended(1, 20), new SetHistory.Ended(2, 30)),
                filled.sets());
        assertEquals(Optional.empty(), filled.inserted(25));
    }

    /** Whatever is announced where, the stored form reads back, and no finality passes over two changes of a branch. */
    @SeededTest(runs = 200)
    void anyForestReadsBack(long seed) throws Exception {
        var random = new Random(seed);
        List<BlockRef> blocks = new ArrayList<>(List.of(GENESIS));
        BlockRef finalized = GENESIS;
        for (int i = 0; i < 40; i++) {
            BlockRef parent = blocks.get(blocks.size() - 1 - random.nextInt(Math.min(blocks.size(), 4)));
            boolean announces = random.nextInt(4) == 0;
            Header header = announces ? header(parent, i, scheduled(2 + i, random.nextInt(4))) : header(parent, i);
            if (!chain.isEqualOrDescendant(finalized.hash(), parent.hash())) {
                continue;
            }
            long id = set.setId();
            try {
                importBlock(header);
            } catch (SetChangeException refused) {
                assertEquals(SetChangeException.Rule.UNFINALIZED_CHANGE, refused.rule());
                continue;
            }
            blocks.add(BlockRef.of(header));
            if (random.nextInt(5) == 0) {
                BlockRef target = chain.ancestorAt(BlockRef.of(header),
                        finalized.number() + 1 + random.nextLong(header.number() - finalized.number())).orElseThrow();
                try {
                    finalizeBlock(target);
                    finalized = target;
                    assertTrue(set.setId() <= id + 1);
                } catch (SetChangeException refused) {
                    assertEquals(SetChangeException.Rule.UNFINALIZED_CHANGE, refused.rule());
                    assertEquals(id, set.setId());
                }
            }
            byte[] stored = AuthoritySet.CODEC.encode(set);
            AuthoritySet read = AuthoritySet.CODEC.decodeAll(stored);
            assertEquals(Bytes.wrap(stored), Bytes.wrap(AuthoritySet.CODEC.encode(read)));
            assertEquals(Set.copyOf(set.pending()), Set.copyOf(read.pending()));
        }
    }
}
