package dev.foldback.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final Set<String> SCHEMES = Set.of("mysql", "mariadb");

  @TempDir Path temp;
  private final Map<String, String> variables = new HashMap<>();
  private Path folder = Path.of("");
  private Path home = Path.of("");

  @BeforeEach
  void folders() throws IOException {
    folder = Files.createDirectories(temp.resolve("work"));
    home = Files.createDirectories(temp.resolve("home"));
  }

  @Test
  void theOptionsFileComesFirstThenTheVariableThenHereThenHome() throws IOException {
    write(home.resolve(".config/foldback/foldback.yaml"), "homely");
    assertThat(load(null).server("homely", Optional.empty(), SCHEMES).entry()).isPresent();
    write(folder.resolve("foldback.yaml"), "here");
    assertThat(load(null).server("here", Optional.empty(), SCHEMES).entry()).isPresent();
    write(folder.resolve("v.yaml"), "variable");
    variables.put("FOLDBACK_CONFIG", "v.yaml");
    assertThat(load(null).server("variable", Optional.empty(), SCHEMES).entry()).isPresent();
    write(folder.resolve("o.yaml"), "option");
    assertThat(load("o.yaml").server("option", Optional.empty(), SCHEMES).entry()).isPresent();
  }

  @Test
  void aNamedFileThatIsMissingIsAnError() {
    assertThatThrownBy(() -> load("nope.yaml")).message().contains("nope.yaml can't be read");
  }

  @Test
  void anUnknownNameGetsTheNearestOne() throws IOException {
    write(folder.resolve("foldback.yaml"), "shop");
    assertThatThrownBy(() -> load(null).server("shpo", Optional.empty(), SCHEMES))
        .isInstanceOfSatisfying(
            FoldbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_SOURCE))
        .message()
        .contains("did you mean 'shop'?");
  }

  @Test
  void anUnknownSchemeNamesTheKnownOnes() {
    assertThatThrownBy(() -> load(null).server("oracle://h", Optional.empty(), SCHEMES))
        .isInstanceOfSatisfying(
            FoldbackException.class, e -> assertThat(e.hint()).contains("mariadb, mysql"));
  }

  @Test
  void passwordsAreTakenFromTheNearestPlace() throws IOException {
    assertThat(password("mysql://h", null)).isNull();
    variables.put("FOLDBACK_PASSWORD", "variable");
    assertThat(password("mysql://h", null)).isEqualTo(new Secret("variable"));
    Files.writeString(folder.resolve("vf"), "variable file\n");
    variables.put("FOLDBACK_PASSWORD_FILE", "vf");
    assertThat(password("mysql://h", null)).isEqualTo(new Secret("variable file"));
    Files.writeString(
        folder.resolve("foldback.yaml"), "sources: {a: {url: 'mysql://h', password: entry}}");
    assertThat(password("a", null)).isEqualTo(new Secret("entry"));
    assertThat(password("mysql://u:url@h", null)).isEqualTo(new Secret("url"));
    Files.writeString(folder.resolve("of"), "option file");
    assertThat(password("mysql://u:url@h", "of")).isEqualTo(new Secret("option file"));
  }

  @Test
  void aPasswordInAUrlOnTheCommandLineIsNoticed() throws IOException {
    assertThat(load(null).server("mysql://u:p@h", Optional.empty(), SCHEMES).passwordInUrl())
        .isTrue();
    assertThat(load(null).server("mysql://u@h", Optional.empty(), SCHEMES).passwordInUrl())
        .isFalse();
  }

  @Test
  void aRepositoryIsTakenFromTheNearestPlace() throws IOException {
    assertThatThrownBy(() -> repository(null, null))
        .isInstanceOfSatisfying(
            FoldbackException.class, e -> assertThat(e.hint()).contains("FOLDBACK_REPO"));
    Files.writeString(folder.resolve("foldback.yaml"), "repositories: {only: {url: /only}}");
    assertThat(repository(null, null)).isEqualTo("/only");
    Files.writeString(
        folder.resolve("foldback.yaml"),
        """
        defaults: {repository: two}
        repositories: {one: {url: /one}, two: {url: /two}}
        sources: {a: {url: 'mysql://h', repository: one}}
        """);
    assertThat(repository(null, null)).isEqualTo("/two");
    variables.put("FOLDBACK_REPO", "/variable");
    assertThat(repository(null, null)).isEqualTo("/variable");
    assertThat(repository(null, "a")).isEqualTo("/one");
    assertThat(repository("two", "a")).isEqualTo("/two");
    assertThat(repository("/option", "a")).isEqualTo("/option");
  }

  @Test
  void aKeyFileIsTakenFromTheNearestPlace() throws IOException {
    Files.writeString(
        folder.resolve("foldback.yaml"), "repositories: {r: {url: /r, key-file: entry.key}}");
    assertThat(key(null)).contains(folder.resolve("entry.key"));
    variables.put("FOLDBACK_KEY_FILE", "variable.key");
    assertThat(key(null)).contains(folder.resolve("variable.key"));
    assertThat(key("option.key")).contains(folder.resolve("option.key"));
  }

  @Test
  void aSourcesTuningFallsBackToTheDefaults() throws IOException {
    Files.writeString(
        folder.resolve("foldback.yaml"),
        """
        defaults: {threads: 2, max-rate: 1M}
        sources: {a: {url: 'mysql://h', threads: 7}}
        """);
    var tuning = load(null).server("a", Optional.empty(), SCHEMES).tuning();
    assertThat(tuning.threads()).hasValue(7);
    assertThat(tuning.maxRate()).hasValue(1 << 20);
    var plain = load(null).server("mysql://h", Optional.empty(), SCHEMES).tuning();
    assertThat(plain.threads()).hasValue(2);
  }

  @Test
  void aUrlGivesAValidNameForItsSource() {
    assertThat(name("mysql://DB1.Example.com")).isEqualTo("db1.example.com");
    assertThat(name("mysql://db1:3307")).isEqualTo("db1-3307");
    assertThat(name("mysql://[2001:db8::1]:3306")).isEqualTo("2001-db8-1-3306");
    assertThat(name("mysql://[::1]")).isEqualTo("1");
    assertThat(name("mysql://u@?socket=/s")).isEqualTo("localhost");
    assertThat(name("mysql://" + "x".repeat(80) + ":1")).hasSize(63).endsWith("-1");
    assertThat(name("mysql://%E2%82%AC")).isEqualTo("server");
  }

  private static String name(String url) {
    return Settings.nameOf(DatabaseUrl.parse(url)).value();
  }

  private Settings load(@Nullable String option) {
    return Settings.load(Optional.ofNullable(option), variables, folder, home);
  }

  private @Nullable Secret password(String given, @Nullable String file) {
    return load(null).server(given, Optional.ofNullable(file), SCHEMES).endpoint().password();
  }

  private String repository(@Nullable String option, @Nullable String source) {
    Settings settings = load(null);
    return settings
        .repository(
            Optional.ofNullable(option),
            Optional.empty(),
            Optional.ofNullable(source)
                .flatMap(s -> settings.server(s, Optional.empty(), SCHEMES).entry()))
        .location();
  }

  private Optional<Path> key(@Nullable String option) {
    return load(null)
        .repository(Optional.empty(), Optional.ofNullable(option), Optional.empty())
        .keyFile();
  }

  private void write(Path file, String source) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, "sources: {" + source + ": {url: 'mysql://h'}}");
  }
}
