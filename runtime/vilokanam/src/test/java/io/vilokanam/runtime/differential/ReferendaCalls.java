package io.vilokanam.runtime.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.preimage.Bounded;
import io.vilokanam.frame.schedule.DispatchTime;
import io.vilokanam.pallets.collective.CollectiveOrigin;
import io.vilokanam.pallets.convictionvoting.AccountVote;
import io.vilokanam.pallets.convictionvoting.Conviction;
import io.vilokanam.pallets.convictionvoting.ConvictionVotingCall;
import io.vilokanam.pallets.convictionvoting.Tally;
import io.vilokanam.pallets.convictionvoting.Vote;
import io.vilokanam.pallets.referenda.Referenda;
import io.vilokanam.pallets.referenda.ReferendaCall;
import io.vilokanam.pallets.system.SystemCall;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.runtime.composition.Governance;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** Single calls of Referenda and ConvictionVoting, and what the stories of {@link ReferendaStories} are made of. */
final class ReferendaCalls implements CallSource {

    private static final int RECENT = 6;

    private final ReferendaStories stories = new ReferendaStories(this);

    @Override
    public List<String> pallets() {
        return List.of("Preimage", "Scheduler", "Referenda", "ConvictionVoting");
    }

    private static Governance governance(World world) {
        return world.pallets().townHall().orElseThrow().governance();
    }

    static Referenda<Tally> referenda(World world) {
        return governance(world).referenda();
    }

    static RuntimeCall of(World world, ReferendaCall call) {
        return world.call(governance(world).referenda(), call);
    }

    static RuntimeCall of(World world, ConvictionVotingCall call) {
        return world.call(governance(world).convictionVoting(), call);
    }

    @Override
    public RuntimeCall call(World world, int depth) {
        return world.random().nextBoolean() ? referendaCall(world, depth) : of(world, votingCall(world));
    }

