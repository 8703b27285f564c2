package io.vilokanam.runtime.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.preimage.Bounded;
import io.vilokanam.frame.schedule.DispatchTime;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.convictionvoting.AccountVote;
import io.vilokanam.pallets.convictionvoting.Conviction;
import io.vilokanam.pallets.convictionvoting.ConvictionVotingCall;
import io.vilokanam.pallets.convictionvoting.Vote;
import io.vilokanam.pallets.referenda.ReferendaCall;
import io.vilokanam.pallets.treasury.Treasury;
import io.vilokanam.pallets.treasury.TreasuryCall;
import io.vilokanam.pallets.utility.Utility;
import io.vilokanam.pallets.vesting.Vesting;
import io.vilokanam.pallets.vesting.VestingTerms;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.U128;

/**
 * Stories that cross pallets: a referendum approves a payment from the treasury and schedules a batch, which a proxy makes for
 * the beneficiary: it claims the payment and puts part of it into a vesting schedule of somebody else.
 */
final class GovernedPayments implements CallSource {

    private static final int SPENDS = 8;
    private static final int HARD_DEADLINE = 63;
    private static final int CLAIM_AFTER = 2;
    /** Longer than a referendum of root takes. */
    private static final int VESTS_AFTER = 50;
    private static final U128 ENDOWMENT = U128.of(1L << 60);
    /** All but what fees take. */
    private static final U128 STAKE = ENDOWMENT.minus(U128.of(1L << 48));

    @Override
    public List<String> pallets() {
        return List.of("Proxy", "Preimage", "Scheduler", "Referenda", "ConvictionVoting", "Treasury", "Vesting");
    }

    private static Treasury treasury(World world) {
        return world.pallets().townHall().orElseThrow().governance().treasury();
    }

    private static Vesting vesting(World world) {
        return world.pallets().townHall().orElseThrow().people().vesting();
    }

    /** A part of the story by itself, by anybody. */
    @Override
    public RuntimeCall call(World world, int depth) {
        Actors.Signer real = world.oneOf(Actors.all());
        RuntimeCall claim = claim(world, MultiAddress.of(world.actors().account()), world.random().nextInt(60));
        return switch (world.random().nextInt(3)) {
            case 0 -> claim;
            case 1 -> WireCalls.proxy(world, MultiAddress.of(real.id()), claim);
            default -> world.byRoot(WireCalls.scheduleAfter(world, 1 + world.random().nextInt(3),
                    world.random().nextInt(256), asSigned(world, real, claim)));
        };
    }

    private static RuntimeCall asSigned(World world, Actors.Signer signer, RuntimeCall call) {
        return world.call(world.pallets().utility(),
                new Utility.Call.DispatchAs(Origin.signed(signer.id()), call));
    }

    /** All payments that may be there are claimed, for whomever they are, and some of the money vests elsewhere. */
    private static RuntimeCall claim(World world, MultiAddress vester, int begin) {
        List<RuntimeCall> payouts = new ArrayList<>();
        for (int i = 0; i < SPENDS; i++) {
            payouts.add(world.call(treasury(world), new TreasuryCall.Payout(i)));
        }
        U128 locked = U128.of(1_000_000_000_000L + world.random().nextLong(1L << 41));
        VestingTerms schedule = new VestingTerms(locked, locked.dividedBy(U128.of(2 + world.random().nextInt(20))),
                world.number() + begin);
        return world.call(world.pallets().utility(), new Utility.Call.BatchAll(List.of(
                world.call(world.pallets().utility(), new Utility.Call.ForceBatch(payouts)),
                world.call(vesting(world), new Vesting.Call.VestedTransfer(vester, schedule)))));
    }

    @Override
    public void story(World world) {
        tell(world, world.random().nextBoolean());
    }

    /** @param all whether one referendum does it all, as root, or only the last part, as the delegate */
    static void tell(World world, boolean all) {
        Actors.Signer real = world.oneOf(Actors.all());
        Actors.Signer delegate = world.oneOf(Actors.all().stream().filter(each -> !each.equals(real)).toList());
        MultiAddress vester = MultiAddress.of(world.actors().account());
        endow(world);
        world.act(real, WireCalls.addProxy(world, MultiAddress.of(delegate.id())));
        RuntimeCall byProxy = WireCalls.proxy(world, MultiAddress.of(real.id()), claim(world, vester, VESTS_AFTER));
        RuntimeCall spend = world.call(treasury(world), new TreasuryCall.Spend(Unit.UNIT,
                U128.of(world.random().nextLong(1L << 42)), real.id(), Optional.empty()));
        if (all) {
            RuntimeCall whole = world.call(world.pallets().utility(), new Utility.Call.BatchAll(List.of(spend,
                    WireCalls.scheduleAfter(world, CLAIM_AFTER, HARD_DEADLINE, asSigned(world, delegate, byProxy)))));
            decide(world, real, Origin.ROOT, whole);
        } else {
            world.actByRoot(spend);
            decide(world, real, Origin.signed(delegate.id()), byProxy);
        }
        for (int blocks : List.of(8, 20, 45, 60)) {
            world.later(blocks, then -> tidyUp(then, vester));
        }
    }

    private static void endow(World world) {
        List<RuntimeCall> calls = new ArrayList<>();
        calls.add(world.call(world.pallets().balances(), new Balances.Call.ForceSetBalance(
                MultiAddress.of(treasury(world).account()), U128.of(1L << 50))));
        for (Actors.Signer signer : Actors.all()) {
            calls.add(world.call(world.pallets().balances(),
                    new Balances.Call.ForceSetBalance(MultiAddress.of(signer.id()), ENDOWMENT)));
        }
        world.actByRoot(world.call(world.pallets().utility(), new Utility.Call.Batch(calls)));
    }

    /** Everybody is for it. */
    private static void decide(World world, Actors.Signer proposer, Origin origin, RuntimeCall call) {
        Bytes encoded = Bytes.wrap(world.pallets().runtime().codec().encode(call));
        Bounded proposal = ReferendaCalls.bound(world, encoded);
        if (proposal.isLookupNeeded()) {
            world.act(proposer, WireCalls.notePreimage(world, encoded));
        }
        long index = ReferendaCalls.referenda(world).count(world.state());
        world.act(proposer, ReferendaCalls.of(world,
                new ReferendaCall.Submit(origin, proposal, new DispatchTime.After(world.random().nextInt(4)))));
        world.act(proposer, ReferendaCalls.of(world, new ReferendaCall.PlaceDecisionDeposit(index)));
        AccountVote vote = new AccountVote.Standard(new Vote(true, Conviction.LOCKED_1X), STAKE);
        for (Actors.Signer voter : Actors.all()) {
            world.act(voter, ReferendaCalls.of(world, new ConvictionVotingCall.VoteIn(index, vote)));
        }
    }

    private static void tidyUp(World world, MultiAddress vester) {
        world.act(world.actors().signer(), world.call(vesting(world), new Vesting.Call.VestOther(vester)));
        for (int i = 0; i < SPENDS; i++) {
            world.act(world.actors().signer(), world.call(treasury(world), new TreasuryCall.CheckStatus(i)));
        }
    }
}
