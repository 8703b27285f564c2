package io.vilokanam.pallets.membership;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.AccountLookup;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.EnsureOrigin;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.executive.RuntimePanic;
import io.vilokanam.frame.members.ChangeMembers;
import io.vilokanam.frame.members.InitializeMembers;
import io.vilokanam.frame.pallet.Errors;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.Pallet;
import io.vilokanam.frame.pallet.PalletError;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.storage.BoundedVec;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;

/** A list of members that is kept by whom the runtime says, and told to those who work with it ({@code pallet_membership}). */
public final class Membership implements Pallet<Membership.Call> {

    /**
     * What a runtime decides.
     *
     * @param single who may add, remove and swap single members
     * @param whole who may set the whole list and name the prime
     */
    public record Config(int maxMembers, EnsureOrigin single, EnsureOrigin whole) {}

    /** The first members, in any order. */
    public record Genesis(List<AccountId> members) {}

    public sealed interface Call {
        record AddMember(MultiAddress who) implements Call {}

        record RemoveMember(MultiAddress who) implements Call {}

        record SwapMember(MultiAddress remove, MultiAddress add) implements Call {}

        record ResetMembers(List<AccountId> members) implements Call {}

        record ChangeKey(MultiAddress replacement) implements Call {}

        record SetPrime(MultiAddress who) implements Call {}

        record ClearPrime() implements Call {}
    }

    public sealed interface Event {
        record MemberAdded() implements Event {}

        record MemberRemoved() implements Event {}

        record MembersSwapped() implements Event {}

        record MembersReset() implements Event {}

        record KeyChanged() implements Event {}

        /** Never deposited. */
        record Dummy() implements Event {}
    }

    public enum Error implements PalletError {
        ALREADY_MEMBER, NOT_MEMBER, TOO_MANY_MEMBERS
    }

    private static final String LOOKUP = "AccountIdLookupOf<T>";

    static final Variants<Call> CALLS = Variants.of(Call.class)
            .with(0, "add_member", Call.AddMember.class,
                    struct(Call.AddMember::new, field("who", LOOKUP, MultiAddress.CODEC, Call.AddMember::who)),
                    "Add a member.")
            .with(1, "remove_member", Call.RemoveMember.class,
                    struct(Call.RemoveMember::new, field("who", LOOKUP, MultiAddress.CODEC, Call.RemoveMember::who)),
                    "Remove a member.")
            .with(2, "swap_member", Call.SwapMember.class,
                    struct(Call.SwapMember::new, field("remove", LOOKUP, MultiAddress.CODEC, Call.SwapMember::remove),
                            field("add", LOOKUP, MultiAddress.CODEC, Call.SwapMember::add)),
                    "Put one account in the place of another, which is not prime any more if it was.")
            .with(3, "reset_members", Call.ResetMembers.class,
                    struct(Call.ResetMembers::new,
                            field("members", "Vec<T::AccountId>", Codecs.vec(AccountId.CODEC),
                                    Call.ResetMembers::members)),
                    "Replace all members.")
            .with(4, "change_key", Call.ChangeKey.class,
                    struct(Call.ChangeKey::new,
                            field("new", LOOKUP, MultiAddress.CODEC, Call.ChangeKey::replacement)),
                    "Put another account in the place of the signer, prime if the signer was.")
            .with(5, "set_prime", Call.SetPrime.class,
                    struct(Call.SetPrime::new, field("who", LOOKUP, MultiAddress.CODEC, Call.SetPrime::who)),
                    "Make a member prime.")
            .with(6, "clear_prime", Call.ClearPrime.class, struct(Call.ClearPrime::new), "Have no prime member.")
            .complete();

    static final Variants<Event> EVENTS = Variants.of(Event.class)
            .with(0, "MemberAdded", Event.MemberAdded.class, struct(Event.MemberAdded::new), "A member was added.")
            .with(1, "MemberRemoved", Event.MemberRemoved.class, struct(Event.MemberRemoved::new),
                    "A member was removed.")
            .with(2, "MembersSwapped", Event.MembersSwapped.class, struct(Event.MembersSwapped::new),
                    "One account took the place of another.")
            .with(3, "MembersReset", Event.MembersReset.class, struct(Event.MembersReset::new),
                    "All members were replaced.")
            .with(4, "KeyChanged", Event.KeyChanged.class, struct(Event.KeyChanged::new),
                    "A member goes on under another account.")
            .with(5, "Dummy", Event.Dummy.class, struct(Event.Dummy::new), "Never deposited.")
            .complete();

