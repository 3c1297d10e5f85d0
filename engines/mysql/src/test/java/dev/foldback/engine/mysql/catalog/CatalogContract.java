package dev.foldback.engine.mysql.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import dev.foldback.core.Finding;
import dev.foldback.core.Secret;
import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.ColumnLayout.Encoding;
import dev.foldback.core.engine.Endpoint;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.engine.mysql.connect.Connector;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What the catalogue holds of a server with one of everything; one subclass a server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CatalogContract {
  private static final String ODD = "odd.na\"me/'s `x";
  private static final String PASSWORD = "Rights-1";

  private final ServerKind kind;
  private TestServer source;
  private Catalog everything;

  CatalogContract(ServerKind kind) {
    this.kind = kind;
  }

  @BeforeAll
  void fill() throws Exception {
    source = TestServers.fresh(kind);
    prepare(source);
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement()) {
      // The driver gives up where it hears that the client's character set is another.
      statement.execute("SET SESSION session_track_system_variables = ''");
      statement.execute("SET NAMES utf8mb4");
      statement.execute("SET SESSION sql_mode = ''");
      for (String file : List.of("common.sql", mariaDb() ? "mariadb.sql" : "mysql.sql")) {
        for (String sql : script(file)) {
          statement.execute(sql);
        }
      }
    }
    if (kind == ServerKind.MYSQL_9_7) {
      source.execute(
          "CREATE LIBRARY shop.lib LANGUAGE JAVASCRIPT AS 'export function f(n) { return n; }'");
    }
    everything = read(source.endpoint(), Selection.ALL);
  }

  @AfterAll
  void end() {
    if (source != null) {
      source.close();
    }
  }

  private boolean mariaDb() {
    return kind.mariaDb();
  }

  private static void prepare(TestServer server) throws SQLException {
    server.execute("SET GLOBAL log_bin_trust_function_creators = ON");
  }

  private List<String> script(String name) throws Exception {
    try (InputStream in = CatalogContract.class.getResourceAsStream(name)) {
      String text = new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
      return List.of(text.strip().split("\n;;\n", -1));
    }
  }

  private static Catalog read(Endpoint endpoint, Selection selection) throws SQLException {
    Connector connector = Connector.to(endpoint);
    try (Connection connection = connector.open("catalog")) {
      return CatalogReader.read(List.of(connection), connector.flavor(), selection);
    }
  }

  private Endpoint as(String user) {
    return new Endpoint(
        kind.scheme(), source.host(), source.port(), user, new Secret(PASSWORD), null, Map.of());
  }

  private SchemaObject object(String kind, String schema, String name) {
    return everything.objects().stream()
        .filter(o -> o.kind().equals(kind) && o.schema().equals(schema) && o.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " " + schema + "." + name));
  }

  private TableDefinition table(String schema, String name) {
    return everything.tables().stream()
        .filter(t -> t.name().equals(new TableName(schema, name)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no table " + schema + "." + name));
  }

  @Test
  void everyKindIsCaptured() {
    Set<String> kinds =
        everything.objects().stream().map(SchemaObject::kind).collect(Collectors.toSet());
    assertThat(kinds)
        .contains(
            "schema",
            "table",
            "view",
            "function",
            "procedure",
            "trigger",
            "event",
            "user",
            "role",
            "grant",
            "default_role",
            "server");
    assertThat(kinds)
        .contains(
            mariaDb()
                ? new String[] {"sequence", "package", "package body"}
                : new String[] {"tablespace", "histogram"});
  }

  @Test
  void aServerMadeFromTheCatalogueShowsTheSame() throws Exception {
    try (TestServer target = TestServers.fresh(kind);
        Connection there = target.connect();
        Connection here = source.connect()) {
      prepare(target);
      if (!mariaDb()) {
        target.execute("SET GLOBAL partial_revokes = ON");
      }
      Set<String> existing =
          read(target.endpoint(), Selection.ALL).objects().stream()
              .filter(o -> o.kind().equals("user") || o.kind().equals("role"))
              .map(SchemaObject::name)
              .collect(Collectors.toSet());
      List<String> failures;
      try (Connection replay = Connector.to(target.endpoint()).open("replay")) {
        failures = new Replayer(replay, existing, TestServer.USER + "@%").run(everything.objects());
      }
      assertThat(failures)
          .as("only the view that is broken on the source can't be created")
          .hasSize(1)
          .allMatch(f -> f.startsWith("view shop.broken: "));
      Map<String, String> wanted = Showing.everything(here, mariaDb());
      wanted.remove("VIEW `shop`.`broken`");
      Map<String, String> made = Showing.everything(there, mariaDb());
      assertThat(made.keySet()).isEqualTo(wanted.keySet());
      assertSoftly(
          all ->
              wanted.forEach(
                  (name, text) -> all.assertThat(made.get(name)).as(name).isEqualTo(text)));
    }
  }

  @Test
  void aBrokenViewIsKeptAndNamed() {
    assertThat(object("view", "shop", "broken").context()).containsEntry(Context.VALID, "no");
    assertThat(object("view", "shop", "broken").definition()).contains("`shop`.`willgo`");
    assertThat(everything.findings())
        .anyMatch(f -> f.code().equals("view-invalid") && f.subject().equals("view shop.broken"));
  }

  @Test
  void aViewComesAfterThoseItReads() {
    List<String> views =
        everything.objects().stream()
            .filter(o -> o.kind().equals("view"))
            .map(SchemaObject::name)
            .toList();
    assertThat(views).containsSubsequence("z_base", "a_top", "v.1");
  }

  @Test
  void triggersComeInTheOrderInWhichTheyRun() {
    List<String> triggers =
        everything.objects().stream()
            .filter(o -> o.kind().equals("trigger"))
            .map(SchemaObject::name)
            .toList();
    assertThat(triggers).containsSubsequence("first", "third", "second");
  }

  @Test
  void aProgramKeepsTheSettingsThatItWasMadeUnder() {
    Map<String, String> procedure = object("procedure", "shop", "tell me").context();
    assertThat(procedure.get(Context.SQL_MODE)).contains("ANSI_QUOTES", "NO_BACKSLASH_ESCAPES");
    assertThat(object("procedure", "shop", "tell me").definition()).contains("'ünïcödé'");
    assertThat(object("procedure", "shop", "inlatin").context())
        .containsEntry(Context.CHARACTER_SET_CLIENT, "latin1")
        .containsEntry(Context.COLLATION_CONNECTION, "latin1_german1_ci");
    assertThat(object("event", "shop", "nightly").context())
        .containsEntry(Context.TIME_ZONE, "+05:30")
        .containsEntry(Context.STATUS, "DISABLED");
    assertThat(object("event", "shop", "later").context()).containsEntry(Context.STATUS, "ENABLED");
  }

  @Test
  void everyTypeHasItsEncoding() {
    Map<String, Encoding> encodings = new LinkedHashMap<>();
    table("shop", "types").columns().forEach(c -> encodings.put(c.name(), c.encoding()));
    for (String number : List.of("t1", "t2", "t3", "t4", "t5", "t6", "t14", "t27")) {
      assertThat(encodings).containsEntry(number, Encoding.NUMBER);
    }
    assertThat(encodings).containsEntry("t7", Encoding.FLOAT).containsEntry("t8", Encoding.FLOAT);
    assertThat(encodings).containsEntry("t21", Encoding.INDEX).containsEntry("t22", Encoding.INDEX);
    // MariaDB's JSON is text under another name.
    assertThat(encodings).containsEntry("t23", mariaDb() ? Encoding.BYTES : Encoding.JSON);
    for (String bytes :
        List.of(
            "t9", "t10", "t11", "t12", "t13", "t15", "t16", "t17", "t18", "t19", "t20", "t24",
            "t25", "t26")) {
      assertThat(encodings).containsEntry(bytes, Encoding.BYTES);
    }
    if (mariaDb()) {
      assertThat(table("shop", "counted").columns())
          .extracting(ColumnLayout::encoding)
          .containsExactly(
              Encoding.NUMBER, Encoding.TEXT, Encoding.TEXT, Encoding.TEXT, Encoding.BYTES);
    }
  }

  @Test
  void generatedColumnsAreLeftOutAndHiddenOnesAreNot() {
    assertThat(table("shop", "orders").columns())
        .extracting(ColumnLayout::name)
        .containsExactly("id", "customer", "price", "made", "code", "hidden");
    assertThat(table("shop", "onlygenerated").columns()).isEmpty();
  }

  @Test
  void rowsAreReadByTheBestKey() {
    assertThat(table("shop", "customer").key()).containsExactly("id");
    assertThat(table("shop", "down").key()).containsExactly("b", "a");
    assertThat(table("shop", "nokey").key()).containsExactly("b");
    assertThat(table("shop", "nokey").properties()).containsEntry(TableProperties.KEY_NAME, "u2");
    assertThat(table("shop", "prefixkey").key()).isEmpty();
    assertThat(table(ODD, "t.a\"b'l\\e `").key()).containsExactly("c.o\"l'");
    assertThat(table("shop", "myisam").properties())
        .containsEntry(TableProperties.TRANSACTIONAL, "no");
  }

  @Test
  void tablesWithoutRowsOfTheirOwnSaySo() {
    for (String name : List.of("merged", mariaDb() ? "merged2" : "hole")) {
      assertThat(table("shop", name).properties())
          .containsEntry(TableProperties.ROWS, TableProperties.ROWS_NONE);
    }
    assertThat(table("shop", "m1").properties()).doesNotContainKey(TableProperties.ROWS);
  }

  @Test
  void aSelectionBringsOnlyWhatItNames() throws Exception {
    Catalog some = read(source.endpoint(), new Selection(List.of("shop.customer"), List.of()));
    assertThat(some.objects())
        .extracting(SchemaObject::label)
        .containsExactly(
            "schema shop.shop",
            "table shop.customer",
            "trigger shop.first",
            "trigger shop.third",
            "trigger shop.second");
  }

  @Test
  void nothingIsAnErrorForAnAccountThatMayReadAll() {
    assertThat(everything.findings())
        .filteredOn(f -> f.severity() == Finding.Severity.ERROR)
        .isEmpty();
  }

  @Test
  void anAccountThatSeesTooLittleIsToldWhatToGrant() throws Exception {
    source.execute(
        "CREATE USER half@'%' IDENTIFIED BY '" + PASSWORD + "'", "GRANT SELECT ON *.* TO half@'%'");
    try {
      assertThat(read(as("half"), Selection.ALL).findings())
          .filteredOn(f -> f.code().equals("privilege-missing"))
          .extracting(Finding::hint)
          .contains("GRANT SHOW VIEW, TRIGGER, EVENT ON *.* TO `half`@`%`;");
    } finally {
      source.execute("DROP USER half@'%'");
    }
  }

  @Test
  void anAccountOfOneSchemaIsToldThatItCantSeeRoutines() throws Exception {
    source.execute(
        "CREATE USER one@'%' IDENTIFIED BY '" + PASSWORD + "'",
        "GRANT SELECT, SHOW VIEW, TRIGGER, EVENT, EXECUTE ON shop.* TO one@'%'");
    try {
      Catalog seen = read(as("one"), new Selection(List.of("shop"), List.of()));
      assertThat(seen.findings())
          .filteredOn(f -> f.severity() == Finding.Severity.ERROR)
          .extracting(Finding::hint)
          .contains(
              mariaDb()
                  ? kind == ServerKind.MARIADB_10_11
                      ? "GRANT SELECT ON `mysql`.`proc` TO `one`@`%`;"
                      : "GRANT SHOW CREATE ROUTINE ON *.* TO `one`@`%`;"
                  : "GRANT SHOW_ROUTINE ON *.* TO `one`@`%`;")
          .allMatch(h -> h.contains("ROUTINE") || h.contains("PROCESS") || h.contains("SELECT"));
    } finally {
      source.execute("DROP USER one@'%'");
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "foldback.slow", matches = "true")
  void tenThousandTablesAreReadInSeconds() throws Exception {
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE many");
      for (int i = 0; i < 10_000; i++) {
        statement.execute(
            "CREATE TABLE many.t" + i + " (id int PRIMARY KEY, a varchar(20), b int)");
      }
    }
    long start = System.nanoTime();
    Catalog many = read(source.endpoint(), new Selection(List.of("many"), List.of()));
    System.out.println(
        kind + ": 10000 tables in " + (System.nanoTime() - start) / 1_000_000 + " ms");
    assertThat(many.tables()).hasSize(10_000);
    source.execute("DROP DATABASE many");
  }
}
