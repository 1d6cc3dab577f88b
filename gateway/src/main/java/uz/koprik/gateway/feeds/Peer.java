package uz.koprik.gateway.feeds;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.partners.PartnerSettings;

/**
 * Where a partner's server is and how to know it.
 *
 * @param name of the partner
 * @param apiRoot URL of its TAXII API root, ending in a slash
 * @param pins of a centre's TLS keys; empty for an ordinary server
 * @param certificates PEM file of an ordinary server's certificate or authority
 * @param credentials for an ordinary server
 */
record Peer(
        String name,
        URI apiRoot,
        List<String> pins,
        Optional<Path> certificates,
        Optional<PartnerSettings.Credentials> credentials) {

    Peer {
        pins = List.copyOf(pins);
    }

    /** Whether it is a Koprik centre, known by its key and knowing us by ours. */
    boolean centre() {
        return !pins.isEmpty();
    }

    /** For errors. */
    String address() {
        return apiRoot.getHost() + ":" + port();
    }

    int port() {
        return apiRoot.getPort() < 0 ? 443 : apiRoot.getPort();
    }
}
