package io.vilokanam.pallets.sudo;

import static io.vilokanam.frame.dispatch.AccountLookup.lookup;
import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.dispatch.RuntimeCalls;
import io.vilokanam.frame.pallet.Errors;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.Pallet;
import io.vilokanam.frame.pallet.PalletError;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.Pays;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.validity.ApplyResult;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.Variants;

/** One account that may act as root ({@code pallet_sudo}). Its calls cost no fee once it is known that it is that account. */
public final class Sudo implements Pallet<Sudo.Call> {

    /** The account that may act as root, if any. */
    public record Genesis(Optional<AccountId> key) {}

    public sealed interface Call {
        record AsRoot(RuntimeCall call) implements Call {}

        record AsRootUncheckedWeight(RuntimeCall call, Weight weight) implements Call {}

        record SetKey(MultiAddress newKey) implements Call {}

        record SudoAs(MultiAddress who, RuntimeCall call) implements Call {}

        record RemoveKey() implements Call {}
    }

    public sealed interface Event {
        record Sudid(Result<Unit, DispatchError> sudoResult) implements Event {}

        record KeyChanged(Optional<AccountId> before, AccountId after) implements Event {}

        record KeyRemoved() implements Event {}

        record SudoAsDone(Result<Unit, DispatchError> sudoResult) implements Event {}
    }

    public enum Error implements PalletError {
        REQUIRE_SUDO
    }

    private static final String CALL_TYPE = "Box<<T as Config>::RuntimeCall>";
    private static final String LOOKUP = "AccountIdLookupOf<T>";

    private static Variants<Call> calls(Codec<RuntimeCall> call) {
        return Variants.of(Call.class)
                .with(0, "sudo", Call.AsRoot.class,
                        struct(Call.AsRoot::new, field("call", CALL_TYPE, call, Call.AsRoot::call)),
                        "Make a call as root, on behalf of the sudo account.")
                .with(1, "sudo_unchecked_weight", Call.AsRootUncheckedWeight.class,
                        struct(Call.AsRootUncheckedWeight::new,
                                field("call", CALL_TYPE, call, Call.AsRootUncheckedWeight::call),
                                field("weight", "Weight", Weight.CODEC, Call.AsRootUncheckedWeight::weight)),
                        "Make a call as root which counts as so much weight, whatever it is.")
                .with(2, "set_key", Call.SetKey.class,
                        struct(Call.SetKey::new, field("new", LOOKUP, MultiAddress.CODEC, Call.SetKey::newKey)),
                        "Hand sudo over to another account.")
                .with(3, "sudo_as", Call.SudoAs.class,
                        struct(Call.SudoAs::new, field("who", LOOKUP, MultiAddress.CODEC, Call.SudoAs::who),
                                field("call", CALL_TYPE, call, Call.SudoAs::call)),
                        "Make a call on behalf of any account.")
                .with(4, "remove_key", Call.RemoveKey.class, struct(Call.RemoveKey::new), "Give sudo up for good.")
                .complete();
    }

    public static final Variants<Event> EVENTS = Variants.of(Event.class)
            .with(0, "Sudid", Event.Sudid.class,
                    struct(Event.Sudid::new,
                            field("sudo_result", "DispatchResult", ApplyResult.OUTCOME, Event.Sudid::sudoResult)),
                    "A call was made as root.")
            .with(1, "KeyChanged", Event.KeyChanged.class,
                    struct(Event.KeyChanged::new,
                            field("old", "Option<T::AccountId>", Codecs.option(AccountId.CODEC),
                                    Event.KeyChanged::before),
                            field("new", "T::AccountId", AccountId.CODEC, Event.KeyChanged::after)),
                    "Sudo was handed over.")
            .with(2, "KeyRemoved", Event.KeyRemoved.class, struct(Event.KeyRemoved::new), "Sudo was given up.")
            .with(3, "SudoAsDone", Event.SudoAsDone.class,
                    struct(Event.SudoAsDone::new,
                            field("sudo_result", "DispatchResult", ApplyResult.OUTCOME, Event.SudoAsDone::sudoResult)),
                    "A call was made on behalf of an account.")
            .complete();

