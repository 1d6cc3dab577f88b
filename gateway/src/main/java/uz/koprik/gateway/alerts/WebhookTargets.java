package uz.koprik.gateway.alerts;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import uz.koprik.gateway.config.Config;

/**
 * Allowed targets of webhooks: hosts that the operator names, with their port. A list of forbidden hosts could be
 * circumvented by names that resolve to internal addresses; a list of allowed hosts cannot.
 */
final class WebhookTargets {

    private static final int LONGEST = 2000;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]");

    private final List<String> allowed;
    private final boolean plainLoopback;

    WebhookTargets(Config.Webhooks config) {
        this.allowed = config.hosts().stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .toList();
        this.plainLoopback = config.plainLoopback();
    }

    /** @throws IllegalArgumentException with the reason why the target is not allowed */
    URI check(String text) {
        URI url;
        try {
            url = new URI(text).parseServerAuthority();
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException(
                    "\"webhook\" is not a URL such as https://alerts.example.org/koprik", malformed);
        }
        check(url);
        return url;
    }

    void check(URI url) {
        String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
        if (url.toString().length() > LONGEST
                || host.isEmpty()
                || url.getRawUserInfo() != null
                || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "\"webhook\" is not a URL such as https://alerts.example.org/koprik: with a host, at most "
                            + LONGEST + " characters, no user and no fragment");
        }
        boolean plain = "http".equalsIgnoreCase(url.getScheme()) && plainLoopback && LOOPBACK.contains(host);
        if (!plain && !"https".equalsIgnoreCase(url.getScheme())) {
            throw new IllegalArgumentException("\"webhook\" must begin with https://");
        }
        int port = url.getPort() >= 0 ? url.getPort() : plain ? 80 : 443;
        boolean named = allowed.contains(host + ":" + port) || (port == 443 && allowed.contains(host));
        if (!named) {
            throw new IllegalArgumentException(
                    "\"webhook\" leads to a host and port that alerts.webhooks.hosts in koprik.yaml does not"
                            + " name; ask the operators of the centre to add them");
        }
    }
}
