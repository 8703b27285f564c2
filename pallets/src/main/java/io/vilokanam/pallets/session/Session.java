package io.vilokanam.pallets.session;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.executive.RuntimePanic;
import io.vilokanam.frame.fungible.AccountStore;
import io.vilokanam.frame.pallet.Errors;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.Pallet;
import io.vilokanam.frame.pallet.PalletError;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.session.SessionHandler;
import io.vilokanam.frame.session.SessionPlan;
import io.vilokanam.frame.session.ValidatorSet;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.session.SessionKeys;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;

/**
 * Divides time into sessions: who validates in this one, and with which keys, is planned one session ahead and told to those
 * that work with the keys ({@code pallet_session}). An account validates under its own id.
 */
public final class Session implements Pallet<Session.Call>, ValidatorSet {

    /**
     * What a runtime decides.
     *
     * @param period how many blocks a session has: it ends with each block whose number is a multiple
     * @param rotationWeight what the first block of a session is charged
     */
    public record Config(long period, Weight rotationWeight, Codec<SessionKeys> keys) {}

    /** The keys of the first validators, and of accounts that may become some. */
    public record Genesis(List<Registration> keys, List<Registration> nonAuthorityKeys) {}

    /** Keys of a validator, that an account pays for by a consumer reference. */
    public record Registration(AccountId account, AccountId validator, SessionKeys keys) {}

    public sealed interface Call {
        record SetKeys(SessionKeys keys, Bytes proof) implements Call {}

        record PurgeKeys() implements Call {}
    }

    public sealed interface Event {
        record NewSession(long sessionIndex) implements Event {}

        record ValidatorDisabled(AccountId validator) implements Event {}

        record ValidatorReenabled(AccountId validator) implements Event {}
    }

    public enum Error implements PalletError {
        INVALID_PROOF, NO_ASSOCIATED_VALIDATOR_ID, DUPLICATED_KEY, NO_KEYS, NO_ACCOUNT
    }

    private static Variants<Call> calls(Codec<SessionKeys> keys) {
        return Variants.of(Call.class)
                .with(0, "set_keys", Call.SetKeys.class,
                        struct(Call.SetKeys::new, field("keys", "T::Keys", keys, Call.SetKeys::keys),
                                field("proof", "Vec<u8>", Codecs.BYTES, Call.SetKeys::proof)),
                        "Set the session keys of the signer; they are used from the session after the next one.")
                .with(1, "purge_keys", Call.PurgeKeys.class, struct(Call.PurgeKeys::new),
                        "Remove the session keys of the signer; used from the session after the next one.")
                .complete();
    }

    static final Variants<Event> EVENTS = Variants.of(Event.class)
            .with(0, "NewSession", Event.NewSession.class,
                    struct(Event.NewSession::new,
                            field("session_index", "SessionIndex", Codecs.U32, Event.NewSession::sessionIndex)),
                    "A session began; this is its index, not the block's number.")
            .with(1, "ValidatorDisabled", Event.ValidatorDisabled.class,
                    struct(Event.ValidatorDisabled::new,
                            field("validator", "T::ValidatorId", AccountId.CODEC, Event.ValidatorDisabled::validator)),
                    "A validator must not work until the session ends.")
            .with(2, "ValidatorReenabled", Event.ValidatorReenabled.class,
                    struct(Event.ValidatorReenabled::new,
                            field("validator", "T::ValidatorId", AccountId.CODEC, Event.ValidatorReenabled::validator)),
                    "A disabled validator may work again.")
            .complete();

    static final Errors<Error> ERRORS = Errors.of(Error.class)
            .with(0, "InvalidProof", Error.INVALID_PROOF, "The proof that the keys are the signer's is not valid.")
            .with(1, "NoAssociatedValidatorId", Error.NO_ASSOCIATED_VALIDATOR_ID,
                    "The account stands for no validator.")
            .with(2, "DuplicatedKey", Error.DUPLICATED_KEY, "Another account has registered one of the keys.")
            .with(3, "NoKeys", Error.NO_KEYS, "The account has no keys.")
            .with(4, "NoAccount", Error.NO_ACCOUNT, "The account does not live, so it cannot have keys.").complete();

