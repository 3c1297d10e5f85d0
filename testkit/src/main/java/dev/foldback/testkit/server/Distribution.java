package dev.foldback.testkit.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where the programs of one kind of server are. Commands are the words before the options; those of
 * the tools are empty where the distribution has none.
 *
 * @param base what the server takes as {@code --basedir}
 * @param share messages, character sets and system table scripts
 * @param environment variables that its programs need
 */
record Distribution(
    ServerKind kind,
    Path base,
    Path share,
    Path plugins,
    List<String> server,
    List<String> dump,
    List<String> client,
    Map<String, String> environment) {

  /** What every start of the server begins with; system-wide option files are never read. */
  List<String> serverCommand() {
    return concat(
        server,
        List.of(
            "--no-defaults",
            "--basedir=" + base,
            "--lc-messages-dir=" + share,
            "--character-sets-dir=" + share.resolve("charsets"),
            "--plugin-dir=" + plugins),
        Account.serverOption());
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  static List<String> concat(List<String>... parts) {
    return Stream.of(parts).flatMap(List::stream).toList();
  }
}
