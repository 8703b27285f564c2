package io.vilokanam.runtime.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.preimage.Bounded;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.convictionvoting.AccountVote;
import io.vilokanam.pallets.convictionvoting.Conviction;
import io.vilokanam.pallets.convictionvoting.ConvictionVotingCall;
import io.vilokanam.pallets.convictionvoting.Vote;
import io.vilokanam.pallets.referenda.Deciding;
import io.vilokanam.pallets.referenda.ReferendaCall;
import io.vilokanam.pallets.referenda.Referendum;
import io.vilokanam.pallets.system.SystemCall;
import io.vilokanam.pallets.utility.Utility;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** Whole lives of referenda: prepared, voted on, queued, confirmed, aborted, approved, rejected, ended, tidied up. */
final class ReferendaStories {

    /** More than are decided at once, and than wait for it. */
    private static final int CROWD_MAX = 28;
    /** More than an account may vote in. */
    private static final int TOO_MANY_VOTES = 66;
    private static final int WATCHED_BLOCKS = 30;
    private static final long UNDECIDING_TIMEOUT = 604_800;

    private final ReferendaCalls calls;

    ReferendaStories(ReferendaCalls calls) {
        this.calls = calls;
    }

    void tell(World world) {
        switch (world.random().nextInt(14)) {
            case 0, 1, 2, 3 -> live(world);
            case 12, 13 -> waver(world);
            case 4, 5 -> crowd(world);
            case 6, 7 -> delegate(world);
            case 8 -> end(world);
            case 9 -> timeOut(world);
            case 10 -> metadata(world);
            default -> voteTooOften(world);
        }
    }

    /** Whoever submits has money: root sees to it. */
    private static void rich(World world, Actors.Signer signer) {
        if (!world.oneIn(6)) {
            world.actByRoot(world.call(world.pallets().balances(),
                    new Balances.Call.ForceSetBalance(MultiAddress.of(signer.id()),
                            U128.of((1L << 59) + world.random().nextLong(1L << 59)))));
        }
    }

    private RuntimeCall submit(World world, Origin origin) {
        RuntimeCall remark = world.call(world.pallets().system(),
                new SystemCall.RemarkWithEvent(Bytes.wrap(new byte[world.random().nextInt(140)])));
        RuntimeCall call = world.oneIn(3) ? world.anyCall(2) : remark;
        return ReferendaCalls.of(world, new ReferendaCall.Submit(origin, ReferendaCalls.bound(world, call),
                ReferendaCalls.moment(world)));
    }

    private static Origin trackOrigin(World world) {
        return world.oneIn(4) ? Origin.ROOT : Origin.signed(world.actors().account());
    }

    /** One referendum from its submission until all that was locked for it is free again. */
    private void live(World world) {
        Actors.Signer signer = world.actors().signer();
        rich(world, signer);
        long index = ReferendaCalls.referenda(world).count(world.state());
        world.act(signer, submit(world, trackOrigin(world)));
        boolean isPopular = world.random().nextBoolean();
        int wait = world.random().nextInt(4);
        world.later(wait, then -> {
            then.act(signer, ReferendaCalls.of(then, new ReferendaCall.PlaceDecisionDeposit(index)));
            vote(then, index, isPopular);
        });
        world.later(wait + 1 + world.random().nextInt(8), then -> vote(then, index, !isPopular));
        world.later(wait + 5 + world.random().nextInt(25), then -> vote(then, index, isPopular));
        for (int end : List.of(8, 28, 34, 66)) {
            world.later(end + world.random().nextInt(6), then -> tidyUp(then, index));
        }
    }

    /** All are in favour, until it is nearly approved. */
    private void waver(World world) {
        Actors.Signer signer = world.actors().signer();
        Actors.all().forEach(voter -> rich(world, voter));
        long index = ReferendaCalls.referenda(world).count(world.state());
        world.act(signer, submit(world, Origin.signed(signer.id())));
        world.act(signer, ReferendaCalls.of(world, new ReferendaCall.PlaceDecisionDeposit(index)));
        voteAll(world, index, new Vote(true, Conviction.LOCKED_1X));
        watch(world, index, WATCHED_BLOCKS);
    }

