package dev.foldback.repository;

import com.github.luben.zstd.util.Native;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;

/**
 * The native library that compresses. The launcher's build lays it beside the program; elsewhere it
 * is unpacked to the temporary folder at its first use, which may be full or hold no programs.
 */
final class ZstdLibrary {
  private ZstdLibrary() {}

  /** Fails where it can't be had, before anything that needs it has begun. */
  static void load() {
    try {
      Native.load();
    } catch (LinkageError e) {
      throw new FoldbackException(
          ErrorCode.NATIVE_LIBRARY,
          "the native library of zstd does not load, so nothing can be compressed or opened;"
              + " nothing was read or written: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          "It is unpacked to "
              + System.getProperty("java.io.tmpdir")
              + ": see that this folder is there, has room and is not mounted noexec, or name"
              + " another one with FOLDBACK_JAVA_OPTS=-Djava.io.tmpdir=/path.",
          e);
    }
  }
}
