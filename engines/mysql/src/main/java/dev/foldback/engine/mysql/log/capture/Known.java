package dev.foldback.engine.mysql.log.capture;

import dev.foldback.core.Position;
import dev.foldback.core.log.LastEvent;
import java.util.Optional;

/**
 * What is known of the log before a feed.
 *
 * @param start the place that the feed goes on from
 * @param dumpFrom the offset in that file which the dump begins at: before {@code start} where the
 *     event there must be known again
 * @param last the event before {@code start}, if one is known
 * @param format the format description that the file had; empty where it is not known
 * @param fileEnds whether {@code start} is the end of its file
 */
record Known(
    Position.Binlog start,
    long dumpFrom,
    Optional<LastEvent> last,
    String format,
    boolean fileEnds) {}
