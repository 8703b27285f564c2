package io.vilokanam.node.executing;

import java.util.ArrayList;
import java.util.List;

import io.vilokanam.api.ChainRuntime;
import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.host.call.HostServices;
import io.vilokanam.host.call.SignatureBatches;
import io.vilokanam.host.call.SignatureClaim;
import io.vilokanam.host.call.SignatureVerdicts;
import io.vilokanam.host.state.ChainState;

/**
 * Calls that know nothing of each other, but for their signatures: a call is told that each one is good, and when all calls are
 * made, those signatures are verified together. What a call answered stands if all that it was told is true; else it is made
 * again and verifies for itself.
 */
final class JointCalls {

    /** Takes signatures that were not announced for good, and notes them. */
    private static final class Presumed implements SignatureBatches {

        private final SignatureBatches announced;
        private final List<SignatureClaim> claims = new ArrayList<>();

        Presumed(SignatureBatches announced) {
            this.announced = announced;
        }

        @Override
        public SignatureVerdicts begin(List<SignatureClaim> batch) {
            return announced.begin(batch);
        }

        @Override
        public boolean verify(SignatureClaim claim) {
            claims.add(claim);
            return true;
        }
    }

    private final ChainRuntime runtime;
    private final ChainState state;
    private final HostServices services;

    JointCalls(ChainRuntime runtime, ChainState state, HostServices services) {
        this.runtime = runtime;
        this.state = state;
        this.services = services;
    }

    /** Calls an entry point with each of the arguments; the outcomes in their order. */
    List<CallOutcome> make(String method, List<byte[]> arguments) {
        List<CallOutcome> outcomes = new ArrayList<>(arguments.size());
        if (arguments.size() == 1) {
            outcomes.add(call(method, arguments.getFirst(), services));
            return outcomes;
        }
        Presumed presumed = new Presumed(services.signatures());
        HostServices trusting = new HostServices(presumed, services.offchain(), services.keys(), services.log());
        int[] claimed = new int[arguments.size()];
        for (int i = 0; i < claimed.length; i++) {
            outcomes.add(call(method, arguments.get(i), trusting));
            claimed[i] = presumed.claims.size();
        }
        boolean[] holds = services.signatures().verify(presumed.claims);
        int claim = 0;
        for (int i = 0; i < claimed.length; i++) {
            boolean isTrue = true;
            for (; claim < claimed[i]; claim++) {
                isTrue &= holds[claim];
            }
            if (!isTrue) {
                outcomes.set(i, call(method, arguments.get(i), services));
            }
        }
        return outcomes;
    }

    private CallOutcome call(String method, byte[] arguments, HostServices with) {
        try {
            return new CallOutcome.Answered(new Execution(runtime, state, with).call(method, arguments));
        } catch (RuntimeTrap trap) {
            return new CallOutcome.Trapped(trap);
        }
    }
}