    private RuntimeCall referendaCall(World world, int depth) {
        SplittableRandom random = world.random();
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> of(world, new ReferendaCall.Submit(origin(world), proposal(world, depth), moment(world)));
            case 3, 4, 5 -> of(world, new ReferendaCall.PlaceDecisionDeposit(index(world)));
            case 6 -> of(world, new ReferendaCall.RefundDecisionDeposit(index(world)));
            case 7 -> of(world, new ReferendaCall.RefundSubmissionDeposit(index(world)));
            case 8, 9 -> of(world, new ReferendaCall.SetMetadata(index(world), metadata(world)));
            case 10 -> rooted(world, of(world, new ReferendaCall.Cancel(index(world))));
            case 11 -> rooted(world, of(world, new ReferendaCall.Kill(index(world))));
            case 12 -> rooted(world, of(world, new ReferendaCall.NudgeReferendum(index(world))));
            default -> rooted(world, of(world, new ReferendaCall.OneFewerDeciding(world.random().nextInt(3))));
        };
    }

    private static RuntimeCall rooted(World world, RuntimeCall call) {
        return world.oneIn(5) ? call : world.byRoot(call);
    }

    private ConvictionVotingCall votingCall(World world) {
        SplittableRandom random = world.random();
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> new ConvictionVotingCall.VoteIn(index(world), vote(world));
            case 4 -> new ConvictionVotingCall.Delegate(trackId(world), address(world), conviction(world),
                    amount(world));
            case 5 -> new ConvictionVotingCall.Undelegate(trackId(world));
            case 6 -> new ConvictionVotingCall.Unlock(trackId(world), address(world));
            case 7, 8 -> new ConvictionVotingCall.RemoveVote(
                    random.nextBoolean() ? Optional.empty() : Optional.of(trackId(world)), index(world));
            default -> new ConvictionVotingCall.RemoveOtherVote(address(world), trackId(world), index(world));
        };
    }

    /** Mostly of somebody who votes too. */
    private static MultiAddress address(World world) {
        return world.oneIn(3) ? world.actors().address() : MultiAddress.of(world.oneOf(Actors.all()).id());
    }

    /** One of the last few, at times none that there is. */
    static long index(World world) {
        long count = referenda(world).count(world.state());
        return world.oneIn(12) ? count + world.random().nextInt(3)
                : Math.max(count - 1 - world.random().nextInt(RECENT), 0);
    }

    static int trackId(World world) {
        return world.oneIn(10) ? 2 + world.random().nextInt(3) : world.oneIn(3) ? 0 : 1;
    }

    static U128 amount(World world) {
        return world.oneIn(3) ? world.amount() : U128.of(world.random().nextLong(1L << 59));
    }

    static Conviction conviction(World world) {
        return world.oneOf(List.of(Conviction.values()));
    }

    static AccountVote vote(World world) {
        return switch (world.random().nextInt(6)) {
            case 0 -> new AccountVote.Split(amount(world), amount(world));
            case 1 -> new AccountVote.SplitAbstain(amount(world), amount(world), amount(world));
            default -> new AccountVote.Standard(new Vote(!world.oneIn(3), conviction(world)), amount(world));
        };
    }

    /** Root and signed have tracks, the others none. */
    private static Origin origin(World world) {
        return switch (world.random().nextInt(12)) {
            case 0 -> Origin.NONE;
            case 1 -> new Origin.OfPallet(17, new CollectiveOrigin.Members(2, 3));
            case 2 -> new Origin.OfPallet(18, new CollectiveOrigin.Member(world.actors().account()));
            case 3, 4 -> Origin.ROOT;
            default -> Origin.signed(world.actors().account());
        };
    }

    static DispatchTime moment(World world) {
        return switch (world.random().nextInt(6)) {
            case 0 -> new DispatchTime.At(world.number() + world.random().nextInt(50));
            case 1 -> new DispatchTime.At(0xffff_ffffL - world.random().nextInt(2));
            case 2 -> new DispatchTime.After(0xffff_ffffL - world.random().nextInt(2));
            default -> new DispatchTime.After(world.random().nextInt(20));
        };
    }

    private static Bytes encoded(World world, RuntimeCall call) {
        return Bytes.wrap(world.pallets().runtime().codec().encode(call));
    }

    static Hash hash(World world, Bytes bytes) {
        return Hash.wrap(world.state().blake2b256(bytes.view()));
    }

    private static Bounded proposal(World world, int depth) {
        Bytes call = encoded(world, world.oneIn(2) || depth > 1
                ? world.call(world.pallets().system(), new SystemCall.RemarkWithEvent(note(world)))
                : world.anyCall(depth + 1));
        return switch (world.random().nextInt(8)) {
            case 0 -> new Bounded.Legacy(hash(world, call));
            case 1 -> new Bounded.Lookup(hash(world, note(world)), world.random().nextInt(9));
            case 2 -> new Bounded.Inline(Bytes.wrap(new byte[world.random().nextInt(5)]));
            case 3 -> new Bounded.Lookup(hash(world, call), call.size() - world.random().nextInt(2));
            default -> bound(world, call);
        };
    }

    /** A call as it is proposed: one that is too long has to be noted by somebody. */
    static Bounded bound(World world, Bytes call) {
        return call.size() <= Bounded.INLINE_MAX ? new Bounded.Inline(call)
                : new Bounded.Lookup(hash(world, call), call.size());
    }

    static Bounded bound(World world, RuntimeCall call) {
        return bound(world, encoded(world, call));
    }

    /** A few bytes that several stories may have noted. */
    static Bytes note(World world) {
        return Bytes.ascii("note " + world.random().nextInt(4));
    }

    private static Optional<Hash> metadata(World world) {
        return world.oneIn(3) ? Optional.empty() : Optional.of(hash(world, note(world)));
    }

    static void notePreimage(World world, Actors.Signer signer, Bytes bytes) {
        world.act(signer, WireCalls.notePreimage(world, bytes));
    }

    @Override
    public void story(World world) {
        stories.tell(world);
    }

    /** Everybody, in a random order. */
    static List<Actors.Signer> everybody(World world) {
        List<Actors.Signer> left = new ArrayList<>(Actors.all());
        List<Actors.Signer> shuffled = new ArrayList<>();
        while (!left.isEmpty()) {
            shuffled.add(left.remove(world.random().nextInt(left.size())));
        }
        return shuffled;
    }

    @Override
    public Map<String, List<String>> unreachable() {
        return Map.of("the pallet declares it and does not use it", List.of("event Referenda.Approved",
                "error Referenda.Full", "error Referenda.QueueEmpty", "error Referenda.NothingToDo"));
    }
}
