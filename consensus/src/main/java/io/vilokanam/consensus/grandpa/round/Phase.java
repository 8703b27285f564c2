package io.vilokanam.consensus.grandpa.round;

import io.vilokanam.consensus.grandpa.Stage;

/** The two stages of a round whose votes are counted. */
public enum Phase {
    PREVOTE(Stage.PREVOTE), PRECOMMIT(Stage.PRECOMMIT);

    private final Stage stage;

    Phase(Stage stage) {
        this.stage = stage;
    }

    public Stage stage() {
        return stage;
    }
}
