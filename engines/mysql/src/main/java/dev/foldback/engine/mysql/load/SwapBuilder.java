package dev.foldback.engine.mysql.load;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.catalog.Catalog;
import dev.foldback.engine.mysql.catalog.CatalogReader;
import dev.foldback.engine.mysql.catalog.Context;
import dev.foldback.engine.mysql.catalog.OwnSchemas;
import dev.foldback.engine.mysql.connect.Connector;
import dev.foldback.engine.mysql.connect.Sql;
import dev.foldback.engine.mysql.ddl.ForeignKeyRule;
import dev.foldback.engine.mysql.ddl.NamedForeignKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Works out from what a server holds what has to change places, and what has to follow. */
final class SwapBuilder {
  /** Of a program's context, what says nothing about what it does. */
  private static final Set<String> INCIDENTAL = Set.of(Context.CREATED, Context.VALID);

  private final Db db;
  private final boolean mariaDb;
  private final UnaryOperator<TableName> folded;
  private final List<SchemaObject> live;

  /** Why not everything that is there could be seen. */
  private final List<Finding> unseen = new ArrayList<>();

  /** Whether rights on routines could be read. */
  private boolean grantsSeen = true;

  /** What counts the rows that a link would leave without a parent. */
  private final Map<Swap.Link, String> orphans = new LinkedHashMap<>();

  private SwapBuilder(
      Db db, boolean mariaDb, UnaryOperator<TableName> folded, List<SchemaObject> live) {
    this.db = db;
    this.mariaDb = mariaDb;
    this.folded = folded;
    this.live = live;
  }

  /**
   * Reads what the server holds.
   *
   * @param schemas in which tables are to change places
   */
  static SwapBuilder read(Connector connector, Db db, Collection<String> schemas)
      throws SQLException {
    boolean mariaDb = connector.flavor().mariaDb();
    boolean ignoresCase = !db.value("SELECT @@lower_case_table_names").equals("0");
    UnaryOperator<TableName> folded =
        ignoresCase
            ? n ->
                new TableName(
                    n.schema().toLowerCase(Locale.ROOT), n.table().toLowerCase(Locale.ROOT))
            : n -> n;
    Set<String> there = new HashSet<>(db.column("SHOW DATABASES"));
    List<String> patterns =
        schemas.stream().filter(there::contains).map(Selection::literal).sorted().toList();
    if (patterns.isEmpty()) {
      return new SwapBuilder(db, mariaDb, folded, List.of());
    }
    try (Connection connection = connector.open("catalog")) {
      Catalog catalog =
          CatalogReader.read(
              List.of(connection), connector.flavor(), new Selection(patterns, List.of()));
      SwapBuilder builder = new SwapBuilder(db, mariaDb, folded, catalog.objects());
      catalog.findings().stream()
          .filter(f -> f.severity() == Finding.Severity.ERROR)
          .forEach(builder.unseen::add);
      return builder;
    }
  }

  /**
   * The swap.
   *
   * @param names who and what it is; its lists are not looked at
   * @param corrections see {@link Swap#corrections}
   * @param scope what goes aside although nothing takes its place
   */
  Swap build(
      Swap names,
      List<Swap.Move> in,
      List<SchemaObject> wanted,
      List<String> corrections,
      Predicate<TableName> scope)
      throws SQLException {
    Set<TableName> taken = new HashSet<>();
    in.forEach(move -> taken.add(folded.apply(move.to())));
    Map<String, String> kept = new LinkedHashMap<>();
    List<Swap.Move> aside = new ArrayList<>();
    Set<TableName> gone = new HashSet<>();
    for (SchemaObject object : live) {
      TableName name = name(object);
      if (isTable(object) && (taken.contains(folded.apply(name)) || scope.test(name))) {
        String schema =
            kept.computeIfAbsent(
                name.schema(), _ -> OwnSchemas.KEPT + "_" + names.id() + "_" + kept.size());
        aside.add(new Swap.Move(name, new TableName(schema, name.table()), isApart(object)));
        gone.add(folded.apply(name));
      }
    }
    List<SchemaObject> found = new ArrayList<>();
    for (SchemaObject object : live) {
      boolean follows =
          object.kind().equals(Kind.TRIGGER)
              ? gone.contains(folded.apply(Kind.table(object)))
              : isProgram(object)
                  && (scope.test(name(object)) || taken.contains(folded.apply(name(object))));
      if (follows) {
        found.add(object);
      }
    }
    for (SchemaObject schema : wanted) {
      live.stream()
          .filter(o -> schema.kind().equals(Kind.SCHEMA))
          .filter(o -> o.kind().equals(Kind.SCHEMA) && o.name().equals(schema.name()))
          .forEach(found::add);
    }
    List<SchemaObject> same = same(found, wanted);
    List<SchemaObject> changed = new ArrayList<>(wanted);
    changed.removeIf(object -> isIn(object, same));
    found.removeIf(object -> isIn(object, same));
    found.addAll(grants(found));
    return new Swap(
        names.id(),
        names.ends(),
        names.what(),
        names.family(),
        aside,
        in,
        found,
        changed,
        links(gone, in),
        corrections);
  }

