package dev.foldback.cli;

import dev.foldback.cli.config.Settings;
import dev.foldback.cli.output.Printer;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.ExitStatus;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.repository.RepositoryInfo;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "init",
    description = {
      "Makes a repository, and the recovery key that its backups are sealed to.",
      "Without --key-file the key goes to ./foldback-NAME.key, NAME being the last part of the"
          + " repository's place. Losing the key means losing the backups."
    })
final class InitCommand extends FoldbackCommand {
  @Mixin RepositoryOptions repository = new RepositoryOptions();

  @Option(
      names = "--no-encryption",
      description = "Seal nothing: who can read the store can read every row.")
  boolean noEncryption;

  InitCommand(Environment environment, Ports ports) {
    super(environment, ports);
  }

  @Override
  String example() {
    return "foldback init --repo /backups/shop --key-file ~/shop.key";
  }

  @Override
  Set<ExitStatus> statuses() {
    return STORED;
  }

  @Override
  ExitStatus run(Printer printer) {
    Settings.RepositoryPlace place = place(repository, null);
    if (noEncryption && repository.keyFile != null) {
      throw new FoldbackException(
          ErrorCode.USAGE,
          "--key-file and --no-encryption exclude each other",
          "Leave one of them out.");
    }
    Optional<Path> keyFile =
        noEncryption
            ? Optional.empty()
            : Optional.of(place.keyFile().orElseGet(() -> defaultKeyFile(place.location())));
    RepositoryInfo info = ports.init(place.location(), keyFile);
    printer.made(info, withoutSecrets(place.location()), keyFile);
    return ExitStatus.OK;
  }

  private Path defaultKeyFile(String location) {
    String path = location.replaceAll("\\?.*", "").replaceAll("/+$", "");
    String name =
        path.substring(path.lastIndexOf('/') + 1)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9._-]+", "-")
            .replaceAll("^[.-]+", "");
    return environment
        .folder()
        .resolve("foldback-" + (name.isEmpty() ? "recovery" : name) + ".key");
  }

  /** Without a query or login, where a URL could hold secrets. */
  static String withoutSecrets(String location) {
    return location.contains("://")
        ? location.replaceAll("\\?.*", "").replaceFirst("://[^/]*@", "://")
        : location;
  }
}
