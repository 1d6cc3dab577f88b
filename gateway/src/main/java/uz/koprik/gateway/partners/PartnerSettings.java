package uz.koprik.gateway.partners;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.stix.rules.ForgivableRule;

/**
 * How this centre deals with one partner, as its operator wrote it into {@code partners.yaml}.
 *
 * @param name of the partner: of a centre as in the trust list, of an ordinary TAXII server any other
 * @param pull whether objects are fetched from it
 * @param pullInterval how long to wait between two looks for new objects
 * @param push whether new objects are sent to its inbox as they come
 * @param acceptUnsigned whether objects that nobody signed are taken from it; they stay marked as unsigned for ever
 * @param forgives rules of STIX whose breach its unsigned objects are forgiven
 * @param agreement what is released to it
 * @param taxii where it is, when it is an ordinary TAXII server rather than a centre with a card
 */
public record PartnerSettings(
        String name,
        boolean pull,
        Duration pullInterval,
        boolean push,
        boolean acceptUnsigned,
        Set<ForgivableRule> forgives,
        Agreement agreement,
        Optional<OrdinaryServer> taxii) {

    public PartnerSettings {
        forgives = Set.copyOf(forgives);
    }

    /** One that is forgiven nothing but what every source is. */
    public PartnerSettings(
            String name,
            boolean pull,
            Duration pullInterval,
            boolean push,
            boolean acceptUnsigned,
            Agreement agreement,
            Optional<OrdinaryServer> taxii) {
        this(name, pull, pullInterval, push, acceptUnsigned, Set.of(), agreement, taxii);
    }

    /** The same under other terms. */
    public PartnerSettings with(Agreement terms) {
        return new PartnerSettings(name, pull, pullInterval, push, acceptUnsigned, forgives, terms, taxii);
    }

    /** How often partners are asked for new objects when nothing else is said. */
    public static final Duration DEFAULT_PULL_INTERVAL = Duration.ofSeconds(30);

    /** A partner of whom {@code partners.yaml} says nothing: it may come, nobody goes to it. */
    public static PartnerSettings unmentioned(String name) {
        return new PartnerSettings(
                name, false, DEFAULT_PULL_INTERVAL, false, false, Agreement.DEFAULT, Optional.empty());
    }

    /** A partner just introduced: objects go both ways, by push for speed and by pull for certainty. */
    public static PartnerSettings introduced(String name) {
        return new PartnerSettings(name, true, DEFAULT_PULL_INTERVAL, true, false, Agreement.DEFAULT, Optional.empty());
    }

    /**
     * A TAXII 2.1 server that is not a Koprik centre.
     *
     * @param apiRoot URL of the API root, ending in a slash
     * @param collections ids of the collections to pull from; all readable ones when empty
     * @param inbox id of the collection to push to
     * @param credentials how to log in
     * @param certificates PEM file with the certificate of the server or of its authority; without one, the authorities
     *     that the Java platform knows are believed
     */
    public record OrdinaryServer(
            URI apiRoot,
            List<String> collections,
            Optional<String> inbox,
            Optional<Credentials> credentials,
            Optional<Path> certificates) {

        public OrdinaryServer {
            collections = List.copyOf(collections);
        }
    }

    /**
     * How to log in at an ordinary server.
     *
     * @param username for HTTP Basic; empty for a bearer token
     * @param secretFile file whose first line is the password or the token
     */
    public record Credentials(Optional<String> username, Path secretFile) {}
}
