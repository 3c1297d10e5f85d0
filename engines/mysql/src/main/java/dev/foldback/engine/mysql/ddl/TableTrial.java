package dev.foldback.engine.mysql.ddl;

import dev.foldback.engine.mysql.connect.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A table's definition as one of a temporary table, by which a server tells whether it takes the
 * columns, their defaults and expressions, the checks and the plain indexes. What temporary tables
 * never have is left out: foreign keys, partitions, indexes of other kinds, storage options.
 */
public final class TableTrial {
  private static final Set<String> ENGINES = Set.of("INNODB", "MYISAM", "ARIA", "MEMORY");
  private static final List<String> OPTIONS = List.of("ENGINE", "CHARSET", "COLLATE", "ROW_FORMAT");

  private TableTrial() {}

  /**
   * @param definition as it is to run on the target
   * @return nothing where a temporary table would show nothing
   */
  public static Optional<String> statement(String definition, String schema, String name) {
    TableStatement table = TableStatement.parse(definition);
    TableNeeds needs = new TableNeeds(definition);
    String engine = table.option("ENGINE").orElse("InnoDB").toUpperCase(Locale.ROOT);
    boolean special =
        needs.hasWords("SYSTEM", "VERSIONING")
            || needs.hasWords("NEXTVAL", "(")
            || needs.hasWords("ROW", "START");
    if (special || !ENGINES.contains(engine)) {
      return Optional.empty();
    }
    List<String> kept = new ArrayList<>();
    for (TableElement element : table.elements()) {
      switch (element.kind()) {
        case COLUMN, PRIMARY, UNIQUE, INDEX, CHECK -> kept.add(element.text());
        case FOREIGN_KEY, FULLTEXT, SPATIAL, VECTOR -> {}
        case PERIOD -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(
        "CREATE TEMPORARY TABLE "
            + Sql.name(schema, name)
            + " ("
            + String.join(", ", kept)
            + ")"
            + options(table));
  }

  private static String options(TableStatement table) {
    StringBuilder options = new StringBuilder();
    for (String option : OPTIONS) {
      table
          .option(option)
          .ifPresent(
              value ->
                  options
                      .append(' ')
                      .append(option)
                      .append('=')
                      // Temporary tables are never compressed; the limits are the same.
                      .append(value.equalsIgnoreCase("COMPRESSED") ? "DYNAMIC" : value));
    }
    return options.toString();
  }
}
