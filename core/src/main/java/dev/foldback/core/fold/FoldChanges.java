package dev.foldback.core.fold;

/**
 * How much of a table's log is left by its reduction.
 *
 * @param changes rows inserted, updated and deleted since its start or since it was emptied
 * @param keys rows that have a last image, those in the work file once for each time they went
 *     there
 * @param spilledBytes in the work file
 */
public record FoldChanges(long changes, long keys, long spilledBytes) {}