    private static final int STORAGE_VERSION = 1;

    // FRAME's default weights (pallet-session 40.0) with RocksDB's costs.
    private static final Weight SET_KEYS = new Weight(51_496_000, 16_896).plus(DbWeight.ROCKS_DB.readsWrites(8, 7));
    private static final Weight PURGE_KEYS = new Weight(40_486_000, 4_798).plus(DbWeight.ROCKS_DB.readsWrites(2, 7));

    private final Config config;
    private final AccountStore<?> accounts;
    private final SessionPlan plan;
    private final List<SessionHandler> handlers;
    private final StorageValue<List<AccountId>> validators;
    private final StorageValue<Long> currentIndex;
    private final StorageValue<Boolean> queuedChanged;
    private final StorageValue<List<Map.Entry<AccountId, SessionKeys>>> queuedKeys;
    private final StorageValue<List<DisabledValidator>> disabledValidators;
    private final KeyRegister keys;
    private final EventSink<Event> events;

    /**
     * @param plan who validates in sessions to come
     * @param handlers who is told of new sessions, in the order of the session keys
     */
    public Session(PalletScope scope, Config config, AccountStore<?> accounts, SessionPlan plan,
            List<SessionHandler> handlers) {
        this.config = config;
        this.accounts = accounts;
        this.plan = plan;
        this.handlers = List.copyOf(handlers);
        scope.storageVersion(STORAGE_VERSION);
        this.validators = scope.value("Validators", Codecs.vec(AccountId.CODEC), List.of(),
                "Who validates in this session.");
        this.currentIndex = scope.value("CurrentIndex", Codecs.U32, 0L, "The index of this session.");
        this.queuedChanged = scope.value("QueuedChanged", Codecs.BOOL, false,
                "Whether validators or keys of the next session may be others than those of this one.");
        this.queuedKeys = scope.value("QueuedKeys", Codecs.vec(Codecs.tuple(AccountId.CODEC, config.keys)), List.of(),
                "Who validates in the next session, and with which keys.");
        this.disabledValidators = scope.value("DisabledValidators", DisabledValidator.LIST, List.of(),
                "The indices of validators that must not work in this session, sorted.");
        this.keys = new KeyRegister(scope, config.keys);
        scope.calls(calls(config.keys), "pallet_session::pallet::Call", "T");
        this.events = scope.events(EVENTS, "pallet_session::pallet::Event", "T");
        scope.errors(ERRORS, "pallet_session::pallet::Error", "T");
    }

    public void build(Externalities ext, Genesis genesis) {
        for (List<Registration> registrations : List.of(genesis.keys, genesis.nonAuthorityKeys)) {
            registrations.forEach(registration -> register(ext, registration));
        }
        List<AccountId> first = plan.newSession(ext, 0)
                .orElseGet(() -> genesis.keys.stream().map(Registration::validator).toList());
        List<AccountId> second = plan.newSession(ext, 1).orElse(first);
        List<Map.Entry<AccountId, SessionKeys>> queued = withKeys(ext, second);
        handlers.forEach(handler -> handler.onGenesisSession(ext, keysFor(handler, queued)));
        validators.put(ext, first);
        queuedKeys.put(ext, queued);
    }

    private void register(Externalities ext, Registration registration) {
        try {
            keys.set(ext, registration.validator, registration.keys);
        } catch (DispatchException duplicate) {
            throw new RuntimePanic("genesis config must not contain duplicates: " + duplicate.getMessage());
        }
        try {
            accounts.incConsumersWithoutLimit(ext, registration.account);
        } catch (DispatchException notEndowed) {
            // An account without funds can only have keys because genesis gives it a provider.
            accounts.incProviders(ext, registration.account);
        }
    }

