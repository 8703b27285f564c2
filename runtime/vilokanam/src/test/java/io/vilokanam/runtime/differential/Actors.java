package io.vilokanam.runtime.differential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import io.vilokanam.api.Externalities;
import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.keys.KeyException;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.host.call.HostHashing;
import io.vilokanam.pallets.balances.AccountData;
import io.vilokanam.pallets.system.FrameSystem;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** Who acts in a random chain: signers of all three schemes, their derivative accounts, and accounts that nobody signs for. */
final class Actors {

    static final U128 ED = U128.of(1_000_000_000L);
    private static final int SR25519 = 6;
    private static final int OTHERS = 4;
    private static final int SILENT = 6;
    private static final int ACCOUNTS_MAX = 100;

    /** An account and the key that signs for it. */
    record Signer(AccountId id, Scheme scheme, KeyPair keys) {}

    private static final List<Signer> SIGNERS = signers();
    private static final Signer TREASURER = signer(Scheme.SR25519, "//treasurer");

    private final SplittableRandom random;
    private final List<AccountId> accounts = new ArrayList<>();
    private final int silent;

    Actors(SplittableRandom random) {
        this.random = random;
        SIGNERS.forEach(signer -> accounts.add(signer.id));
        for (int i = 1; i <= SILENT; i++) {
            byte[] bytes = new byte[AccountId.SIZE];
            Arrays.fill(bytes, (byte) i);
            accounts.add(AccountId.wrap(bytes));
        }
        SIGNERS.forEach(signer -> accounts.add(derivative(signer, 0)));
        accounts.add(derivative(SIGNERS.getFirst(), 1));
        silent = accounts.size() - SIGNERS.size();
    }

    private static AccountId derivative(Signer signer, int index) {
        byte[] preimage = new ScaleOutput().raw(Bytes.ascii("modlpy/utilisuba").view())
                .raw(signer.id.bytes().view()).u16(index).toByteArray();
        return AccountId.wrap(new HostHashing().blake2b256(preimage));
    }

    private static List<Signer> signers() {
        List<Signer> signers = new ArrayList<>();
        for (String name : List.of("//Alice", "//Bob", "//Charlie", "//Dave", "//Eve", "//Ferdie")) {
            signers.add(signer(Scheme.SR25519, name));
        }
        for (int i = 0; i < OTHERS; i++) {
            signers.add(signer(Scheme.ED25519, "//ed//" + i));
            signers.add(signer(Scheme.ECDSA, "//ec//" + i));
        }
        return List.copyOf(signers);
    }

    private static Signer signer(Scheme scheme, String uri) {
        try {
            KeyPair keys = SecretUri.keyPair(scheme, uri);
            byte[] id = scheme == Scheme.ECDSA ? Blake2b.hash256(keys.publicKey()) : keys.publicKey();
            return new Signer(AccountId.wrap(id), scheme, keys);
        } catch (KeyException e) {
            throw new IllegalArgumentException(uri, e);
        }
    }

    static List<Signer> all() {
        return SIGNERS;
    }

    /** Has money for those who have none, takes part in nothing else, and is known to nobody. */
    static Signer treasurer() {
        return TREASURER;
    }

    static Signer alice() {
        return SIGNERS.getFirst();
    }

    /** Who signs next: //Alice, who may do everything, more often than others. */
    Signer signer() {
        return random.nextInt(5) < 2 ? SIGNERS.getFirst() : SIGNERS.get(random.nextInt(SIGNERS.size()));
    }

    AccountId account() {
        return switch (random.nextInt(30)) {
            case 0 -> AccountId.wrap(bytes(AccountId.SIZE));
            case 1 -> AccountId.ZERO;
            default -> accounts.get(random.nextInt(accounts.size()));
        };
    }

    /** An account that nobody signs for: its record may be written at will. */
    AccountId silent() {
        return accounts.get(SIGNERS.size() + random.nextInt(silent));
    }

    /** An account that takes part from now on. */
    void meet(AccountId account) {
        if (!accounts.contains(account) && accounts.size() < ACCOUNTS_MAX) {
            accounts.add(account);
        }
    }

    MultiAddress address() {
        return switch (random.nextInt(40)) {
            case 0 -> new MultiAddress.Address32(Bytes.wrap(bytes(32)));
            case 1 -> new MultiAddress.Address20(Bytes.wrap(bytes(20)));
            case 2 -> new MultiAddress.Raw(Bytes.wrap(bytes(random.nextInt(40))));
            case 3 -> new MultiAddress.Index();
            default -> MultiAddress.of(account());
        };
    }

    /** An amount at an edge: of the existential deposit, of some account's balance, of the type. */
    U128 amount(FrameSystem<AccountData> system, Externalities state) {
        AccountData some = system.accounts().get(state, account());
        return switch (random.nextInt(16)) {
            case 0 -> U128.ZERO;
            case 1 -> U128.ONE;
            case 2 -> ED.minus(U128.ONE);
            case 3 -> ED;
            case 4 -> ED.plus(U128.ONE);
            case 5 -> U128.MAX;
            case 6 -> some.free();
            case 7 -> some.free().saturatingMinus(ED);
            case 8 -> some.free().saturatingMinus(ED).saturatingPlus(U128.ONE);
            case 9 -> some.reserved();
            case 10 -> U128.MAX.minus(U128.of(random.nextInt(3)));
            case 11 -> U128.of(1L << 60);
            default -> U128.of(random.nextLong(5 * ED.low()));
        };
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
