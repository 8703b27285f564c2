package io.vilokanam.runtime.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.elections.Elections;
import io.vilokanam.pallets.elections.ElectionsCall;
import io.vilokanam.pallets.elections.Renouncing;
import io.vilokanam.pallets.sudo.Sudo;
import io.vilokanam.pallets.system.SystemCall;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.Weight;
import io.vilokanam.runtime.StoredItems;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** Candidates, voters, seats won, left, taken and lost: Elections. */
final class ElectionsCalls implements CallSource {

    private static final int VOTES_MAX = 16;

    @Override
    public List<String> pallets() {
        return List.of("Elections", "Council", "Treasury");
    }

    private static Elections elections(World world) {
        return world.pallets().townHall().orElseThrow().councils().elections();
    }

    @Override
    public RuntimeCall call(World world, int depth) {
        SplittableRandom random = world.random();
        return switch (random.nextInt(14)) {
            case 0, 1, 2, 3 -> vote(world);
            case 4 -> call(world, new ElectionsCall.RemoveVoter());
            case 5, 6 -> call(world, new ElectionsCall.SubmitCandidacy(count(world)));
            case 7, 8 -> call(world, new ElectionsCall.RenounceCandidacy(renouncing(world)));
            case 9, 10 -> removeMember(world, random.nextInt(3) == 0);
            case 11 -> cleaning(world);
            default -> vote(world);
        };
    }

    private static RuntimeCall call(World world, ElectionsCall call) {
        return world.call(elections(world), call);
    }

    private static long count(World world) {
        int actual = elections(world).candidates(world.state()).size();
        return world.oneIn(6) ? Math.max(0, actual - 1) : actual + world.random().nextInt(3);
    }

    private static Renouncing renouncing(World world) {
        return switch (world.random().nextInt(4)) {
            case 0 -> new Renouncing.Member();
            case 1 -> new Renouncing.RunnerUp();
            default -> new Renouncing.Candidate(count(world));
        };
    }

    /** Removing with an election anew weighs more than a block: root says that it does not. */
    private static RuntimeCall removeMember(World world, boolean rerun) {
        List<AccountId> members = elections(world).members(world.state());
        MultiAddress who = members.isEmpty() || world.oneIn(4) ? world.actors().address()
                : MultiAddress.of(world.oneOf(members));
        RuntimeCall call = call(world, new ElectionsCall.RemoveMember(who, world.random().nextBoolean(), rerun));
        return rerun ? world.call(world.pallets().sudo(),
                new Sudo.Call.AsRootUncheckedWeight(call, new Weight(1_000_000, 100))) : rooted(world, call);
    }

    private static RuntimeCall rooted(World world, RuntimeCall call) {
        return world.oneIn(4) ? call : world.byRoot(call);
    }

    private static RuntimeCall cleaning(World world) {
        return rooted(world, call(world, new ElectionsCall.CleanDefunctVoters(world.random().nextInt(12),
                world.random().nextInt(6))));
    }

    private static RuntimeCall vote(World world) {
        List<AccountId> known = new ArrayList<>(elections(world).candidates(world.state()));
        known.addAll(elections(world).members(world.state()));
        known.addAll(elections(world).runnersUp(world.state()));
        List<AccountId> votes = new ArrayList<>();
        int count = world.oneIn(12) ? world.random().nextInt(VOTES_MAX + 3)
                : Math.min(known.size(), world.random().nextInt(5));
        for (int i = 0; i < count; i++) {
            votes.add(known.isEmpty() || world.oneIn(8) ? world.actors().account() : world.oneOf(known));
        }
        U128 value = world.oneIn(3) ? world.amount() : U128.of(world.random().nextLong(1L << 58));
        return call(world, new ElectionsCall.Vote(votes, value));
    }

    /** Many run and many vote; after the election some step down, some are removed, some are cleaned away. */
    @Override
    public void story(World world) {
        List<Actors.Signer> running = new ArrayList<>(Actors.all());
        for (Actors.Signer signer : running) {
            if (world.oneIn(2)) {
                world.actByRoot(world.call(world.pallets().balances(),
                        new Balances.Call.ForceSetBalance(MultiAddress.of(signer.id()),
                                U128.of(1L << 60))));
                world.act(signer, call(world, new ElectionsCall.SubmitCandidacy(64)));
            }
        }
        world.later(1, then -> Actors.all().forEach(signer -> then.act(signer, vote(then))));
        int untilTheElection = (int) (60 - world.number() % 60);
        world.later(untilTheElection + 1, then -> {
            for (Actors.Signer signer : Actors.all()) {
                switch (then.random().nextInt(6)) {
                    case 0 ->
                        then.act(signer, call(then, new ElectionsCall.RenounceCandidacy(new Renouncing.Member())));
                    case 1 ->
                        then.act(signer, call(then, new ElectionsCall.RenounceCandidacy(new Renouncing.RunnerUp())));
                    case 2 -> then.act(signer, call(then, new ElectionsCall.SubmitCandidacy(64)));
                    case 3 -> then.act(signer, call(then, new ElectionsCall.RemoveVoter()));
                    default -> then.act(Actors.alice(), removeMember(then, then.oneIn(3)));
                }
            }
            then.actByRoot(call(then, new ElectionsCall.CleanDefunctVoters(100, 100)));
            if (then.oneIn(3)) {
                runAgain(then);
            }
        });
    }

    /** Fewer run than there are seats, so root writes who comes next: it cannot run as long as it does. */
    private static void runAgain(World world) {
        Actors.Signer next = world.actors().signer();
        Bytes holders = new ScaleOutput().compact(1).raw(next.id().bytes().view()).u128(U128.of(1L << 50))
                .u128(U128.ZERO).toBytes();
        world.actByRoot(world.call(world.pallets().system(),
                new SystemCall.SetStorage(List.of(Map.entry(StoredItems.prefix("Elections", "RunnersUp"), holders)))));
        world.act(next, call(world, new ElectionsCall.SubmitCandidacy(0)));
        world.act(next, call(world, new ElectionsCall.SubmitCandidacy(64)));
    }

    @Override
    public Map<String, List<String>> unreachable() {
        return Map.of("the pallet never returns it",
                List.of("error Elections.InvalidVoteCount", "error Elections.InvalidReplacement"),
                "there are fewer actors",
                List.of("error Elections.TooManyCandidates", "event Elections.ElectionError"));
    }
}
