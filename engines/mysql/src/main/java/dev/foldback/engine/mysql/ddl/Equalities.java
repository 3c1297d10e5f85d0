package dev.foldback.engine.mysql.ddl;

import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.log.Equality;
import dev.foldback.core.log.TableState;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How values of columns are compared, by type and collation, as far as foreign keys allow them. */
public final class Equalities {
  /** Equal values of one of these types have the same bytes in frames, whatever is in brackets. */
  private static final Set<String> LOOSE =
      Set.of(
          "tinyint",
          "smallint",
          "mediumint",
          "int",
          "bigint",
          "year",
          "uuid",
          "inet4",
          "inet6",
          "enum",
          "set");

  /** The same, but of one size only: others are stored in other ways. */
  private static final Set<String> STRICT =
      Set.of("date", "datetime", "timestamp", "time", "decimal", "bit");

  private static final Map<String, String> USUAL =
      Map.of(
          "ascii", "ascii_general_ci",
          "latin1", "latin1_swedish_ci",
          "utf8", "utf8_general_ci",
          "utf8mb3", "utf8mb3_general_ci");

  private Equalities() {}

  /** Empty where it is not known, as for a column that frames lack. */
  public static Optional<Equality> of(TableState table, String column) {
    for (ColumnLayout layout : table.definition().columns()) {
      if (layout.name().equalsIgnoreCase(column)) {
        return of(table.object().definition(), layout);
      }
    }
    return Optional.empty();
  }

  private static Optional<Equality> of(String definition, ColumnLayout column) {
    String type = column.type().split("[ (]", 2)[0];
    if (column.type().contains("zerofill")) {
      // Written with as many zeros as its width wants.
      return Optional.of(new ByteEquality(column.type()));
    }
    if (type.equals("binary") || type.equals("varbinary")) {
      return Optional.of(new ByteEquality("bytes"));
    }
    if (type.equals("char") || type.equals("varchar")) {
      return collation(definition, column.name())
          .flatMap(Collation::of)
          .map(collation -> new TextEquality(type, collation));
    }
    if (LOOSE.contains(type)) {
      return Optional.of(new ByteEquality(type));
    }
    return STRICT.contains(type)
        ? Optional.of(new ByteEquality(column.type().replace(" unsigned", "")))
        : Optional.empty();
  }

  /** Without one that is written, a character set's usual one, where all servers have the same. */
  private static Optional<String> collation(String definition, String column) {
    String written = ColumnCharsets.collations(definition).getOrDefault(column, "");
    return Optional.ofNullable(written.contains("_") ? written : USUAL.get(written));
  }
}
