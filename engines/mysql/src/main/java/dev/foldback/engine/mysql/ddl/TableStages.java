package dev.foldback.engine.mysql.ddl;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.Renames;
import dev.foldback.engine.mysql.connect.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The statements that make a table in three stages: with just the keys that rows need, its other
 * indexes once rows are there, and its foreign keys once all tables are there. Indexes keep the
 * order in which the server printed them, so that it prints the same again.
 *
 * <p>Kept in the first stage besides the primary key: an index that AUTO_INCREMENT needs; without a
 * primary key the first unique one over NOT NULL columns, because InnoDB orders rows by it and
 * would copy the table to add it; any index with a period; and every index before one of these.
 */
public final class TableStages {
  private final TableName name;
  private final TableName target;
  private final Renames renames;
  private final TableStatement table;
  private final int firstLater;

  /**
   * @param name as it was
   * @param definition what SHOW CREATE TABLE printed
   */
  public TableStages(TableName name, String definition, Renames renames) {
    this(name, TableStatement.parse(definition), renames);
  }

  public TableStages(TableName name, TableStatement table, Renames renames) {
    this(name, table, renames, false);
  }

  private TableStages(TableName name, TableStatement table, Renames renames, boolean whole) {
    this.name = name;
    this.target = renames.table(name);
    this.renames = renames;
    this.table = table;
    this.firstLater = whole ? table.elements().size() : firstLater();
  }

  /** The same with all indexes in the first stage: for a small table that costs least. */
  public TableStages whole() {
    return new TableStages(name, table, renames, true);
  }

  /** The statement for the table itself. */
  public String create() {
    List<String> kept = new ArrayList<>();
    List<TableElement> elements = table.elements();
    for (int i = 0; i < elements.size(); i++) {
      TableElement element = elements.get(i);
      boolean later =
          element.kind() == TableElement.Kind.FOREIGN_KEY
              || (element.kind().isSecondaryIndex() && i >= firstLater);
      if (!later) {
        kept.add("  " + renamed(element));
      }
    }
    return "CREATE TABLE "
        + Sql.name(target.schema(), target.table())
        + " (\n"
        + String.join(",\n", kept)
        + "\n)"
        + MergeUnion.rename(table.tail(), name.schema(), renames);
  }

  /** Statements that add the other indexes; InnoDB builds one FULLTEXT index at a time. */
  public List<String> indexes() {
    List<String> statements = new ArrayList<>();
    List<String> plain =
        later().filter(e -> e.kind() != TableElement.Kind.FULLTEXT).map(this::add).toList();
    if (!plain.isEmpty()) {
      statements.add(alter(plain));
    }
    later()
        .filter(e -> e.kind() == TableElement.Kind.FULLTEXT)
        .forEach(e -> statements.add(alter(List.of(add(e)))));
    return statements;
  }

  /** The same as {@link #indexes}, one statement an index. */
  public List<String> indexesOneByOne() {
    return later().map(e -> alter(List.of(add(e)))).toList();
  }

  /** The statement that adds the foreign keys. */
  public Optional<String> foreignKeys() {
    List<String> keys =
        table.elements().stream()
            .filter(e -> e.kind() == TableElement.Kind.FOREIGN_KEY)
            .map(this::add)
            .toList();
    return keys.isEmpty() ? Optional.empty() : Optional.of(alter(keys));
  }

  private Stream<TableElement> later() {
    List<TableElement> elements = table.elements();
    return elements.subList(Math.min(firstLater, elements.size()), elements.size()).stream()
        .filter(e -> e.kind().isSecondaryIndex());
  }

  private String alter(List<String> clauses) {
    return "ALTER TABLE "
        + Sql.name(target.schema(), target.table())
        + "\n"
        + String.join(",\n", clauses);
  }

  private String add(TableElement element) {
    return "  ADD " + renamed(element);
  }

  private String renamed(TableElement element) {
    String text = element.text();
    if (element.kind() == TableElement.Kind.FOREIGN_KEY) {
      text =
          ForeignKeys.pointTo(
              text,
              (schema, referenced) -> {
                TableName to =
                    renames.table(
                        new TableName(schema.isEmpty() ? name.schema() : schema, referenced));
                return Sql.name(to.schema(), to.table());
              });
    } else {
      text = QualifiedNames.rename(text, "", renames);
    }
    return ConstraintNames.follow(element, text, name.table(), target.table());
  }

  private int firstLater() {
    List<TableElement> elements = table.elements();
    if (!table.option("ENGINE").map(e -> e.equalsIgnoreCase("InnoDB")).orElse(true)) {
      return elements.size();
    }
    int keep = 0;
    boolean primary = elements.stream().anyMatch(e -> e.kind() == TableElement.Kind.PRIMARY);
    boolean clusterSought = !primary;
    boolean counterSought = counter().isPresent() && !keyServes(primaryColumns());
    for (int i = 0; i < elements.size(); i++) {
      TableElement element = elements.get(i);
      if (!element.kind().isSecondaryIndex()) {
        continue;
      }
      if (clusterSought && isClusterKey(element)) {
        clusterSought = false;
        keep = i + 1;
      }
      if (counterSought && keyServes(element.columns())) {
        counterSought = false;
        keep = i + 1;
      }
      if (element.hasWord("OVERLAPS")) {
        keep = i + 1;
      }
    }
    return keep;
  }

  private Optional<String> counter() {
    return table.elements().stream()
        .filter(e -> e.kind() == TableElement.Kind.COLUMN && e.hasWord("AUTO_INCREMENT"))
        .map(TableElement::name)
        .findFirst();
  }

  private List<String> primaryColumns() {
    return table.elements().stream()
        .filter(e -> e.kind() == TableElement.Kind.PRIMARY)
        .map(TableElement::columns)
        .findFirst()
        .orElse(List.of());
  }

  private boolean keyServes(List<String> columns) {
    return !columns.isEmpty() && counter().filter(columns.get(0)::equalsIgnoreCase).isPresent();
  }

  private boolean isClusterKey(TableElement element) {
    return element.kind() == TableElement.Kind.UNIQUE
        && !element.columns().isEmpty()
        && element.columns().stream().allMatch(this::isNotNull);
  }

  private boolean isNotNull(String column) {
    return table.elements().stream()
        .filter(e -> e.kind() == TableElement.Kind.COLUMN && e.name().equalsIgnoreCase(column))
        .anyMatch(e -> NotNull.in(Lexer.tokens(e.text())));
  }
}
