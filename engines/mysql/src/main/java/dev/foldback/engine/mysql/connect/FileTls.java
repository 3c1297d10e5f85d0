package dev.foldback.engine.mysql.connect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What option files say of TLS, in MySQL's words and MariaDB's, as options of a URL. */
final class FileTls {
  private static final List<String> OFF = List.of("0", "off", "false");

  private FileTls() {}

  /**
   * The options to add. What the URL says wins; a certificate and its key come from one place.
   *
   * @param file names with hyphens and their values; empty for a name alone
   * @param url the URL's own options
   */
  static Map<String, String> options(Map<String, String> file, Map<String, String> url) {
    Set<String> said = url.keySet().stream().map(ConnectOptions::plain).collect(Collectors.toSet());
    Map<String, String> found = new LinkedHashMap<>();
    String mode = mode(file);
    if (!mode.isEmpty()) {
      found.put("ssl-mode", mode);
    }
    copy(file, found, "ssl-ca");
    if (!said.contains("sslcert") && !said.contains("sslkey")) {
      copy(file, found, "ssl-cert");
      copy(file, found, "ssl-key");
    }
    found.keySet().removeIf(name -> said.contains(ConnectOptions.plain(name)));
    return found;
  }

  private static void copy(Map<String, String> from, Map<String, String> to, String name) {
    String value = from.getOrDefault(name, "");
    if (!value.isEmpty()) {
      to.put(name, value);
    }
  }

  private static String mode(Map<String, String> file) {
    if (file.containsKey("ssl-mode")) {
      return file.get("ssl-mode").toLowerCase(Locale.ROOT).replace('_', '-');
    }
    if (file.containsKey("skip-ssl") || file.containsKey("disable-ssl") || isOff(file, "ssl")) {
      return "disabled";
    }
    if (file.containsKey("ssl-verify-server-cert") && !isOff(file, "ssl-verify-server-cert")) {
      return "verify-identity";
    }
    // MariaDB's word that the certificate need not be looked at, though an authority is named.
    boolean unverified = isOff(file, "ssl-verify-server-cert");
    boolean unverifiedToo = file.containsKey("skip-ssl-verify-server-cert");
    return file.containsKey("ssl") || unverified || unverifiedToo ? "required" : "";
  }

  private static boolean isOff(Map<String, String> file, String name) {
    return file.containsKey(name) && OFF.contains(file.get(name).toLowerCase(Locale.ROOT));
  }
}
