package dev.foldback.core.log;

import dev.foldback.core.Position;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An unbroken stretch of one log file that ends after a whole transaction or with the file.
 *
 * @param from the place of its first byte
 * @param to the place after its last byte
 * @param header what must be read before its bytes can be, in Base64: in a binary log the format
 *     description, which is also the first of the bytes where they begin with the file
 * @param firstCommit of its first transaction, by the source's clock
 * @param lastCommit of its last transaction
 * @param last the last event up to {@code to}, which may be before {@code from} where the stretch
 *     is empty
 * @param fileEnds whether the log file ends here
 * @param notFollowed statements in it whose effect a fold does not carry, as far as a look at their
 *     beginning tells: those that change accounts or what belongs to the whole server, and changes
 *     of rows that are logged as text
 * @param statements events in it that are neither changes of rows nor borders of their
 *     transactions; where there are none, all that it says but the rows is said here. Empty where
 *     they were not counted
 * @param latestCommit the latest time of a commit, in whatever order they are
 */
public record LogStretch(
    Position from,
    Position to,
    String header,
    Optional<Instant> firstCommit,
    Optional<Instant> lastCommit,
    long transactions,
    long events,
    long bytes,
    Optional<LastEvent> last,
    boolean fileEnds,
    long notFollowed,
    OptionalLong statements,
    Optional<Instant> latestCommit) {}
