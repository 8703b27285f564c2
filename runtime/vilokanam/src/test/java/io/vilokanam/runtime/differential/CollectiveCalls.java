package io.vilokanam.runtime.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.pallets.collective.Collective;
import io.vilokanam.pallets.collective.CollectiveCall;
import io.vilokanam.pallets.system.SystemCall;
import io.vilokanam.pallets.utility.Utility;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.Weight;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;

/** Motions of both collectives: proposed, voted on, closed early and late, dropped, by members and by others. */
final class CollectiveCalls implements CallSource {

    private static final Weight LARGE = new Weight(500_000_000_000L, 500_000);
    /** More than half of a block. */
    private static final Weight TOO_LARGE = new Weight(600_000_000_000L, 0);
    /** More proposals than may be voted on at a time. */
    private static final int TOO_MANY = 102;

    @Override
    public List<String> pallets() {
        return List.of("Council", "TechnicalCommittee");
    }

    private static Collective one(World world) {
        var councils = world.pallets().townHall().orElseThrow().councils();
        return world.oneIn(2) ? councils.technicalCommittee() : councils.council();
    }

    @Override
    public RuntimeCall call(World world, int depth) {
        Collective collective = one(world);
        SplittableRandom random = world.random();
        Map.Entry<Hash, Long> proposal = proposal(world, collective);
        return switch (random.nextInt(16)) {
            case 0 -> rooted(world, collective, setMembers(world));
            case 1 -> execute(world, collective, depth);
            case 2, 3, 4 -> propose(world, collective, depth);
            case 5, 6, 7, 8, 9 -> world.call(collective,
                    new CollectiveCall.Vote(proposal.getKey(), proposal.getValue(), random.nextInt(3) != 0));
            case 10 -> rooted(world, collective, new CollectiveCall.DisapproveProposal(proposal.getKey()));
            case 11, 12, 13 -> world.call(collective, close(random, proposal));
            case 14 -> rooted(world, collective, new CollectiveCall.Kill(proposal.getKey()));
            default -> world.call(collective, new CollectiveCall.ReleaseProposalCost(proposal.getKey()));
        };
    }

    private static RuntimeCall rooted(World world, Collective collective, CollectiveCall call) {
        return world.oneIn(3) ? world.call(collective, call) : world.byRoot(world.call(collective, call));
    }

    private static CollectiveCall setMembers(World world) {
        List<AccountId> members = new ArrayList<>();
        members.add(Actors.alice().id());
        for (int i = world.random().nextInt(6); i > 0; i--) {
            members.add(world.oneIn(5) ? world.actors().account() : world.actors().signer().id());
        }
        Optional<AccountId> prime = world.oneIn(3) ? Optional.empty()
                : Optional.of(world.oneIn(6) ? world.actors().account() : world.oneOf(members));
        return new CollectiveCall.SetMembers(members, prime, world.random().nextInt(8));
    }

    private static Map.Entry<Hash, Long> proposal(World world, Collective collective) {
        List<Map.Entry<Hash, Long>> present = collective.proposals(world.state());
        if (present.isEmpty() || world.oneIn(12)) {
            return Map.entry(Hash.ZERO, (long) world.random().nextInt(3));
        }
        Map.Entry<Hash, Long> some = world.oneOf(present);
        return world.oneIn(12) ? Map.entry(some.getKey(), some.getValue() + 1) : some;
    }

    private static CollectiveCall.Close close(SplittableRandom random, Map.Entry<Hash, Long> proposal) {
        Weight bound = random.nextInt(8) == 0 ? new Weight(1_000, 0) : LARGE;
        return new CollectiveCall.Close(proposal.getKey(), proposal.getValue(), bound,
                random.nextInt(8) == 0 ? random.nextInt(6) : 10_000);
    }

    private static RuntimeCall execute(World world, Collective collective, int depth) {
        return world.call(collective, new CollectiveCall.Execute(inner(world, depth), length(world)));
    }

    private static long length(World world) {
        return world.oneIn(8) ? world.random().nextInt(6) : 10_000;
    }