    static final Errors<Error> ERRORS = Errors.of(Error.class)
            .with(0, "AlreadyMember", Error.ALREADY_MEMBER, "The account is a member already.")
            .with(1, "NotMember", Error.NOT_MEMBER, "The account is no member.")
            .with(2, "TooManyMembers", Error.TOO_MANY_MEMBERS, "There would be too many members.").complete();

    private static final int STORAGE_VERSION = 4;

    private final Config config;
    private final InitializeMembers initialised;
    private final ChangeMembers changed;
    private final StorageValue<List<AccountId>> members;
    private final StorageValue<AccountId> prime;
    private final EventSink<Event> events;

    /**
     * @param initialised is given the first members
     * @param changed is told of each change
     */
    public Membership(PalletScope scope, Config config, InitializeMembers initialised, ChangeMembers changed) {
        this.config = config;
        this.initialised = initialised;
        this.changed = changed;
        scope.storageVersion(STORAGE_VERSION);
        this.members = scope.value("Members",
                BoundedVec.codec(AccountId.CODEC, config.maxMembers, scope.name() + "::MaxMembers"), List.of(),
                "The members, sorted.");
        this.prime = scope.optionalValue("Prime", AccountId.CODEC, "The prime member, if there is one.");
        scope.calls(CALLS, "pallet_membership::pallet::Call", "T", "I");
        this.events = scope.events(EVENTS, "pallet_membership::pallet::Event", "T", "I");
        scope.errors(ERRORS, "pallet_membership::pallet::Error", "T", "I");
    }

    public void build(Externalities ext, Genesis genesis) {
        if (new TreeSet<>(genesis.members).size() != genesis.members.size()) {
            throw new RuntimePanic("Members cannot contain duplicate accounts.");
        }
        List<AccountId> sorted = genesis.members.stream().sorted().toList();
        initialised.initialize(ext, sorted);
        members.put(ext, sorted);
    }

    @Override
    public Weight weigh(Call call) {
        return switch (call) {
            case Call.AddMember _ -> MembershipWeights.addMember(config.maxMembers);
            case Call.RemoveMember _ -> MembershipWeights.removeMember(config.maxMembers);
            case Call.SwapMember _ -> MembershipWeights.swapMember(config.maxMembers);
            case Call.ResetMembers(var all) -> MembershipWeights.resetMembers(all.size());
            case Call.ChangeKey _ -> MembershipWeights.changeKey(config.maxMembers);
            case Call.SetPrime _ -> MembershipWeights.setPrime(config.maxMembers);
            case Call.ClearPrime() -> MembershipWeights.CLEAR_PRIME;
        };
    }

    @Override
    public PostDispatchInfo dispatch(Externalities ext, Origin origin, Call call) throws DispatchException {
        return switch (call) {
            case Call.AddMember(var who) -> {
                config.single.ensure(ext, origin);
                yield addMember(ext, AccountLookup.lookup(who));
            }
            case Call.RemoveMember(var who) -> {
                config.single.ensure(ext, origin);
                yield removeMember(ext, AccountLookup.lookup(who));
            }
            case Call.SwapMember(var remove, var add) -> {
                config.single.ensure(ext, origin);
                yield swapMember(ext, AccountLookup.lookup(remove), AccountLookup.lookup(add));
            }
            case Call.ResetMembers(var all) -> {
                config.whole.ensure(ext, origin);
                yield resetMembers(ext, all);
            }
            case Call.ChangeKey(var replacement) ->
                changeKey(ext, origin.ensureSigned(), AccountLookup.lookup(replacement));
            case Call.SetPrime(var who) -> {
                config.whole.ensure(ext, origin);
                yield setPrime(ext, AccountLookup.lookup(who));
            }
            case Call.ClearPrime() -> {
                config.whole.ensure(ext, origin);
                yield clearPrime(ext);
            }
        };
    }

