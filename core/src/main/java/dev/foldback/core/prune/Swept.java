package dev.foldback.core.prune;

/**
 * What a deletion did.
 *
 * @param snapshots how many manifests were deleted
 * @param segments how many segments of log
 * @param deletedObjects objects that are gone, and their bytes as stored
 * @param waitingObjects objects that nothing refers to and that a later run deletes, when the grace
 *     period has passed
 * @param clockKnown whether the store tells times; where it does not, no object is deleted
 */
public record Swept(
    long snapshots,
    long segments,
    long deletedObjects,
    long deletedBytes,
    long waitingObjects,
    long waitingBytes,
    boolean clockKnown) {}
