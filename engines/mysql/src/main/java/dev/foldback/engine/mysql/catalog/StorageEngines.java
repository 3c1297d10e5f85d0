package dev.foldback.engine.mysql.catalog;

import dev.foldback.core.Finding;
import dev.foldback.core.TableName;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the storage engine of a table means for its rows. Names in any case. */
public final class StorageEngines {
  private static final Set<String> TRANSACTIONAL = Set.of("INNODB", "ROCKSDB", "TOKUDB");

  private static final Set<String> LOCKABLE =
      Set.of("MYISAM", "ARIA", "MEMORY", "CSV", "ARCHIVE", "MROONGA", "SEQUENCE");

  /** They show the rows of other tables of the same server, or drop what they get. */
  private static final Set<String> WITHOUT_ROWS = Set.of("MRG_MYISAM", "BLACKHOLE");

  /** Their rows lie with another server, in files or in a store of objects. */
  private static final Set<String> ELSEWHERE =
      Set.of("FEDERATED", "CONNECT", "SPIDER", "SPHINX", "S3", "OQGRAPH");

  private static final String CLUSTER = "NDBCLUSTER";

  private StorageEngines() {}

  /** Whether a consistent snapshot covers the rows. */
  public static boolean isTransactional(String engine) {
    return TRANSACTIONAL.contains(upper(engine));
  }

  /** Whether only a lock keeps the rows as they are. */
  public static boolean isLockable(String engine) {
    return LOCKABLE.contains(upper(engine));
  }

  /** Whether the rows are none of the backup's. */
  static boolean isWithoutRows(String engine) {
    String name = upper(engine);
    return WITHOUT_ROWS.contains(name)
        || ELSEWHERE.contains(name)
        || name.equals(CLUSTER)
        || name.equals("PERFORMANCE_SCHEMA");
  }

  /** What is to be said of a table because of its engine; {@code engine} may be empty. */
  static Optional<Finding> finding(TableName table, String engine) {
    String name = upper(engine);
    String subject = "table " + table;
    if (name.equals(CLUSTER)) {
      return Optional.of(
          Finding.error(
              "rows-not-carried",
              subject,
              "is kept by NDB Cluster, whose rows Foldback can't read at one position",
              "Back it up with the cluster's own backup, and leave it out with --exclude."));
    }
    if (ELSEWHERE.contains(name)) {
      return Optional.of(
          Finding.warning(
              "rows-not-carried",
              subject,
              "is of engine "
                  + engine
                  + ", whose rows lie elsewhere: its definition is in the backup, its rows are not",
              "Back its rows up where they lie."));
    }
    boolean known = name.isEmpty() || isWithoutRows(name) || isLockable(name);
    return known || isTransactional(name)
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                "not-of-one-moment",
                subject,
                "is of engine "
                    + engine
                    + ", which Foldback does not know: its rows may be of a later moment than"
                    + " those of other tables",
                "Let nothing write to it while it is backed up."));
  }

  private static String upper(String engine) {
    return engine.toUpperCase(Locale.ROOT);
  }
}
