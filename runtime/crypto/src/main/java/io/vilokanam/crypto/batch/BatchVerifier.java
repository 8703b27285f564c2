package io.vilokanam.crypto.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import io.vilokanam.crypto.curve25519.SchnorrBatch;
import io.vilokanam.crypto.curve25519.SchnorrEquation;
import io.vilokanam.crypto.ed25519.Ed25519;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.sr25519.Sr25519;

/**
 * Many signatures verified together, each with the answer that it would get alone. Sr25519 and Ed25519 share one sum;
 * ecdsa is verified one by one.
 *
 * <p>
 * Verifiers share nothing: callers spread work over threads with one verifier each. One verifier may also be used from
 * several threads, which then wait for one another.
 */
public final class BatchVerifier {

    /** Fewer equations than this are faster alone. */
    private static final int MIN_BATCH = 2;

    private static final class Claim {

        final Scheme scheme;
        final byte[] publicKey;
        final byte[] message;
        final byte[] signature;

        Claim(Scheme scheme, byte[] publicKey, byte[] message, byte[] signature) {
            this.scheme = scheme;
            this.publicKey = publicKey;
            this.message = message;
            this.signature = signature;
        }
    }

    private final List<Claim> claims = new ArrayList<>();

    /** Adds a signature; the arrays are not copied and must stay as they are. */
    public synchronized void add(Scheme scheme, byte[] publicKey, byte[] message, byte[] signature) {
        claims.add(new Claim(scheme, publicKey, message, signature));
    }

    /** How many signatures have been added. */
    public synchronized int size() {
        return claims.size();
    }

    /**
     * The answer for each signature in the order of adding. What was added stays.
     *
     * @param random a cryptographic generator ({@code SecureRandom}): who can foresee it can pass off invalid
     * signatures
     */
    public synchronized boolean[] verify(RandomGenerator random) {
        boolean[] valid = new boolean[claims.size()];
        List<SchnorrEquation> equations = new ArrayList<>();
        int[] owners = new int[SchnorrBatch.MAX_EQUATIONS];
        for (int i = 0; i < valid.length; i++) {
            Claim claim = claims.get(i);
            if (claim.scheme == Scheme.ECDSA) {
                valid[i] = claim.scheme.verify(claim.publicKey, claim.message, claim.signature);
                continue;
            }
            Optional<SchnorrEquation> equation = equation(claim);
            if (equation.isPresent()) {
                owners[equations.size()] = i;
                equations.add(equation.get());
            }
            if (equations.size() == SchnorrBatch.MAX_EQUATIONS) {
                settle(equations, owners, valid, random);
                equations.clear();
            }
        }
        settle(equations, owners, valid, random);
        return valid;
    }

    private static Optional<SchnorrEquation> equation(Claim claim) {
        return claim.scheme == Scheme.SR25519
                ? Sr25519.equation(claim.publicKey, claim.message, claim.signature)
                : Ed25519.equation(claim.publicKey, claim.message, claim.signature);
    }

    private static void settle(List<SchnorrEquation> equations, int[] owners, boolean[] valid, RandomGenerator random) {
        boolean all = equations.size() >= MIN_BATCH && SchnorrBatch.holds(equations, random);
        for (int i = 0; i < equations.size(); i++) {
            valid[owners[i]] = all || equations.get(i).holds();
        }
    }
}
