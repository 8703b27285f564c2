package io.vilokanam.frame.members;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.primitives.AccountId;

/** Is told of changes among the members of a body ({@code frame_support::traits::ChangeMembers}). */
public interface ChangeMembers {

    /** Nobody is told. */
    ChangeMembers NOBODY = (_, _, _, _) -> {};

    /**
     * @param incoming who joins, sorted
     * @param outgoing who leaves, sorted
     * @param members all who are members from now on, sorted
     */
    void changeMembersSorted(Externalities ext, List<AccountId> incoming, List<AccountId> outgoing,
            List<AccountId> members);

    /** The same of members in any order. */
    default void changeMembers(Externalities ext, List<AccountId> incoming, List<AccountId> outgoing,
            List<AccountId> members) {
        changeMembersSorted(ext, incoming, outgoing, members.stream().sorted().toList());
    }

    /** A whole new list of members in place of an old one, both sorted. */
    default void setMembersSorted(Externalities ext, List<AccountId> members, List<AccountId> old) {
        Difference difference = Difference.of(members, old);
        changeMembersSorted(ext, difference.incoming, difference.outgoing, members);
    }

    /** Says who votes for those that do not vote. */
    default void setPrime(Externalities ext, Optional<AccountId> prime) {}

    default Optional<AccountId> prime(Externalities ext) {
        return Optional.empty();
    }

    /** Who is in the first of two sorted lists alone, and who in the second ({@code compute_members_diff_sorted}). */
    record Difference(List<AccountId> incoming, List<AccountId> outgoing) {

        public static Difference of(List<AccountId> members, List<AccountId> old) {
            List<AccountId> incoming = new ArrayList<>();
            List<AccountId> outgoing = new ArrayList<>();
            int i = 0;
            int j = 0;
            while (i < members.size() || j < old.size()) {
                int order = i == members.size() ? 1 : j == old.size() ? -1 : members.get(i).compareTo(old.get(j));
                if (order < 0) {
                    incoming.add(members.get(i++));
                } else if (order > 0) {
                    outgoing.add(old.get(j++));
                } else {
                    i++;
                    j++;
                }
            }
            return new Difference(incoming, outgoing);
        }
    }
}
