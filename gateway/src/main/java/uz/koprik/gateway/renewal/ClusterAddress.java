package uz.koprik.gateway.renewal;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import uz.koprik.crypto.trust.CardContents;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.partners.Endpoints;

/**
 * The address on the card of a centre that has several gateways. Where {@code public_url} is not set, each gateway
 * knows only where it listens itself. Then the address and the host names of the first card stay, so that gateways do
 * not replace the card of one another at each start. Where it is set, the card has the host names of all gateways.
 */
final class ClusterAddress {

    private final Config config;
    private final boolean shared;
    private final boolean decidedByFirst;

    /** @param shared whether gateways share the card */
    ClusterAddress(Config config, boolean shared) {
        this.config = config;
        this.shared = shared;
        this.decidedByFirst =
                config.publicUrl().isEmpty() && (shared || config.store().kind() == Config.StoreKind.ELASTICSEARCH);
    }

    /**
     * What the card is to say.
     *
     * @param own what this gateway would say
     * @param before the card in use
     */
    CardContents kept(CardContents own, Optional<CentreCard> before) {
        if (before.isEmpty()) {
            return own;
        }
        CardContents first = before.get().contents();
        if (!decidedByFirst) {
            return shared ? own.withAddress(own.endpoint(), hostNames(first, own)) : own;
        }
        boolean useful = !first.endpoint().isEmpty()
                && (!isThisMachine(first.endpoint()) || own.endpoint().isEmpty() || isThisMachine(own.endpoint()));
        return useful ? own.withAddress(first.endpoint(), first.hostNames()) : own;
    }

    /** The names of all gateways. One leaves the card when a person issues it anew by {@code koprik partner card}. */
    private static List<String> hostNames(CardContents first, CardContents own) {
        return Stream.concat(first.hostNames().stream(), own.hostNames().stream())
                .distinct()
                .limit(OwnCardMaker.MOST_HOST_NAMES)
                .toList();
    }

    /** What to do when the card names another address than this gateway; empty when it does not. */
    Optional<String> differs(CentreCard card) {
        int port = config.listen().port();
        boolean same = card.endpoint().isEmpty()
                || port == 0
                || (URI.create(card.endpoint()).getPort() == port
                        && config.tls().hostNames().containsAll(card.contents().hostNames())
                        && (config.tls().hostNames().contains(host(card.endpoint()))
                                || config.listen().host().equals(host(card.endpoint()))));
        return !decidedByFirst || same
                ? Optional.empty()
                : Optional.of("gateways of this centre have different addresses: the card keeps " + card.endpoint()
                        + ", that of the first one; set public_url in koprik.yaml of each gateway to the address at which"
                        + " partners reach the centre");
    }

    private static boolean isThisMachine(String endpoint) {
        return Endpoints.isThisMachine(host(endpoint));
    }

    private static String host(String endpoint) {
        String host = URI.create(endpoint).getHost();
        return host == null ? "" : host.replaceAll("[\\[\\]]", "");
    }
}
