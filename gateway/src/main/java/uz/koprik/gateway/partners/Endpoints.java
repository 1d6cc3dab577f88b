package uz.koprik.gateway.partners;

import java.net.URI;
import java.util.Locale;

/** Compares addresses of TAXII API roots, and their hosts. */
public final class Endpoints {

    private static final int HTTPS = 443;

    private Endpoints() {}

    /** Whether two URLs name the same host and port, so that one server answers at both. */
    public static boolean sameServer(String one, String other) {
        return !one.isEmpty() && !other.isEmpty() && server(one).equals(server(other));
    }

    /** Whether a host name or address names the machine itself, so that nobody else reaches it there. */
    public static boolean isThisMachine(String host) {
        String plain = plain(host);
        return plain.equals("localhost")
                || plain.endsWith(".localhost")
                || plain.matches("127(\\.\\d{1,3}){3}|0\\.0\\.0\\.0|::|::1|(0+:){7}0*[01]");
    }

    /**
     * Whether a name of a certificate covers a host (RFC 6125, section 6.4): the same name or address, or a wildcard
     * for its first label.
     */
    public static boolean covers(String name, String host) {
        String certified = plain(name);
        String called = plain(host);
        return certified.equals(called)
                || (certified.startsWith("*.")
                        && called.indexOf('.') > 0
                        && called.substring(called.indexOf('.')).equals(certified.substring(1)));
    }

    private static String plain(String host) {
        return host.toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]|\\.$", "");
    }

    private static String server(String url) {
        URI uri = URI.create(url);
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
        return host + ":" + (uri.getPort() < 0 ? HTTPS : uri.getPort());
    }
}
