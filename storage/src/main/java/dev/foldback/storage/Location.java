package dev.foldback.storage;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A store's URL, taken apart: {@code scheme://user:password@host/path?option=value}. Parts are
 * percent-decoded.
 *
 * @param host with the port, as written
 * @param path without slashes at either end; empty where there is none
 */
record Location(
    String scheme,
    Optional<String> user,
    Optional<Secret> password,
    String host,
    String path,
    Map<String, String> options) {
  private static final Pattern URL =
      Pattern.compile("([A-Za-z][A-Za-z0-9+._-]*)://([^/?]*)([^?]*)(?:\\?(.*))?", Pattern.DOTALL);

  Location {
    options = Map.copyOf(options);
  }

  /** Empty where the text is no URL, but a path. */
  static Optional<Location> parse(String text) {
    Matcher url = URL.matcher(text);
    if (!url.matches()) {
      return Optional.empty();
    }
    String scheme = url.group(1).toLowerCase(Locale.ROOT).replace('_', '-');
    String authority = url.group(2);
    int at = authority.lastIndexOf('@');
    String login = at < 0 ? "" : authority.substring(0, at);
    int colon = login.indexOf(':');
    String user = colon < 0 ? login : login.substring(0, colon);
    Optional<Secret> password =
        colon < 0
            ? Optional.empty()
            : Optional.of(new Secret(decode(scheme, login.substring(colon + 1))));
    return Optional.of(
        new Location(
            scheme,
            user.isEmpty() ? Optional.empty() : Optional.of(decode(scheme, user)),
            password,
            authority.substring(at + 1),
            path(scheme, url.group(3)),
            options(scheme, url.group(4) == null ? "" : url.group(4))));
  }

  private static String path(String scheme, String raw) {
    String path = decode(scheme, raw).replaceAll("/+", "/").replaceAll("^/|/$", "");
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..") || segment.equals(".")) {
        throw bad(
            "The path of the " + scheme + " URL holds '" + segment + "'",
            "Write the path out: " + scheme + "://HOST/folder/folder");
      }
    }
    return path;
  }

  private static Map<String, String> options(String scheme, String query) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (pair.isEmpty()) {
        continue;
      }
      if (equals <= 0) {
        throw bad(
            "An option of the " + scheme + " URL has no value",
            "Write options as name=value with '&' between, in quotes for the shell.");
      }
      String name = decode(scheme, pair.substring(0, equals)).replace('-', '_');
      if (options.put(name, decode(scheme, pair.substring(equals + 1))) != null) {
        throw bad("The " + scheme + " URL gives '" + name + "' twice", "Give it once.");
      }
    }
    return options;
  }

  private static String decode(String scheme, String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw bad(
          "The " + scheme + " URL has a '%' that is no escape",
          "Write '%' itself as %25, '/' in a password as %2F and '@' as %40.");
    }
  }

  /** For people, with no login and no options. */
  String shown() {
    return scheme + "://" + host + (path.isEmpty() ? "" : "/" + path);
  }

  static FoldbackException bad(String message, String hint) {
    return new FoldbackException(ErrorCode.BAD_URL, message, hint);
  }
}
