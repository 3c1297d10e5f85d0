package dev.foldback.cli.config;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Secret;
import dev.foldback.core.engine.Endpoint;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code scheme://user:password@host:port/schema?option=value}. User, password, schema and
 * options are percent-decoded; an IPv6 address stands in brackets. No message repeats what was
 * given, since a password may be anywhere in it.
 */
public final class DatabaseUrl {
  private static final Pattern SHAPE =
      Pattern.compile(
          "([a-z][a-z0-9+.-]*)://(?:([^@/?]*)@)?(\\[[0-9A-Fa-f:.%]+]|[^@:/?\\[\\]]*)"
              + "(?::([0-9]+))?(?:/([^/?]*))?(?:\\?(.*))?");
  private static final String HINT =
      "Write mysql://user@host:port/schema?option=value; in user and password write @ as %40,"
          + " : as %3A, / as %2F, ? as %3F, # as %23 and % as %25.";

  private DatabaseUrl() {}

  /** Whether the text is meant to be a URL rather than a name. */
  public static boolean isUrl(String text) {
    return text.contains("://");
  }

  public static Endpoint parse(String text) {
    Matcher match = SHAPE.matcher(text);
    if (text.indexOf('#') >= 0 || !match.matches()) {
      throw bad("a database URL has a part that can't be read");
    }
    String host = match.group(3);
    Map<String, String> options = options(match.group(6));
    if (host.isEmpty() && options.containsKey("socket")) {
      host = "localhost";
    }
    if (host.isEmpty()) {
      throw bad("a database URL names no host");
    }
    if (host.startsWith("[")) {
      host = host.substring(1, host.length() - 1);
    }
    @Nullable String login = match.group(2);
    int colon = login == null ? -1 : login.indexOf(':');
    @Nullable String user =
        login == null ? null : decode(colon < 0 ? login : login.substring(0, colon));
    @Nullable Secret password =
        login == null || colon < 0 ? null : new Secret(decode(login.substring(colon + 1)));
    @Nullable String schema = match.group(5);
    return new Endpoint(
        match.group(1),
        decode(host),
        port(match.group(4)),
        user == null || user.isEmpty() ? null : user,
        password,
        schema == null || schema.isEmpty() ? null : decode(schema),
        options);
  }

  private static int port(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    int port = text.length() > 5 ? 0 : Integer.parseInt(text);
    if (port < 1 || port > 65535) {
      throw bad("a database URL has a port that is not from 1 to 65535");
    }
    return port;
  }

  private static Map<String, String> options(@Nullable String query) {
    Map<String, String> options = new LinkedHashMap<>();
    if (query == null || query.isEmpty()) {
      return options;
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw bad("a database URL has an option without '='");
      }
      if (options.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)))
          != null) {
        throw bad("a database URL has an option twice");
      }
    }
    return options;
  }

  private static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '%') {
        int high = i + 2 <= in.length - 1 ? Character.digit(in[i + 1], 16) : -1;
        int low = i + 2 <= in.length - 1 ? Character.digit(in[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          throw bad("a database URL has a '%' that two hexadecimal digits don't follow");
        }
        out.write(high * 16 + low);
        i += 2;
      } else {
        out.write(in[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(out.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw bad("a database URL has percent-encoded bytes that are not UTF-8");
    }
  }

  private static FoldbackException bad(String problem) {
    return new FoldbackException(ErrorCode.BAD_URL, problem, HINT);
  }
}
