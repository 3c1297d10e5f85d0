package dev.foldback.core.prune;

/** What will be kept and deleted, and why. */
public record PrunePlan(Decisions decisions, Garbage garbage, PruneOptions options) {}
