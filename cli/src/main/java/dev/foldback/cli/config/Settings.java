package dev.foldback.cli.config;

import dev.foldback.cli.config.Configuration.RepositoryEntry;
import dev.foldback.cli.config.Configuration.SourceEntry;
import dev.foldback.cli.config.Configuration.Tuning;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Secret;
import dev.foldback.core.SourceName;
import dev.foldback.core.engine.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers what the options leave open, from {@code foldback.yaml} and the environment. What is said
 * nearer wins: the option, then the entry of the source, then the environment, then defaults.
 */
public final class Settings {
  private final Configuration configuration;
  private final Map<String, String> variables;
  private final Path folder;

  Settings(Configuration configuration, Map<String, String> variables, Path folder) {
    this.configuration = configuration;
    this.variables = variables;
    this.folder = folder;
  }

  /**
   * Finds and reads the configuration: the option's file, that of {@code FOLDBACK_CONFIG}, {@code
   * ./foldback.yaml}, {@code ~/.config/foldback/foldback.yaml}, or none.
   */
  public static Settings load(
      Optional<String> option, Map<String, String> variables, Path folder, Path home) {
    Optional<Path> named =
        option.or(() -> value(variables, "FOLDBACK_CONFIG")).map(folder::resolve);
    Optional<Path> file =
        named.or(
            () ->
                List.of(
                        folder.resolve("foldback.yaml"),
                        home.resolve(".config/foldback/foldback.yaml"))
                    .stream()
                    .filter(Files::isRegularFile)
                    .findFirst());
    Configuration configuration =
        file.map(f -> ConfigurationReader.read(f, text(f), variables, home))
            .orElse(Configuration.NONE);
    return new Settings(configuration, variables, folder);
  }

  /** A server that was named or given as a URL. */
  public record Server(
      Endpoint endpoint,
      SourceName suggestedName,
      Optional<SourceEntry> entry,
      Tuning tuning,
      boolean passwordInUrl) {}

  /**
   * The server that is meant, with its password where one was found.
   *
   * @param given a URL, or a name from the configuration
   * @param schemes those that engines know
   */
  public Server server(String given, Optional<String> passwordFile, Set<String> schemes) {
    Optional<SourceEntry> entry = configuration.sources().find(given);
    if (entry.isEmpty() && !DatabaseUrl.isUrl(given)) {
      throw unknownSource(given);
    }
    Endpoint parsed = DatabaseUrl.parse(entry.map(SourceEntry::url).orElse(given));
    if (!schemes.contains(parsed.scheme())) {
      throw new FoldbackException(
          ErrorCode.BAD_URL,
          "no engine knows the scheme '" + parsed.scheme() + "'",
          "Use one of " + String.join(", ", schemes.stream().sorted().toList()) + ".");
    }
    Endpoint endpoint = withPassword(parsed, entry, passwordFile);
    return new Server(
        endpoint,
        entry.isPresent() ? new SourceName(given) : nameOf(parsed),
        entry,
        entry.map(SourceEntry::tuning).orElse(Tuning.NONE).or(configuration.tuning()),
        entry.isEmpty() && parsed.password() != null && passwordFile.isEmpty());
  }

  /** Where a repository is, and its recovery key, if that is known. */
  public record RepositoryPlace(String location, Optional<Path> keyFile) {}

  public RepositoryPlace repository(
      Optional<String> option, Optional<String> keyOption, Optional<SourceEntry> source) {
    return place(option.or(() -> source.flatMap(SourceEntry::repository)), keyOption);
  }

  /**
   * The repository of a source that is named alone, whose server and password nobody asks for.
   *
   * @param source a name that the configuration need not have
   */
  public RepositoryPlace repositoryOf(
      Optional<String> option, Optional<String> keyOption, Optional<String> source) {
    return place(
        option.or(() -> source.flatMap(configuration.homes()::find).flatMap(home -> home)),
        keyOption);
  }

  private RepositoryPlace place(Optional<String> nearest, Optional<String> keyOption) {
    String given =
        nearest
            .or(() -> value(variables, "FOLDBACK_REPO"))
            .or(configuration::repository)
            .or(this::onlyRepository)
            .orElseThrow(Settings::noRepository);
    Optional<RepositoryEntry> entry = configuration.repositories().find(given);
    Optional<Path> key =
        keyOption
            .or(() -> value(variables, "FOLDBACK_KEY_FILE"))
            .map(folder::resolve)
            .or(() -> entry.flatMap(RepositoryEntry::keyFile));
    return new RepositoryPlace(entry.map(RepositoryEntry::url).orElse(given), key);
  }

  private Optional<String> onlyRepository() {
    Set<String> names = configuration.repositories().names();
    return names.size() == 1 ? names.stream().findFirst() : Optional.empty();
  }

  private Endpoint withPassword(
      Endpoint endpoint, Optional<SourceEntry> entry, Optional<String> passwordFile) {
    @Nullable Secret password =
        passwordFile
            .map(f -> secretIn(folder.resolve(f)))
            .or(() -> Optional.ofNullable(endpoint.password()))
            .or(() -> entry.flatMap(SourceEntry::password))
            .or(
                () ->
                    value(variables, "FOLDBACK_PASSWORD_FILE")
                        .map(f -> secretIn(folder.resolve(f))))
            .or(() -> value(variables, "FOLDBACK_PASSWORD").map(Secret::new))
            .orElse(null);
    return new Endpoint(
        endpoint.scheme(),
        endpoint.host(),
        endpoint.port(),
        endpoint.user(),
        password,
        endpoint.schema(),
        endpoint.options());
  }

  /** A name for a source that has only a URL: its host, and its port where one is given. */
  static SourceName nameOf(Endpoint endpoint) {
    String port = endpoint.port() == 0 ? "" : "-" + endpoint.port();
    String host =
        endpoint
            .host()
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9.-]+", "-")
            .replaceAll("\\.{2,}", ".")
            .replaceAll("^[^a-z0-9]+", "");
    String start = host.isEmpty() ? "server" : host;
    return new SourceName(start.substring(0, Math.min(start.length(), 63 - port.length())) + port);
  }

  private FoldbackException unknownSource(String given) {
    Set<String> known = configuration.sources().names();
    String where =
        configuration.file().map(f -> "not in " + f).orElse("and there is no foldback.yaml");
    return new FoldbackException(
        ErrorCode.UNKNOWN_SOURCE,
        "'" + given + "' is not a URL, " + where + Nearest.question(given, known),
        "Give a URL such as mysql://user@host:3306, or name it under 'sources' in foldback.yaml.");
  }

  private static FoldbackException noRepository() {
    return new FoldbackException(
        ErrorCode.USAGE,
        "no repository is named",
        "Give --repo PATH-OR-URL, set FOLDBACK_REPO, or name one in foldback.yaml.");
  }

  private static Secret secretIn(Path file) {
    return new Secret(text(file).replaceFirst("\\r?\\n\\z", ""));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new FoldbackException(
          ErrorCode.BAD_CONFIGURATION,
          "the file " + file + " can't be read",
          "Check that it exists and that this user may read it.",
          e);
    }
  }

  private static Optional<String> value(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name)).filter(v -> !v.isEmpty());
  }
}
