package dev.foldback.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where changes wait that memory has no room for. */
final class WorkFolderOption {
  @Option(
      names = "--work-folder",
      paramLabel = "FOLDER",
      description =
          "Where changes wait that memory has no room for; the system's temporary folder where not"
              + " given. What is written there is sealed or removed.")
  @Nullable String workFolder;

  Path path(Path usual) {
    return workFolder == null ? usual : Path.of(workFolder);
  }
}
