package io.vilokanam.frame.metadata;

/** The formats of metadata, older first. Names and shapes are those of the {@code frame-metadata} crate. */
public enum MetadataVersion {
    /** What {@code Metadata_metadata} returns. */
    V14(14),
    /** Adds runtime APIs, outer enums and docs of pallets. */
    V15(15),
    /**
     * The draft of 16 that stable2503 answers for version 2^32 - 1 (frame-metadata 20 to 22): extension indices and API versions
     * are plain integers, and the call type is not repeated beside the extrinsic.
     */
    UNSTABLE(16),
    /** Adds extensions by version, associated types, view functions and deprecation. */
    V16(16);

    private final int number;

    MetadataVersion(int number) {
        this.number = number;
    }

    /** The byte behind the magic. */
    public int number() {
        return number;
    }

    boolean isAtLeast(MetadataVersion other) {
        return compareTo(other) >= 0;
    }
}