    private void voteAll(World world, long index, Vote vote) {
        for (Actors.Signer voter : Actors.all()) {
            U128 all = world.pallets().balances().currency().totalBalance(world.state(), voter.id());
            U128 stake = all.min(U128.of(1L << 59));
            world.act(voter, ReferendaCalls.of(world,
                    new ConvictionVotingCall.VoteIn(index, new AccountVote.Standard(vote, stake))));
        }
    }

    private void watch(World world, long index, int blocks) {
        boolean isConfirming = ReferendaCalls.referenda(world).info(world.state(), index)
                .flatMap(ReferendaStories::deciding).flatMap(Deciding::confirming).isPresent();
        if (isConfirming) {
            voteAll(world, index, new Vote(false, Conviction.LOCKED_2X));
        } else if (blocks > 0) {
            world.later(1, then -> watch(then, index, blocks - 1));
        }
    }

    private static Optional<Deciding> deciding(Referendum<?> info) {
        return info instanceof Referendum.Ongoing<?> status ? status.deciding() : Optional.empty();
    }

    /** Some of all vote, most of them so; a few take their vote back. */
    private void vote(World world, long index, boolean isAye) {
        int voters = 1 + world.random().nextInt(Actors.all().size());
        for (Actors.Signer voter : ReferendaCalls.everybody(world).subList(0, voters)) {
            AccountVote vote = world.oneIn(4) ? ReferendaCalls.vote(world) : new AccountVote.Standard(
                    new Vote(isAye != world.oneIn(8), ReferendaCalls.conviction(world)), stake(world, voter));
            world.act(voter, ReferendaCalls.of(world, world.oneIn(8)
                    ? new ConvictionVotingCall.RemoveVote(Optional.empty(), index)
                    : new ConvictionVotingCall.VoteIn(index, vote)));
        }
    }

    /** All that a voter has, or some of it. */
    private static U128 stake(World world, Actors.Signer voter) {
        U128 all = world.pallets().balances().currency().totalBalance(world.state(), voter.id());
        return switch (world.random().nextInt(4)) {
            case 0 -> all;
            case 1 -> all.saturatingPlus(U128.of(world.random().nextInt(2)));
            case 2 -> all.dividedBy(U128.of(2L + world.random().nextInt(9)));
            default -> U128.of(world.random().nextLong(1L << 40));
        };
    }

    private void tidyUp(World world, long index) {
        world.act(world.actors().signer(), ReferendaCalls.of(world, new ReferendaCall.RefundDecisionDeposit(index)));
        world.act(world.actors().signer(), ReferendaCalls.of(world, new ReferendaCall.RefundSubmissionDeposit(index)));
        for (Actors.Signer voter : ReferendaCalls.everybody(world)) {
            int track = ReferendaCalls.trackId(world);
            MultiAddress address = MultiAddress.of(voter.id());
            Actors.Signer other = world.actors().signer();
            switch (world.random().nextInt(4)) {
                case 0 -> world.act(other,
                        ReferendaCalls.of(world, new ConvictionVotingCall.RemoveOtherVote(address, track, index)));
                case 1 -> world.act(voter,
                        ReferendaCalls.of(world, new ConvictionVotingCall.RemoveVote(Optional.of(track), index)));
                default -> world.act(other, ReferendaCalls.of(world, new ConvictionVotingCall.Unlock(track, address)));
            }
        }
    }

