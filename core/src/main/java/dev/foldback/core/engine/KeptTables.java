package dev.foldback.core.engine;

import dev.foldback.core.TableName;
import java.time.Instant;
import java.util.List;

/**
 * What a restore in place put aside on a server.
 *
 * @param id names it on that server
 * @param at when the tables changed places, by that server's clock
 * @param what for people: what took their place
 * @param tables under the names that they had
 * @param schemas that they are in now
 * @param bytes that they take, by the server's own estimate
 * @param ended whether all that belongs to the change is done; false after a run that was killed
 */
public record KeptTables(
    String id,
    Instant at,
    String what,
    List<TableName> tables,
    List<String> schemas,
    long bytes,
    boolean ended) {
  public KeptTables {
    tables = List.copyOf(tables);
    schemas = List.copyOf(schemas);
  }
}