    static final Errors<Error> ERRORS = Errors.of(Error.class)
            .with(0, "RequireSudo", Error.REQUIRE_SUDO, "Only the sudo account may do that.").complete();

    // FRAME's default weights (pallet-sudo 40.0) with RocksDB's costs.
    private static final Weight SUDO = new Weight(7_939_000, 1_517).plus(DbWeight.ROCKS_DB.reads(1));
    private static final Weight SUDO_AS = new Weight(7_870_000, 1_517).plus(DbWeight.ROCKS_DB.reads(1));
    private static final Weight SET_KEY = new Weight(7_237_000, 1_517).plus(DbWeight.ROCKS_DB.readsWrites(1, 1));
    private static final Weight REMOVE_KEY = new Weight(6_417_000, 1_517).plus(DbWeight.ROCKS_DB.readsWrites(1, 1));

    private static final PostDispatchInfo FREE = new PostDispatchInfo(Optional.empty(), Pays.NO);

    private final RuntimeCalls runtime;
    private final StorageValue<AccountId> key;
    private final EventSink<Event> events;

    /** @param runtime dispatches the calls within the calls */
    public Sudo(PalletScope scope, RuntimeCalls runtime) {
        this.runtime = runtime;
        this.key = scope.optionalValue("Key", AccountId.CODEC, "The account that may act as root.");
        scope.calls(calls(runtime.boxedCodec()), "pallet_sudo::pallet::Call", "T");
        this.events = scope.events(EVENTS, "pallet_sudo::pallet::Event", "T");
        scope.errors(ERRORS, "pallet_sudo::pallet::Error", "T");
    }

    public void build(Externalities ext, Genesis genesis) {
        genesis.key.ifPresent(account -> key.put(ext, account));
    }

    @Override
    public Weight weigh(Call call) {
        return switch (call) {
            case Call.AsRoot(var inner) -> SUDO.plus(runtime.weight(inner));
            case Call.AsRootUncheckedWeight(_, var weight) -> weight;
            case Call.SetKey _ -> SET_KEY;
            case Call.SudoAs(_, var inner) -> SUDO_AS.plus(runtime.weight(inner));
            case Call.RemoveKey() -> REMOVE_KEY;
        };
    }

    @Override
    public DispatchClass dispatchClass(Call call) {
        return switch (call) {
            case Call.AsRoot(var inner) -> runtime.dispatchClass(inner);
            case Call.AsRootUncheckedWeight(var inner, _) -> runtime.dispatchClass(inner);
            case Call.SudoAs(_, var inner) -> runtime.dispatchClass(inner);
            case Call.SetKey _,Call.RemoveKey _ -> DispatchClass.NORMAL;
        };
    }

    @Override
    public PostDispatchInfo dispatch(Externalities ext, Origin origin, Call call) throws DispatchException {
        ensureSudo(ext, origin);
        switch (call) {
            case Call.AsRoot(var inner) -> asRoot(ext, inner);
            case Call.AsRootUncheckedWeight(var inner, _) -> asRoot(ext, inner);
            case Call.SetKey(var newKey) -> setKey(ext, lookup(newKey));
            case Call.SudoAs(var who, var inner) -> sudoAs(ext, lookup(who), inner);
            case Call.RemoveKey() -> {
                events.deposit(ext, new Event.KeyRemoved());
                key.kill(ext);
            }
        }
        return FREE;
    }

    /** Root itself needs no key. */
    private void ensureSudo(Externalities ext, Origin origin) throws DispatchException {
        if (!origin.isRoot()) {
            AccountId sender = origin.ensureSigned();
            DispatchException.ensure(key.find(ext).filter(sender::equals).isPresent(), Error.REQUIRE_SUDO);
        }
    }

    private void asRoot(Externalities ext, RuntimeCall call) {
        events.deposit(ext, new Event.Sudid(runtime.attempt(ext, Origin.ROOT, call).outcome()));
    }

    private void sudoAs(Externalities ext, AccountId who, RuntimeCall call) {
        events.deposit(ext, new Event.SudoAsDone(runtime.attempt(ext, Origin.signed(who), call).outcome()));
    }

    private void setKey(Externalities ext, AccountId newKey) {
        events.deposit(ext, new Event.KeyChanged(key.find(ext), newKey));
        key.put(ext, newKey);
    }
}
