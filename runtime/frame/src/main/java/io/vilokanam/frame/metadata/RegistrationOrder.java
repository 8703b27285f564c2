package io.vilokanam.frame.metadata;

/**
 * Whose types get the low ids. Ids are handed out at first sight, so the order shows in every blob; it also enters the
 * metadata hash, which visits types by id.
 */
public enum RegistrationOrder {
    /** As frame-metadata does for version 14, and did for all versions until 2025. */
    PALLETS_FIRST,
    /** As newer releases do from version 15 on, so that the metadata hash does not depend on the version. */
    EXTRINSIC_FIRST
}