    private PostDispatchInfo addMember(Externalities ext, AccountId who) throws DispatchException {
        List<AccountId> all = new ArrayList<>(members.get(ext));
        int before = all.size();
        int place = Collections.binarySearch(all, who);
        DispatchException.ensure(place < 0, Error.ALREADY_MEMBER);
        DispatchException.ensure(before < config.maxMembers, Error.TOO_MANY_MEMBERS);
        all.add(-place - 1, who);
        members.put(ext, all);
        changed.changeMembersSorted(ext, List.of(who), List.of(), all);
        events.deposit(ext, new Event.MemberAdded());
        return PostDispatchInfo.weighing(MembershipWeights.addMember(before));
    }

    private PostDispatchInfo removeMember(Externalities ext, AccountId who) throws DispatchException {
        List<AccountId> all = new ArrayList<>(members.get(ext));
        int before = all.size();
        all.remove(placeOf(all, who));
        members.put(ext, all);
        changed.changeMembersSorted(ext, List.of(), List.of(who), all);
        rejigPrime(ext, all);
        events.deposit(ext, new Event.MemberRemoved());
        return PostDispatchInfo.weighing(MembershipWeights.removeMember(before));
    }

    private PostDispatchInfo swapMember(Externalities ext, AccountId remove, AccountId add) throws DispatchException {
        if (remove.equals(add)) {
            return PostDispatchInfo.AS_ANNOUNCED;
        }
        List<AccountId> all = replaced(ext, remove, add);
        rejigPrime(ext, all);
        events.deposit(ext, new Event.MembersSwapped());
        return PostDispatchInfo.weighing(MembershipWeights.swapMember(all.size()));
    }

    private List<AccountId> replaced(Externalities ext, AccountId remove, AccountId add) throws DispatchException {
        List<AccountId> all = new ArrayList<>(members.get(ext));
        int place = placeOf(all, remove);
        DispatchException.ensure(Collections.binarySearch(all, add) < 0, Error.ALREADY_MEMBER);
        all.set(place, add);
        Collections.sort(all);
        members.put(ext, all);
        changed.changeMembersSorted(ext, List.of(add), List.of(remove), all);
        return all;
    }

    private static int placeOf(List<AccountId> all, AccountId who) throws DispatchException {
        int place = Collections.binarySearch(all, who);
        DispatchException.ensure(place >= 0, Error.NOT_MEMBER);
        return place;
    }

    /** Nobody looks whether an account is given twice. */
    private PostDispatchInfo resetMembers(Externalities ext, List<AccountId> given) throws DispatchException {
        DispatchException.ensure(given.size() <= config.maxMembers, Error.TOO_MANY_MEMBERS);
        List<AccountId> all = given.stream().sorted().toList();
        changed.setMembersSorted(ext, all, members.get(ext));
        rejigPrime(ext, all);
        members.put(ext, all);
        events.deposit(ext, new Event.MembersReset());
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    private PostDispatchInfo changeKey(Externalities ext, AccountId remove, AccountId add) throws DispatchException {
        if (remove.equals(add)) {
            return PostDispatchInfo.AS_ANNOUNCED;
        }
        List<AccountId> all = replaced(ext, remove, add);
        if (prime.find(ext).filter(remove::equals).isPresent()) {
            prime.put(ext, add);
            changed.setPrime(ext, Optional.of(add));
        }
        events.deposit(ext, new Event.KeyChanged());
        return PostDispatchInfo.weighing(MembershipWeights.changeKey(all.size()));
    }

    private PostDispatchInfo setPrime(Externalities ext, AccountId who) throws DispatchException {
        List<AccountId> all = members.get(ext);
        placeOf(all, who);
        prime.put(ext, who);
        changed.setPrime(ext, Optional.of(who));
        return PostDispatchInfo.weighing(MembershipWeights.setPrime(all.size()));
    }

    private PostDispatchInfo clearPrime(Externalities ext) {
        prime.kill(ext);
        changed.setPrime(ext, Optional.empty());
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    /** A prime member that is one no more is forgotten; of one that stays the others are told again. */
    private void rejigPrime(Externalities ext, List<AccountId> all) {
        Optional<AccountId> present = prime.find(ext);
        if (present.isPresent()) {
            if (Collections.binarySearch(all, present.get()) >= 0) {
                changed.setPrime(ext, present);
            } else {
                prime.kill(ext);
            }
        }
    }

    /** The members, sorted. */
    public List<AccountId> members(Externalities ext) {
        return members.get(ext);
    }
}