  /**
   * Whether the server renames it alone: MySQL with GTIDs changes tables with and without
   * transactions in no statement together.
   */
  boolean isApart(SchemaObject table) {
    return !mariaDb && !table.definition().contains(" ENGINE=InnoDB");
  }

  /** What keeps it from being known what is there: errors, and rights that will go. */
  List<Finding> unseen(Swap swap) {
    List<Finding> all = new ArrayList<>(unseen);
    boolean routines =
        swap.found().stream()
            .anyMatch(o -> o.kind().equals("function") || o.kind().equals("procedure"));
    if (!grantsSeen && routines) {
      all.add(
          Finding.warning(
              "rights-unknown",
              "routines",
              "rights on single routines that are replaced go with them, as the account may not"
                  + " read these rights",
              "Let it read mysql.procs_priv, or give the rights again."));
    }
    return all;
  }

  /** Tables that go aside and that the server renames only without their secondary engine. */
  List<TableName> withSecondaryEngine(Swap swap) {
    Set<TableName> aside = new HashSet<>();
    swap.aside().forEach(move -> aside.add(move.from()));
    return live.stream()
        .filter(o -> o.definition().contains("SECONDARY_ENGINE="))
        .map(SwapBuilder::name)
        .filter(aside::contains)
        .toList();
  }

  private List<SchemaObject> grants(List<SchemaObject> routines) {
    try {
      return RoutineGrants.read(db, routines);
    } catch (SQLException e) {
      grantsSeen = false;
      return List.of();
    }
  }

  /** Tables and sequences. */
  static boolean isTable(SchemaObject object) {
    return object.kind().equals(Kind.TABLE) || object.kind().equals(Kind.SEQUENCE);
  }

  /** Views and what is in the space of programs. */
  static boolean isProgram(SchemaObject object) {
    return object.kind().equals(Kind.VIEW) || Kind.space(object.kind()) == Kind.Space.PROGRAM;
  }

  private static TableName name(SchemaObject object) {
    return new TableName(object.schema(), object.name());
  }

  private static boolean isIn(SchemaObject object, List<SchemaObject> all) {
    return all.stream()
        .anyMatch(
            o ->
                o.kind().equals(object.kind())
                    && o.schema().equals(object.schema())
                    && o.name().equals(object.name()));
  }

  /** Programs that are as they are to be; triggers go with the tables that they were on. */
  private static List<SchemaObject> same(List<SchemaObject> found, List<SchemaObject> wanted) {
    return wanted.stream()
        .filter(w -> !w.kind().equals(Kind.TRIGGER))
        .filter(w -> found.stream().anyMatch(f -> isSame(f, w)))
        .toList();
  }

  private static boolean isSame(SchemaObject a, SchemaObject b) {
    return a.kind().equals(b.kind())
        && a.schema().equals(b.schema())
        && a.name().equals(b.name())
        && a.definition().equals(b.definition())
        && lasting(a).equals(lasting(b));
  }

  private static Map<String, String> lasting(SchemaObject object) {
    Map<String, String> context = new HashMap<>(object.context());
    context.keySet().removeAll(INCIDENTAL);
    return context;
  }

