package dev.foldback.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Brings programs out of jars on the class path. Jars keep no executable bit: it is set anew. */
final class Unpacking {
  private static final Set<PosixFilePermission> PROGRAM =
      PosixFilePermissions.fromString("rwxr-xr-x");

  private Unpacking() {}

  /** Every file below a folder of a jar, but for static libraries. */
  static Cache.Filling jarTree(String prefix) {
    return target -> {
      URL tree = resource(prefix);
      if (!(tree.openConnection() instanceof JarURLConnection connection)) {
        throw new IOException(tree + " is not in a jar");
      }
      connection.setUseCaches(false);
      try (JarFile jar = connection.getJarFile()) {
        for (JarEntry entry : jar.stream().filter(e -> wanted(e, prefix)).toList()) {
          copy(jar, entry, target.resolve(entry.getName().substring(prefix.length())));
        }
      }
      Files.createDirectories(target.resolve("plugin"));
      makeExecutable(target.resolve("bin"));
    };
  }

  private static boolean wanted(JarEntry entry, String prefix) {
    return entry.getName().startsWith(prefix)
        && !entry.isDirectory()
        && !entry.getName().endsWith(".a")
        && !entry.getName().endsWith(".jar")
        && !entry.getName().contains("/libs/");
  }

  private static void copy(JarFile jar, JarEntry entry, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (InputStream in = jar.getInputStream(entry)) {
      Files.copy(in, to);
    }
  }

  /** A gzipped tar archive, by the machine's own tar. */
  static Cache.Filling archive(String name) {
    return target -> {
      Process tar =
          new ProcessBuilder(List.of("tar", "-xzf", "-", "-C", target.toString()))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (InputStream in = resource(name).openStream();
          var out = tar.getOutputStream()) {
        in.transferTo(out);
      }
      if (tar.onExit().join().exitValue() != 0) {
        throw new IOException("tar could not unpack " + name);
      }
      makeExecutable(target.resolve("bin"));
    };
  }

  private static void makeExecutable(Path folder) throws IOException {
    try (var files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
      for (Path file : files) {
        Files.setPosixFilePermissions(file, PROGRAM);
      }
    }
  }

  private static URL resource(String name) throws IOException {
    URL url = Unpacking.class.getClassLoader().getResource(name);
    if (url == null) {
      throw new IOException(name + " is not on the class path");
    }
    return url;
  }
}