    private static RuntimeCall inner(World world, int depth) {
        if (world.oneIn(30)) {
            return world.call(world.pallets().utility(), new Utility.Call.WithWeight(
                    world.call(world.pallets().system(), new SystemCall.Remark(Bytes.EMPTY)), TOO_LARGE));
        }
        return depth > 3 || world.oneIn(2)
                ? world.call(world.pallets().system(),
                        new SystemCall.RemarkWithEvent(Bytes.ascii("r" + world.random().nextInt(1_000))))
                : world.anyCall(depth + 1);
    }

    private static RuntimeCall propose(World world, Collective collective, int depth) {
        return world.call(collective,
                new CollectiveCall.Propose(world.random().nextInt(5), inner(world, depth), length(world)));
    }

    /** Members are seated, one proposes, the others vote, somebody closes; of some the time is made to be over. */
    @Override
    public void story(World world) {
        Collective collective = one(world);
        List<Actors.Signer> seated = Actors.all().subList(0, 3 + world.random().nextInt(4));
        Optional<AccountId> prime = world.oneIn(2) ? Optional.of(world.oneOf(seated).id()) : Optional.empty();
        world.actByRoot(world.call(collective, new CollectiveCall.SetMembers(
                seated.stream().map(Actors.Signer::id).toList(), prime, 3)));
        world.act(world.oneOf(seated), world.call(collective,
                new CollectiveCall.Propose(2 + world.random().nextInt(4), inner(world, 1), 10_000)));
        if (world.oneIn(8)) {
            world.act(world.oneOf(seated), tooMany(world, collective));
        }
        world.later(1, then -> vote(then, collective, seated));
    }

    private static RuntimeCall tooMany(World world, Collective collective) {
        List<RuntimeCall> proposals = new ArrayList<>();
        for (int i = 0; i < TOO_MANY; i++) {
            RuntimeCall remark = world.call(world.pallets().system(), new SystemCall.Remark(Bytes.ascii("p" + i)));
            proposals.add(world.call(collective, new CollectiveCall.Propose(2, remark, 10_000)));
        }
        return world.call(world.pallets().utility(), new Utility.Call.ForceBatch(proposals));
    }

    private static void vote(World world, Collective collective, List<Actors.Signer> seated) {
        List<Map.Entry<Hash, Long>> present = collective.proposals(world.state());
        if (present.isEmpty()) {
            return;
        }
        Map.Entry<Hash, Long> proposal = present.getLast();
        for (Actors.Signer signer : seated) {
            if (!world.oneIn(3)) {
                world.act(signer, world.call(collective,
                        new CollectiveCall.Vote(proposal.getKey(), proposal.getValue(), !world.oneIn(3))));
            }
        }
        if (world.oneIn(2)) {
            endTheTimeOf(world, collective, proposal.getKey());
        }
        world.act(world.actors().signer(), world.call(collective, close(world.random(), proposal)));
    }

    /** Root sets the end of the vote, the last four bytes of what is stored of it, to this block. */
    private static void endTheTimeOf(World world, Collective collective, Hash proposal) {
        var entry = world.pallets().runtime().slotOf(collective).scope().storage().stream()
                .filter(each -> each.item().equals("Voting")).findFirst().orElseThrow();
        byte[] key = new ScaleOutput().raw(entry.prefix().view()).raw(proposal.bytes().view()).toByteArray();
        byte[] stored = world.state().get(key).orElseThrow();
        Bytes ended = new ScaleOutput().raw(stored, 0, stored.length - Integer.BYTES).u32(world.number()).toBytes();
        world.actByRoot(world.call(world.pallets().system(),
                new SystemCall.SetStorage(List.of(Map.entry(Bytes.wrap(key), ended)))));
    }

    @Override
    public Map<String, List<String>> unreachable() {
        return Map.of("proposals cost nothing",
                List.of("event Council.ProposalCostBurned", "event Council.ProposalCostReleased",
                        "event TechnicalCommittee.ProposalCostBurned", "event TechnicalCommittee.ProposalCostReleased"),
                "the pallet never returns it",
                List.of("error Council.AlreadyInitialized", "error TechnicalCommittee.AlreadyInitialized"));
    }
}