    /** So many that they queue; with few different votes, so that places are tied. */
    private void crowd(World world) {
        Actors.Signer signer = world.actors().signer();
        rich(world, signer);
        long first = ReferendaCalls.referenda(world).count(world.state());
        int count = 5 + world.random().nextInt(CROWD_MAX - 5);
        Origin origin = Origin.signed(signer.id());
        List<RuntimeCall> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(submit(world, origin));
        }
        for (long i = first; i < first + count; i++) {
            all.add(ReferendaCalls.of(world, new ReferendaCall.PlaceDecisionDeposit(i)));
        }
        world.act(signer, world.call(world.pallets().utility(), new Utility.Call.ForceBatch(all)));
        for (int turn = 0; turn < 4; turn++) {
            world.later(turn * 2 + world.random().nextInt(3), then -> jostle(then, first, count));
        }
        world.later(5 + world.random().nextInt(5), then -> {
            for (int i = 0; i < 3; i++) {
                long index = first + then.random().nextInt(count);
                then.actByRoot(ReferendaCalls.of(then, then.random().nextBoolean() ? new ReferendaCall.Cancel(index)
                        : new ReferendaCall.Kill(index)));
            }
            then.actByRoot(ReferendaCalls.of(then, new ReferendaCall.OneFewerDeciding(1)));
        });
    }

    private void jostle(World world, long first, int count) {
        for (int i = 0; i < 3; i++) {
            Actors.Signer voter = world.actors().signer();
            List<RuntimeCall> votes = new ArrayList<>();
            for (long index = first; index < first + count; index++) {
                if (world.oneIn(3)) {
                    Vote vote = new Vote(!world.oneIn(4), Conviction.LOCKED_1X);
                    votes.add(ReferendaCalls.of(world, new ConvictionVotingCall.VoteIn(index,
                            new AccountVote.Standard(vote, U128.of(1_000L * world.random().nextInt(4))))));
                }
            }
            world.act(voter, world.call(world.pallets().utility(), new Utility.Call.ForceBatch(votes)));
        }
    }

    /** Votes left to others, who vote before and after, and leave theirs to others in turn. */
    private void delegate(World world) {
        Actors.Signer signer = world.actors().signer();
        rich(world, signer);
        long index = ReferendaCalls.referenda(world).count(world.state());
        world.act(signer, submit(world, trackOrigin(world)));
        Actors.Signer target = world.oneOf(Actors.all());
        for (Actors.Signer voter : ReferendaCalls.everybody(world).subList(0, 6)) {
            Actors.Signer to = world.oneIn(4) ? world.oneOf(Actors.all()) : target;
            world.act(voter, ReferendaCalls.of(world, new ConvictionVotingCall.Delegate(
                    world.oneIn(8) ? ReferendaCalls.trackId(world) : 1, MultiAddress.of(to.id()),
                    ReferendaCalls.conviction(world), stake(world, voter))));
        }
        vote(world, index, true);
        world.act(target, ReferendaCalls.of(world, new ConvictionVotingCall.VoteIn(index, ReferendaCalls.vote(world))));
        world.later(1 + world.random().nextInt(12), then -> {
            for (Actors.Signer voter : ReferendaCalls.everybody(then).subList(0, 8)) {
                then.act(voter, ReferendaCalls.of(then, new ConvictionVotingCall.Undelegate(
                        then.oneIn(8) ? 0 : 1)));
                then.act(voter,
                        ReferendaCalls.of(then, new ConvictionVotingCall.Unlock(1, MultiAddress.of(voter.id()))));
            }
            vote(then, index, false);
        });
    }

    /** Root ends one early, whatever it has come to. */
    private void end(World world) {
        live(world);
        long index = ReferendaCalls.referenda(world).count(world.state());
        world.later(world.random().nextInt(12), then -> then.actByRoot(ReferendaCalls.of(then,
                then.random().nextBoolean() ? new ReferendaCall.Kill(index) : new ReferendaCall.Cancel(index))));
    }

    /** Root writes that a referendum came so long ago that it is too late for it: no chain waits for that. */
    private void timeOut(World world) {
        Actors.Signer signer = world.actors().signer();
        rich(world, signer);
        long index = ReferendaCalls.referenda(world).count(world.state());
        world.act(signer, submit(world, trackOrigin(world)));
        world.later(1, then -> {
            byte[] number = Codecs.U32.encode(index);
            Bytes key = Bytes.wrap(new ScaleOutput().raw(prefix(then).view()).raw(then.state().blake2b128(number))
                    .raw(number).toByteArray());
            then.state().get(key.view()).map(Bytes::wrap).flatMap(stored -> aged(then, stored))
                    .ifPresent(old -> then.actByRoot(then.call(then.pallets().system(),
                            new SystemCall.SetStorage(List.of(Map.entry(key, old))))));
            then.act(then.actors().signer(),
                    ReferendaCalls.of(then, new ReferendaCall.PlaceDecisionDeposit(index)));
            then.act(then.actors().signer(),
                    ReferendaCalls.of(then, new ConvictionVotingCall.VoteIn(index, ReferendaCalls.vote(then))));
            then.actByRoot(ReferendaCalls.of(then, new ReferendaCall.NudgeReferendum(index)));
        });
        world.later(3, then -> tidyUp(then, index));
    }

    private static Bytes prefix(World world) {
        return world.pallets().runtime().slotOf(ReferendaCalls.referenda(world)).scope().storage().stream()
                .filter(entry -> entry.item().equals("ReferendumInfoFor")).findFirst().orElseThrow().prefix();
    }

    /** The stored referendum with the block of its submission set back, past zero if need be. */
    private static Optional<Bytes> aged(World world, Bytes stored) {
        byte[] before = new ScaleOutput().u32(world.number() - 1).toByteArray();
        byte[] after = new ScaleOutput().u32(world.number() - UNDECIDING_TIMEOUT & 0xffff_ffffL).toByteArray();
        byte[] bytes = stored.view().clone();
        for (int i = bytes.length - before.length; i >= 0; i--) {
            if (bytes[i] == before[0] && bytes[i + 1] == before[1] && bytes[i + 2] == 0 && bytes[i + 3] == 0) {
                System.arraycopy(after, 0, bytes, i, after.length);
                return Optional.of(Bytes.wrap(bytes));
            }
        }
        return Optional.empty();
    }

    /** What a referendum is about, noted or not, by whoever submitted it or somebody else. */
    private void metadata(World world) {
        Actors.Signer signer = world.actors().signer();
        rich(world, signer);
        long index = ReferendaCalls.referenda(world).count(world.state());
        world.act(signer, submit(world, trackOrigin(world)));
        Bytes note = ReferendaCalls.note(world);
        if (!world.oneIn(3)) {
            ReferendaCalls.notePreimage(world, signer, note);
        }
        world.act(signer, ReferendaCalls.of(world, new ReferendaCall.Submit(Origin.ROOT,
                new Bounded.Lookup(ReferendaCalls.hash(world, note), note.size() + world.random().nextInt(2)),
                ReferendaCalls.moment(world))));
        world.act(signer, ReferendaCalls.of(world,
                new ReferendaCall.SetMetadata(index, Optional.of(ReferendaCalls.hash(world, note)))));
        world.later(world.random().nextInt(5), then -> {
            if (then.oneIn(3)) {
                then.actByRoot(ReferendaCalls.of(then, new ReferendaCall.Kill(index)));
            }
            then.act(then.actors().signer(),
                    ReferendaCalls.of(then, new ReferendaCall.SetMetadata(index, Optional.empty())));
            then.act(signer, ReferendaCalls.of(then, new ReferendaCall.SetMetadata(index, Optional.empty())));
        });
    }

    /** One account in too many polls at once, which also is more than the scheduler takes for one block. */
    private void voteTooOften(World world) {
        Actors.Signer signer = world.oneOf(Actors.all());
        rich(world, signer);
        long first = ReferendaCalls.referenda(world).count(world.state());
        List<RuntimeCall> submissions = new ArrayList<>();
        List<RuntimeCall> votes = new ArrayList<>();
        for (int i = 0; i < TOO_MANY_VOTES; i++) {
            submissions.add(submit(world, Origin.signed(signer.id())));
            votes.add(ReferendaCalls.of(world, new ConvictionVotingCall.VoteIn(first + i, new AccountVote.Standard(
                    new Vote(world.random().nextBoolean(), Conviction.NONE), U128.of(world.random().nextInt(100))))));
        }
        world.act(signer, world.call(world.pallets().utility(), new Utility.Call.ForceBatch(submissions)));
        world.act(signer, world.call(world.pallets().utility(), new Utility.Call.ForceBatch(votes)));
    }
}
