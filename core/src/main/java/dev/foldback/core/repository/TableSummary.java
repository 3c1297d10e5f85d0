package dev.foldback.core.repository;

import dev.foldback.core.TableName;

/** A table of a snapshot: what {@code show} prints. */
public record TableSummary(TableName name, long rows, long rowBytes, long frames) {}
