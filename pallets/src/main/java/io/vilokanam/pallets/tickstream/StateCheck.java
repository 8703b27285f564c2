package io.vilokanam.pallets.tickstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.SessionStatus;
import io.vilokanam.primitives.tickstream.Terms;
import io.vilokanam.scale.U128;

/** Whether what is stored of sessions holds together, and the pot holds what it owes, to the planck. */
final class StateCheck {

    private final Sessions sessions;
    private final Streams streams;
    private final DueQueue queue;

    StateCheck(Sessions sessions, Streams streams, DueQueue queue) {
        this.sessions = sessions;
        this.streams = streams;
        this.queue = queue;
    }

    /**
     * What does not hold.
     *
     * @param owedElsewhere what the pot owes besides what sessions hold
     * @param inPot what it holds beyond the existential deposit
     */
    List<String> faults(Externalities ext, U128 owedElsewhere, U128 inPot) {
        List<String> faults = new ArrayList<>();
        U128 owed = owedElsewhere;
        long next = sessions.nextId(ext);
        for (var entry : sessions.all(ext)) {
            long id = entry.key();
            Session session = entry.value();
            owed = owed.plus(session.escrow()).plus(session.reserve());
            if (Long.compareUnsigned(id, next) >= 0) {
                faults.add("session " + id + " is not below the next id " + next);
            }
            check(ext, id, session, faults);
        }
        if (!owed.equals(inPot)) {
            faults.add("the pot holds " + inPot + ", but owes " + owed);
        }
        return faults;
    }

    private void check(Externalities ext, long id, Session session, List<String> faults) {
        Terms terms = session.terms();
        if (!sessions.of(ext, terms.viewer(), terms.stream()).equals(Optional.of(id))) {
            faults.add("session " + id + " is not the one of its viewer and stream");
        }
        if (streams.find(ext, terms.stream()).isEmpty()) {
            faults.add("session " + id + " is of stream " + terms.stream() + ", which does not exist");
        }
        if (session.settledTicks() > terms.maxTicks()) {
            faults.add("session " + id + " settled " + session.settledTicks() + " ticks of " + terms.maxTicks());
        }
        U128 gross = terms.grossOf(session.settledTicks());
        if (!session.charged().equals(gross)) {
            faults.add("session " + id + " was charged " + session.charged() + ", its ticks cost " + gross);
        }
        if (!session.feeTaken().equals(terms.fee().of(gross))) {
            faults.add("session " + id + " gave " + session.feeTaken() + " to the platform of " + gross);
        }
        long due = switch (session.status()) {
            case SessionStatus.Open(long expiresAt) -> expiresAt;
            case SessionStatus.Closing(long until) -> until;
        };
        if (!queue.holds(ext, due, id)) {
            faults.add("session " + id + " is not queued for block " + due);
        }
    }
}
