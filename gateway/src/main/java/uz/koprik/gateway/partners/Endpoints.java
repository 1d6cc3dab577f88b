package uz.koprik.gateway.partners;

import java.net.URI;
import java.util.Locale;

/** Compares addresses of TAXII API roots. */
public final class Endpoints {

    private static final int HTTPS = 443;

    private Endpoints() {}

    /** Whether two URLs name the same host and port, so that one server answers at both. */
    public static boolean sameServer(String one, String other) {
        return !one.isEmpty() && !other.isEmpty() && server(one).equals(server(other));
    }

    private static String server(String url) {
        URI uri = URI.create(url);
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
        return host + ":" + (uri.getPort() < 0 ? HTTPS : uri.getPort());
    }
}
