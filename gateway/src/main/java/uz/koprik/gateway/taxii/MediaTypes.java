package uz.koprik.gateway.taxii;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import uz.koprik.gateway.http.Problem;

/** Which media types are accepted and sent (TAXII 2.1, sections 1.6.8 and 3.1). */
final class MediaTypes {

    /** What every answer is. */
    static final String TAXII = "application/taxii+json;version=2.1";

    private static final String TAXII_BARE = "application/taxii+json";
    private static final String STIX_BARE = "application/stix+json";

    private MediaTypes() {}

    /** What a body holds. */
    enum Body {
        /** A TAXII envelope. */
        ENVELOPE,
        /** A STIX bundle, which some clients send although the text wants an envelope. */
        BUNDLE
    }

    /** Fails with 406 when the client does not accept what it would get. */
    static void requireAccept(RoutingContext request) {
        String accept = request.request().getHeader(HttpHeaders.ACCEPT);
        if (accept == null || accept.equals(TAXII)) {
            return;
        }
        for (String range : accept.split(",", -1)) {
            String[] parts = parts(range);
            if (takes(parts[0]) && version(parts) && !refused(parts)) {
                return;
            }
        }
        throw new Problem(406, "Not acceptable", "this server answers " + TAXII + "; put that into the Accept header");
    }

    /** What the body of the request is by its Content-Type; 415 when it is nothing that is taken here. */
    static Body requireContent(RoutingContext request) {
        String type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null) {
            String[] parts = parts(type);
            if (parts[0].equals(TAXII_BARE) && version(parts)) {
                return Body.ENVELOPE;
            }
            if (parts[0].equals(STIX_BARE) && version(parts)) {
                return Body.BUNDLE;
            }
        }
        throw new Problem(
                415,
                "Unsupported media type",
                "send a TAXII envelope as " + TAXII + ", or a STIX bundle as application/stix+json;version=2.1");
    }

    private static String[] parts(String mediaType) {
        String[] parts = mediaType.toLowerCase(Locale.ROOT).split(";", -1);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = parts[i].strip();
        }
        return parts;
    }

    private static boolean takes(String range) {
        return range.equals("*/*") || range.equals("application/*") || range.equals(TAXII_BARE);
    }

    /** Without a version the newest is meant (TAXII 2.1, section 1.6.8.1), which is 2.1. */
    private static boolean version(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].startsWith("version=")
                    && !parts[i].equals("version=2.1")
                    && !parts[i].equals("version=\"2.1\"")) {
                return false;
            }
        }
        return true;
    }

    private static boolean refused(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].matches("q=0(\\.0{0,3})?")) {
                return true;
            }
        }
        return false;
    }
}
