package uz.koprik.indicators.observable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * URLs in the normal form of RFC 3986 section 6.2: scheme and host in lower case, no default port, no dot segments,
 * escapes in upper case and only where they are needed. Path, query and fragment keep their case.
 */
public final class UrlText {

    private static final String HEX = "0123456789ABCDEF";

    private UrlText() {}

    /** {@code scheme://authority…}, defanged or not. Spaces and other characters that no URL has are escaped. */
    static String normalForm(ObservableKind kind, String raw) throws InvalidObservable {
        String text = Defang.refang(raw);
        int colon = text.indexOf("://");
        if (colon <= 0 || !isScheme(text, colon)) {
            throw new InvalidObservable(kind, "a scheme and :// are expected at the start");
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        int from = colon + 3;
        int to = from;
        while (to < text.length() && "/?#\\".indexOf(text.charAt(to)) < 0) {
            to++;
        }
        StringBuilder out = new StringBuilder(text.length() + 8).append(scheme).append("://");
        authority(kind, scheme, text.substring(from, to), out);
        pathAndRest(text, to, out);
        return out.toString();
    }

    /** What stands after the host: starts with a slash. */
    static String pathNormalForm(ObservableKind kind, String raw) throws InvalidObservable {
        StringBuilder out = new StringBuilder(raw.length() + 8);
        pathAndRest(raw, 0, out);
        String normal = out.toString();
        for (String path : List.of(raw, normal)) { // dots in the path may leave less, or two slashes
            boolean host = path.startsWith("//") && !path.startsWith("///");
            if (path.charAt(0) != '/' || host) {
                throw new InvalidObservable(kind, "one slash is expected at the start: after two stands a host");
            }
            if (path.length() == 1) {
                throw new InvalidObservable(kind, "the root path is of every site");
            }
        }
        return normal;
    }

    private static boolean isScheme(String text, int to) {
        for (int i = 0; i < to; i++) {
            char c = text.charAt(i);
            boolean letter = Ascii.isLetter(c);
            if (!letter && (i == 0 || !(Ascii.isDigit(c) || c == '+' || c == '-' || c == '.'))) {
                return false;
            }
        }
        return true;
    }

    private static void authority(ObservableKind kind, String scheme, String authority, StringBuilder out)
            throws InvalidObservable {
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            escape(authority, 0, at, "!$&'()*+,;=:", out);
            out.append('@');
        }
        String hostPort = authority.substring(at + 1);
        int portColon =
                hostPort.startsWith("[") ? hostPort.indexOf(':', hostPort.indexOf(']') + 1) : hostPort.lastIndexOf(':');
        String host = portColon < 0 ? hostPort : hostPort.substring(0, portColon);
        if (host.startsWith("[")) {
            out.append('[').append(IpAddress.v6NormalForm(kind, host)).append(']');
        } else if (IpAddress.isV4(host, 0, host.length())) {
            out.append(host);
        } else if (readsNumbers(scheme) && IpAddress.asBrowsersRead(host).isPresent()) {
            String lower = host.toLowerCase(Locale.ROOT);
            out.append(lower, 0, lower.endsWith(".") ? lower.length() - 1 : lower.length());
        } else {
            out.append(DomainName.host(kind, host));
        }
        String port = portColon < 0 ? "" : hostPort.substring(portColon + 1);
        if (!port.isEmpty()) {
            int number = port(port);
            if (number < 0) {
                throw new InvalidObservable(kind, "a port from 0 to 65535 is expected after the host");
            }
            if (number != defaultPort(scheme)) {
                out.append(':').append(number);
            }
        }
    }

    /** Whether browsers read a number as the host of URLs with that scheme: the special schemes of WHATWG URL. */
    private static boolean readsNumbers(String scheme) {
        return switch (scheme) {
            case "http", "https", "ws", "wss", "ftp" -> true;
            default -> false;
        };
    }

    /** The number, or -1 when it is no port. */
    public static int port(String text) {
        if (text.isEmpty() || text.length() > 5) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value > 65_535 ? -1 : value;
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "http", "ws" -> 80;
            case "https", "wss" -> 443;
            case "ftp" -> 21;
            case "ssh", "sftp" -> 22;
            default -> -1;
        };
    }

    private static void pathAndRest(String text, int from, StringBuilder out) {
        int query = from;
        while (query < text.length() && text.charAt(query) != '?' && text.charAt(query) != '#') {
            query++;
        }
        path(text.substring(from, query), out);
        if (query < text.length()) {
            int fragment = text.charAt(query) == '#' ? query : text.indexOf('#', query);
            int queryEnd = fragment < 0 ? text.length() : fragment;
            if (text.charAt(query) == '?') {
                out.append('?');
                escape(text, query + 1, queryEnd, "!$&'()*+,;=:@/?", out);
            }
            if (fragment >= 0) {
                out.append('#');
                escape(text, fragment + 1, text.length(), "!$&'()*+,;=:@/?", out);
            }
        }
    }

    private static void path(String given, StringBuilder out) {
        if (given.isEmpty()) {
            out.append('/');
            return;
        }
        StringBuilder escaped = new StringBuilder(given.length() + 8);
        escape(given.replace('\\', '/'), 0, given.length(), "!$&'()*+,;=:@/", escaped);
        // Escapes of dots are undone by now, so that %2e%2e is a dot segment too, as browsers have it.
        out.append(escaped.indexOf("/.") < 0 ? escaped : withoutDotSegments(escaped.toString()));
    }

    /** RFC 3986 section 5.2.4. */
    private static String withoutDotSegments(String path) {
        List<String> kept = new ArrayList<>();
        String[] segments = path.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            if (segments[i].equals("..")) {
                if (!kept.isEmpty()) {
                    kept.removeLast();
                }
            } else if (!segments[i].equals(".")) {
                kept.add(segments[i]);
                continue;
            }
            if (last) {
                kept.add("");
            }
        }
        return '/' + String.join("/", kept);
    }

    /** Section 6.2.2.2: unreserved characters bare, {@code also} bare, everything else escaped in upper case. */
    private static void escape(String text, int from, int to, String also, StringBuilder out) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (unreserved(c) || also.indexOf(c) >= 0) {
                out.append(c);
            } else if (c == '%' && i + 2 < to && hex(text.charAt(i + 1)) >= 0 && hex(text.charAt(i + 2)) >= 0) {
                int value = hex(text.charAt(i + 1)) << 4 | hex(text.charAt(i + 2));
                if (unreserved((char) value)) {
                    out.append((char) value);
                } else {
                    escaped(value, out);
                }
                i += 2;
            } else {
                int point = text.codePointAt(i);
                i += Character.charCount(point) - 1;
                for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                    escaped(b & 0xFF, out);
                }
            }
        }
    }

    private static void escaped(int value, StringBuilder out) {
        out.append('%').append(HEX.charAt(value >> 4)).append(HEX.charAt(value & 15));
    }

    private static int hex(char c) {
        return c > 0x7F ? -1 : Character.digit(c, 16);
    }

    private static boolean unreserved(char c) {
        return Ascii.isLetter(c) || Ascii.isDigit(c) || c == '-' || c == '.' || c == '_' || c == '~';
    }
}
