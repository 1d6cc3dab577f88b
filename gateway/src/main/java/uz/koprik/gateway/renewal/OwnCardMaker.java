package uz.koprik.gateway.renewal;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import uz.koprik.crypto.algorithm.SigningKey;
import uz.koprik.crypto.trust.CardContents;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.CompromisedKey;
import uz.koprik.crypto.trust.OtherKey;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.partners.Endpoints;

/** Makes and signs the card of this centre from its settings and keys. The only class that does. */
public final class OwnCardMaker {

    /** Path of the TAXII API root below the address of a centre. */
    public static final String API_ROOT = "/taxii2/koprik/";

    private static final int MOST_KEYS = 8;
    private static final int MOST_PINS = 4;
    static final int MOST_HOST_NAMES = 16;
    private static final List<String> EVERY_INTERFACE = List.of("0.0.0.0", "::");

    private final Config config;
    private final CentreKeys keys;

    public OwnCardMaker(Config config, CentreKeys keys) {
        this.config = config;
        this.keys = keys;
    }

    /**
     * What the card says by the settings and keys as they are now.
     *
     * @param identity id of the STIX identity of this centre
     * @param runningUrl where the centre answers now, without a slash at the end; empty while it does not run. Needed
     *     only where the system chooses the port
     * @param compromised keys of this centre that somebody else may hold, as the trust list has them
     * @param before the endpoint of the card in use, which stays when the port is not known; may be empty
     * @param now decides which former keys are still on the card
     */
    public CardContents contents(
            String identity,
            List<CompromisedKey> compromised,
            Optional<String> runningUrl,
            String before,
            Instant now) {
        return new CardContents(
                config.name(),
                config.title(),
                identity,
                Stream.concat(
                                Stream.of(keys.publicKey()),
                                keys.otherSigning().stream()
                                        .filter(key -> !lapsed(key, now))
                                        .map(OtherKey::publicKey)
                                        .filter(key -> compromised.stream()
                                                .noneMatch(lost -> lost.kid().equals(key.kid()))))
                        .limit(MOST_KEYS)
                        .toList(),
                Stream.concat(
                                Stream.of(keys.tlsPin()),
                                keys.otherTls().stream()
                                        .filter(key -> !lapsed(key, now))
                                        .map(OtherKey::pin))
                        .limit(MOST_PINS)
                        .toList(),
                endpoint(runningUrl, before),
                hostNames(),
                config.contacts(),
                compromised);
    }

    /** Whether a former key has been on the card long enough. */
    private boolean lapsed(OtherKey key, Instant now) {
        return key.kind() == OtherKey.Kind.FORMER
                && (!now.isBefore(key.since().plus(config.keys().overlap()))
                        || now.isAfter(key.publicKey().validUntil()));
    }

    /** Whether the card has a former key of this centre that has been on it long enough. */
    boolean listsLapsed(CardContents card, Instant now) {
        return keys.otherSigning().stream().filter(key -> lapsed(key, now)).anyMatch(key -> card.keys().stream()
                        .anyMatch(listed -> listed.kid().equals(key.kid())))
                || keys.otherTls().stream().filter(key -> lapsed(key, now)).anyMatch(key -> card.tlsPins()
                        .contains(key.pin()));
    }

    /**
     * Signs a card with the keys of this centre.
     *
     * @param contents whose keys are those of this centre
     * @param sequence the number of the card before, or the next one when the contents changed
     */
    public CentreCard sign(CardContents contents, long sequence, Instant now) {
        List<SigningKey> signers = keys.allSigning().stream()
                .filter(key -> contents.keys().stream()
                        .anyMatch(listed -> listed.kid().equals(key.publicKey().kid())))
                .toList();
        return CentreCard.issue(contents, signers, sequence, now);
    }

    /** Whether this centre can sign a card with these contents. */
    boolean holdsKeysOf(CardContents contents) {
        return contents.keys().stream().allMatch(key -> keys.allSigning().stream()
                .anyMatch(own -> own.publicKey().kid().equals(key.kid())));
    }

    /** Whether a card lists the key in use and others that this home does not hold: its key file is an old one. */
    boolean behind(CardContents card) {
        return !holdsKeysOf(card)
                && card.keys().stream()
                        .anyMatch(key -> key.kid().equals(keys.publicKey().kid()));
    }

    /** Names and addresses that others can reach. */
    private List<String> hostNames() {
        return config.tls().hostNames().stream()
                .filter(host -> !Endpoints.isThisMachine(host))
                .distinct()
                .limit(MOST_HOST_NAMES)
                .toList();
    }

    /** Empty when the settings name no address at which others can reach the centre. */
    private String endpoint(Optional<String> runningUrl, String before) {
        if (!config.publicUrl().isEmpty()) {
            return config.publicUrl() + API_ROOT;
        }
        String host = config.listen().host();
        if (EVERY_INTERFACE.contains(host)) {
            Optional<String> named =
                    hostNames().stream().filter(name -> name.indexOf('*') < 0).findFirst();
            if (named.isEmpty()) {
                return "";
            }
            host = named.get();
        }
        int port = config.listen().port();
        if (port == 0) {
            if (runningUrl.isEmpty()) {
                return before;
            }
            port = URI.create(runningUrl.get()).getPort();
        }
        return "https://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port + API_ROOT;
    }
}
