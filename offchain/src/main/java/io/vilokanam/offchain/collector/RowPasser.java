package io.vilokanam.offchain.collector;

/** Is shown what changes, as it is written: who passes words on to other nodes. One thread at a time; must not block. */
public interface RowPasser {

    void pass(RowChanges changes);

    /** That was all for now. */
    void written();
}
