package io.vilokanam.frame.members;

import java.util.List;

import io.vilokanam.api.Externalities;
import io.vilokanam.primitives.AccountId;

/** Is given the first members of a body, at genesis ({@code frame_support::traits::InitializeMembers}). */
@FunctionalInterface
public interface InitializeMembers {

    InitializeMembers NOBODY = (_, _) -> {};

    void initialize(Externalities ext, List<AccountId> members);
}
