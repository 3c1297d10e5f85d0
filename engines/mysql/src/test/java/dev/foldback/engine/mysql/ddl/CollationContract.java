package dev.foldback.engine.mysql.ddl;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.testkit.Seed;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.nio.charset.Charset;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every collation of a server that is known here, asked of texts: those that share a form must be
 * equal for it, and no others.
 */
abstract class CollationContract {
  private final long seed = Seed.next();
  private final Random random = new Random(seed);
  private final Set<String> filled = new HashSet<>();

  abstract ServerKind kind();

  @Test
  void textsAreEqualForTheServerWhereTheyShareAForm() throws Exception {
    Set<String> plain = plain();
    try (TestServer server = TestServers.fresh(kind())) {
      server.execute("CREATE DATABASE c");
      int asked = 0;
      for (String name : server.texts(names())) {
        Optional<Collation> collation = Collation.of(name);
        if (collation.isPresent()) {
          compare(server, collation.get(), plain);
          asked++;
        }
      }
      assertThat(asked).isGreaterThan(20);
    }
  }

  private String names() {
    return kind().mariaDb()
        ? "SELECT FULL_COLLATION_NAME FROM"
            + " information_schema.COLLATION_CHARACTER_SET_APPLICABILITY"
        : "SELECT COLLATION_NAME FROM information_schema.COLLATIONS";
  }

  private void compare(TestServer server, Collation collation, Set<String> plain)
      throws SQLException {
    String charset = collation.name().substring(0, collation.name().indexOf('_'));
    Set<String> texts = collation.binary() ? wild(charset) : plain;
    Charset bytes = charset.startsWith("utf8") ? UTF_8 : ISO_8859_1;
    Map<String, Long> classes = new HashMap<>();
    Map<String, byte[]> forms = new HashMap<>();
    TextEquality equality = new TextEquality("varchar", collation);
    for (String text : texts) {
      byte[] value = framed(text).getBytes(bytes);
      byte[] form = equality.form(value, 0, value.length);
      if (form != null) {
        forms.put(text, form);
        classes.merge(new String(form, ISO_8859_1), 1L, Long::sum);
      }
    }
    assertThat(forms).as(collation.name()).hasSizeGreaterThan(texts.size() / 3);
    String table =
        "c.`"
            + (collation.binary() ? charset : "plain " + collation.caseless())
            + " "
            + collation.blanks()
            + "`";
    if (filled.add(table)) {
      fill(server, table, forms, bytes);
    }
    long pairs = classes.values().stream().mapToLong(n -> n * n).sum();
    String type = "varchar(20) CHARACTER SET " + charset + " COLLATE " + collation.name();
    server.execute(
        "DROP TABLE IF EXISTS c.asked",
        "CREATE TABLE c.asked (t " + type + ", f varbinary(80), KEY (t)) ENGINE=InnoDB",
        "INSERT INTO c.asked SELECT t, f FROM " + table);
    String join = " FROM c.asked a STRAIGHT_JOIN c.asked b FORCE INDEX (t) ON a.t = b.t";
    assertThat(server.texts("SELECT COUNT(*), SUM(a.f = b.f)" + join))
        .as(collation.name() + ", seed " + seed)
        .containsExactly("" + pairs, "" + pairs);
  }

  private static void fill(
      TestServer server, String table, Map<String, byte[]> forms, Charset charset)
      throws SQLException {
    server.execute("CREATE TABLE " + table + " (t varbinary(80), f varbinary(80))");
    try (Connection connection = server.connect();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO " + table + " VALUES (?, ?)")) {
      connection.setAutoCommit(false);
      for (Map.Entry<String, byte[]> of : forms.entrySet()) {
        insert.setBytes(1, of.getKey().getBytes(charset));
        insert.setBytes(2, of.getValue());
        insert.addBatch();
      }
      insert.executeBatch();
      connection.commit();
    }
  }

  /** All pairs of characters, and longer texts with what they may be equal to. */
  private Set<String> plain() {
    StringBuilder printable = new StringBuilder();
    for (char c = ' '; c <= '~'; c++) {
      printable.append(c == '\\' ? "" : c);
    }
    String all = printable.toString();
    Set<String> texts = new LinkedHashSet<>(List.of("", " ", "  "));
    for (int i = 0; i < all.length(); i++) {
      for (int j = 0; j < all.length(); j++) {
        texts.add("" + all.charAt(i) + all.charAt(j));
      }
      texts.add("" + all.charAt(i));
    }
    String letters = "abcdefghijklmnopqrstuvwxyz";
    for (int i = 0; i < 1000; i++) {
      String text = some(letters, 3) + some(random.nextBoolean() ? letters : all, 3);
      texts.add(text);
      texts.add(text.toUpperCase(Locale.ROOT));
      texts.add(otherCase(text) + " ");
      texts.add(otherCase(text));
    }
    return texts;
  }

  private String otherCase(String text) {
    StringBuilder other = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      other.append(random.nextBoolean() ? Character.toUpperCase(c) : c);
    }
    return other.toString();
  }

  private String some(String of, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(most); i > 0; i--) {
      text.append(of.charAt(random.nextInt(of.length())));
    }
    return text.toString();
  }

  /** Anything that the character set holds, in both cases, with accents and without. */
  private Set<String> wild(String charset) {
    random.setSeed(seed);
    StringBuilder all = new StringBuilder(" \t\n\0\u0001\\aAeEoO");
    for (char c = 0; c < (charset.equals("ascii") ? 128 : 256); c++) {
      all.append(c);
    }
    if (charset.startsWith("utf8")) {
      all.append("\u0301\u0308\u200b\u3042\uff21\uff41\ufb01");
    }
    String some = all.toString();
    Set<String> texts = new LinkedHashSet<>(List.of("", " ", "\0", "\0 "));
    for (int i = 0; i < 1000; i++) {
      String text = some(some, 3);
      texts.addAll(List.of(text, text + " ", text + "  ", text + "\0", text + some("\t\n\b ", 2)));
      if (charset.equals("utf8mb4")) {
        texts.add(text + "\ud83d\ude00");
      }
    }
    return texts;
  }

  private static String framed(String text) {
    return text.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\0", "\\0");
  }
}