  /** Foreign keys of tables that stay: they would follow what they point to out of the way. */
  private List<Swap.Link> links(Set<TableName> gone, List<Swap.Move> in) throws SQLException {
    Map<TableName, TableName> came = new HashMap<>();
    in.forEach(move -> came.put(folded.apply(move.to()), move.to()));
    List<Swap.Link> links = new ArrayList<>();
    for (TableName child : children(gone)) {
      String definition = db.rows("SHOW CREATE TABLE " + Swap.name(child)).getFirst().get(1);
      for (NamedForeignKey key : NamedForeignKey.of(child, definition)) {
        TableName parent = folded.apply(key.rule().parent());
        if (!gone.contains(parent)) {
          continue;
        }
        TableName now = came.get(parent);
        if (now == null) {
          throw new FoldbackException(
              ErrorCode.NOT_RESTORABLE,
              "table "
                  + child
                  + " stays and has a foreign key "
                  + key.name()
                  + " to "
                  + key.rule().parent()
                  + ", which is not there at that moment",
              "Restore "
                  + child
                  + " in place too, drop that key first, or restore beside with --rename.");
        }
        Swap.Link link = new Swap.Link(child, key.name(), key.drop(), key.addTo(now), key.index());
        links.add(link);
        in.stream()
            .filter(move -> move.to().equals(now))
            .forEach(move -> orphans.put(link, orphans(key.rule(), move.from())));
      }
    }
    return links;
  }

  private static String orphans(ForeignKeyRule rule, TableName parent) {
    StringBuilder where = new StringBuilder();
    StringBuilder on = new StringBuilder();
    for (int i = 0; i < rule.columns().size(); i++) {
      String column = "c." + Sql.name(rule.columns().get(i));
      where.append(column).append(" IS NOT NULL AND ");
      on.append(i == 0 ? "" : " AND ");
      on.append("p.").append(Sql.name(rule.referenced().get(i))).append(" = ").append(column);
    }
    return "SELECT COUNT(*) FROM "
        + Swap.name(rule.child())
        + " c WHERE "
        + where
        + "NOT EXISTS (SELECT 1 FROM "
        + Swap.name(parent)
        + " p WHERE "
        + on
        + ")";
  }

  /**
   * Refuses where rows of tables that stay would point to rows that are not among those that come.
   * To be asked once they are loaded, after {@link #build}.
   */
  void requireParents() throws SQLException {
    for (Map.Entry<Swap.Link, String> each : orphans.entrySet()) {
      String count = db.value(each.getValue());
      if (!count.equals("0")) {
        Swap.Link link = each.getKey();
        throw new FoldbackException(
            ErrorCode.NOT_RESTORABLE,
            count
                + " rows of "
                + link.child()
                + " would point by foreign key "
                + link.name()
                + " to rows that were not there at that moment; nothing of what was there is"
                + " changed",
            "Restore " + link.child() + " in place too, or take these rows or the key away first.");
      }
    }
  }

  /** Tables that stay and point to one of those. */
  private Set<TableName> children(Set<TableName> gone) throws SQLException {
    if (gone.isEmpty()) {
      return Set.of();
    }
    Set<String> schemas = new TreeSet<>();
    gone.forEach(name -> schemas.add(Sql.text(name.schema())));
    Set<TableName> children = new LinkedHashSet<>();
    for (List<String> row :
        db.rows(
            "SELECT TABLE_SCHEMA, TABLE_NAME, REFERENCED_TABLE_SCHEMA, REFERENCED_TABLE_NAME FROM"
                + " information_schema.KEY_COLUMN_USAGE WHERE REFERENCED_TABLE_SCHEMA IN ("
                + String.join(", ", schemas)
                + ") ORDER BY 1, 2")) {
      TableName child = new TableName(row.get(0), row.get(1));
      boolean moves = gone.contains(folded.apply(child));
      if (!moves && gone.contains(folded.apply(new TableName(row.get(2), row.get(3))))) {
        children.add(child);
      }
    }
    return children;
  }
}
