package uz.koprik.gateway.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a centre is, and how to know it and be known by it.
 *
 * @param url its HTTPS address
 * @param token of the account; never printed
 * @param certificates PEM file of the certificates that are trusted
 * @param checkName whether the certificate must name the host of {@code url}
 * @param home home of the centre when it is ours, for advice
 */
public record CentreAddress(URI url, String token, Path certificates, boolean checkName, Optional<Path> home) {

    /** What to say when nobody answers. */
    String notRunning() {
        return "no centre answers at " + url
                + home.map(h -> ": start it with `koprik serve --home " + h + "`")
                        .orElse(": start it with `koprik serve`, or name another with --url");
    }

    /** Message when a server accepts the connection and stays silent, as a stopped process does. */
    String silent() {
        return "nothing answers at " + url + ": is the centre running (koprik serve"
                + home.map(h -> " --home " + h).orElse("") + ")?";
    }

    /** Without the token. */
    @Override
    public String toString() {
        return url.toString();
    }
}