    @Override
    public Weight weigh(Call call) {
        return switch (call) {
            case Call.SetKeys _ -> SET_KEYS;
            case Call.PurgeKeys _ -> PURGE_KEYS;
        };
    }

    @Override
    public PostDispatchInfo dispatch(Externalities ext, Origin origin, Call call) throws DispatchException {
        switch (call) {
            // Opaque keys need no proof in this release: any bytes are taken for one.
            case Call.SetKeys(var newKeys, _) -> setKeys(ext, origin.ensureSigned(), newKeys);
            case Call.PurgeKeys() -> purgeKeys(ext, origin.ensureSigned());
        }
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    @Override
    public Weight onInitialize(Externalities ext, long number) {
        if (number % config.period != 0) {
            return Weight.ZERO;
        }
        rotate(ext);
        return config.rotationWeight;
    }

    private void setKeys(Externalities ext, AccountId who, SessionKeys newKeys) throws DispatchException {
        DispatchException.ensure(accounts.canIncConsumer(ext, who), Error.NO_ACCOUNT);
        if (keys.set(ext, who, newKeys).isEmpty()) {
            accounts.incConsumers(ext, who);
        }
    }

    private void purgeKeys(Externalities ext, AccountId who) throws DispatchException {
        keys.purge(ext, who);
        accounts.decConsumers(ext, who);
    }

    /** Ends this session: the queued validators take over, and the ones behind them are queued. */
    private void rotate(Externalities ext) {
        long ended = currentIndex.get(ext);
        boolean changed = queuedChanged.get(ext);
        plan.endSession(ext, ended);
        List<Map.Entry<AccountId, SessionKeys>> now = queuedKeys.get(ext);
        validators.put(ext, now.stream().map(Map.Entry::getKey).toList());
        if (changed) {
            disabledValidators.kill(ext);
        }
        long index = ended + 1 & 0xffff_ffffL;
        currentIndex.put(ext, index);
        Optional<List<AccountId>> planned = plan.newSession(ext, index + 1 & 0xffff_ffffL);
        List<Map.Entry<AccountId, SessionKeys>> next = withKeys(ext, planned.orElseGet(() -> validators.get(ext)));
        queuedKeys.put(ext, next);
        queuedChanged.put(ext, planned.isPresent() || haveChanged(now, next));
        events.deposit(ext, new Event.NewSession(index));
        handlers.forEach(handler -> handler.onNewSession(ext, index, changed, keysFor(handler, now)));
    }

    /** Whether any keys differ, compared in order as far as both lists go. */
    private static boolean haveChanged(List<Map.Entry<AccountId, SessionKeys>> now,
            List<Map.Entry<AccountId, SessionKeys>> next) {
        for (int i = 0; i < Math.min(now.size(), next.size()); i++) {
            if (!now.get(i).getValue().equals(next.get(i).getValue())) {
                return true;
            }
        }
        return false;
    }

    /** Those of {@code accounts} that have keys, with them. */
    private List<Map.Entry<AccountId, SessionKeys>> withKeys(Externalities ext, List<AccountId> who) {
        List<Map.Entry<AccountId, SessionKeys>> present = new ArrayList<>();
        for (AccountId account : who) {
            keys.of(ext, account).ifPresent(own -> present.add(Map.entry(account, own)));
        }
        return present;
    }

    private static List<PublicKey> keysFor(SessionHandler handler, List<Map.Entry<AccountId, SessionKeys>> registered) {
        return registered.stream().map(entry -> KeyRegister.ofType(entry.getValue(), handler.keyType())).toList();
    }

    @Override
    public List<AccountId> validators(Externalities ext) {
        return validators.get(ext);
    }

    @Override
    public long currentIndex(Externalities ext) {
        return currentIndex.get(ext);
    }

    /** Who validates in the next session. */
    public List<AccountId> queued(Externalities ext) {
        return queuedKeys.get(ext).stream().map(Map.Entry::getKey).toList();
    }

    @Override
    public Optional<SessionKeys> keysOf(Externalities ext, AccountId validator) {
        return keys.of(ext, validator);
    }
}
