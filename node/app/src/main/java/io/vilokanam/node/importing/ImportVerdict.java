package io.vilokanam.node.importing;

import java.util.List;
import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.aura.AuraVerdict;
import io.vilokanam.node.blocktree.TreeRoute;
import io.vilokanam.primitives.Hash;

/** What became of a block that was to be imported. */
public sealed interface ImportVerdict {

    /**
     * The block is part of the chain now.
     *
     * @param route the way from the former best block, where this block is the best one
     * @param worthlessProofs why proofs of finality that came with the block prove nothing
     */
    record Imported(BlockRef block, Optional<TreeRoute> route, List<String> worthlessProofs) implements ImportVerdict {

        public Imported {
            worthlessProofs = List.copyOf(worthlessProofs);
        }

        public boolean isBest() {
            return route.isPresent();
        }
    }

    /** The block was part of the chain before. */
    record AlreadyKnown(BlockRef block) implements ImportVerdict {}

    /** The block cannot be judged, now or at all. */
    sealed interface Refused extends ImportVerdict {
        /** One sentence with the field and the values in it. */
        String reason();
    }

    /** Its parent may still come. */
    record UnknownParent(Hash parent) implements Refused {
        @Override
        public String reason() {
            return "parentHash: block " + parent + " is not known";
        }
    }

    /** It is built on a block that lost against the finalised chain, or on one below the finalised block. */
    record NotOnFinalised(BlockRef parent, BlockRef finalised) implements Refused {
        @Override
        public String reason() {
            return "parentHash: block " + parent + " is not above the finalised block " + finalised;
        }
    }

    record WrongNumber(long expected, long actual) implements Refused {
        @Override
        public String reason() {
            return "number: expected " + expected + ", got " + actual;
        }
    }

    /** Aura's rules are broken. */
    record BadSeal(AuraVerdict.Invalid invalid) implements Refused {
        @Override
        public String reason() {
            return "digest: " + invalid.reason();
        }
    }

    /** What the author says of the outside world cannot be. */
    record BadInherents(String errors) implements Refused {
        @Override
        public String reason() {
            return "extrinsics: the inherents are wrong: " + errors;
        }
    }

    record WrongExtrinsicsRoot(Hash header, Hash computed) implements Refused {
        @Override
        public String reason() {
            return "extrinsicsRoot: the header says " + header + ", the body gives " + computed;
        }
    }

    record WrongStateRoot(Hash header, Hash computed) implements Refused {
        @Override
        public String reason() {
            return "stateRoot: the header says " + header + ", execution gives " + computed;
        }
    }

    /** The runtime refused the block. */
    record ExecutionFailed(String message) implements Refused {
        @Override
        public String reason() {
            return "execution: " + message;
        }
    }

    /** It announces a change of GRANDPA's authorities that cannot be. */
    record BadAnnouncement(String why) implements Refused {
        @Override
        public String reason() {
            return "digest: " + why;
        }
    }

    /** The state of the parent is not kept any more, or its code cannot be run. */
    record CannotExecute(String message) implements Refused {
        @Override
        public String reason() {
            return "cannot execute: " + message;
        }
    }

    /** Finality stands still and there is no room for more blocks. */
    record TreeFull(int blocks) implements Refused {
        @Override
        public String reason() {
            return blocks + " blocks are not final, no more are taken";
        }
    }
}
