package uz.koprik.gateway.renewal;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.algorithm.SigningKey;
import uz.koprik.crypto.trust.CardRejected;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustListFile;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.HomeLock;
import uz.koprik.gateway.config.HomeManifest;
import uz.koprik.gateway.partners.Endpoints;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.partners.PartnersFile;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.StixId;

/**
 * Takes a partner's card over into a home: the same checks for the command line and for the API. Safe for use by many
 * threads and programs at once.
 */
public final class PartnerAdmission {

    /** What a partner may do, as its entry of the trust list says. */
    public static final Set<String> ROLES = Set.of("producer", "relay");

    private final Home home;
    private final KeySource keys;
    private final Names names;

    /** The signing key as it is at the moment: a person may have read a fingerprint since the last time. */
    @FunctionalInterface
    public interface KeySource {

        SigningKey now() throws Refused, IOException;
    }

    /** How the caller writes the names of settings in sentences, such as {@code --until}. */
    @FunctionalInterface
    public interface Names {

        String of(String setting);
    }

    /** What stands in the way of a card. */
    public enum Fault {
        /** The home cannot be used: its keys, its trust list, its partners. */
        HOME,
        /** The card is not that of a partner. */
        CARD,
        /** The fingerprint is missing or is that of another card. */
        FINGERPRINT,
        /** A setting is not right. */
        SETTING
    }

    /** A card that is not taken over; the message says why and what to do. Nothing was changed. */
    public static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        private final Fault fault;

        /** @param sentence for people */
        public Refused(Fault fault, String sentence) {
            super(sentence);
            this.fault = fault;
        }

        public Fault fault() {
            return fault;
        }
    }

    /**
     * What is asked for; what is absent stays as it was.
     *
     * @param roles some of {@link #ROLES}
     * @param purpose of personal observables; blank for none
     * @param reference where the paper of the agreement lies
     */
    public record Terms(
            Set<String> roles,
            Optional<Boolean> pull,
            Optional<Boolean> push,
            Optional<Boolean> acceptUnsigned,
            Optional<Tlp> maxTlp,
            Optional<String> purpose,
            Optional<Instant> until,
            Optional<String> reference) {

        public Terms {
            roles = Set.copyOf(roles);
        }
    }

    /**
     * A partner that was added, or whose new card was taken over.
     *
     * @param vouched whether a key on the trust list signs the card, so that no fingerprint was needed
     * @param notes what else was done, for people
     */
    public record Admitted(CentreCard card, PartnerSettings settings, boolean vouched, List<String> notes) {

        public Admitted {
            notes = List.copyOf(notes);
        }
    }

    /** @param names how the caller writes the names of settings */
    public PartnerAdmission(Home home, KeySource keys, Names names) {
        this.home = home;
        this.keys = keys;
        this.names = names;
    }

    /** Whether a key that the trust list has for the same centre signs the card, so that no fingerprint is needed. */
    public static boolean vouched(CentreCard card, TrustList list) {
        return list.centre(card.name()).filter(card::continues).isPresent();
    }

    /** The settings of the partner as they are, or those that a new one begins with. */
    public PartnerSettings settings(String name) throws Refused {
        try {
            return file().read(PartnerSettings.DEFAULT_PULL_INTERVAL).stream()
                    .filter(settings -> settings.name().equals(name))
                    .findFirst()
                    .orElse(PartnerSettings.introduced(name));
        } catch (ConfigException unusable) {
            throw new Refused(Fault.HOME, unusable.getMessage());
        }
    }

    /** @throws Refused when the card is that of no partner, even with its fingerprint */
    public void check(CentreCard card) throws Refused, IOException {
        checkIdentity(card);
        checkNotOurs(card);
    }

    /** @throws Refused when {@code heard} is not the fingerprint of the card */
    public static void checkFingerprint(CentreCard card, String heard) throws Refused {
        if (!card.fingerprint().matches(heard)) {
            throw new Refused(
                    Fault.FINGERPRINT,
                    "the card is not the one whose fingerprint was given: its fingerprint is "
                            + card.fingerprint() + ". Nothing was added. Ask the operators of " + card.name()
                            + " to read theirs again, from `koprik partner card`; when it still differs, somebody changed the card on its way");
        }
    }

    /**
     * Adds the partner, or takes its new card over.
     *
     * @param list the trust list as it is now
     * @param fingerprint what its operators read aloud; absent for a card that a key on the trust list signs
     * @throws Refused when it is not taken over: nothing was changed
     * @throws CardRejected when the trust list does not take the card: nothing was changed
     */
    public Admitted admit(CentreCard card, Optional<String> fingerprint, Terms terms, TrustList list, Instant now)
            throws Refused, CardRejected, IOException {
        boolean vouched = fingerprint.isEmpty() && vouched(card, list);
        if (!vouched) {
            checkFingerprint(
                    card,
                    fingerprint.orElseThrow(() -> new Refused(
                            Fault.FINGERPRINT,
                            "give the fingerprint that the operators of " + card.name()
                                    + " read to you; a card that came over the network proves nothing by itself")));
        }
        check(card);
        for (String role : terms.roles()) {
            if (!ROLES.contains(role)) {
                throw new Refused(Fault.SETTING, "there is no role \"" + role + "\"; the roles are producer and relay");
            }
        }
        List<String> notes = new ArrayList<>();
        try (HomeLock lock = HomeLock.take(home)) {
            lock.held();
            PartnerSettings settings = changed(settings(card.name()), terms, now);
            new TrustListFile(home.trust()).update(keys.now(), before -> {
                OwnTrust.renewedByChange(before, now).ifPresent(notes::add);
                return before.with(card, terms.roles(), now);
            });
            file().put(settings);
            new HomeManifest(home).partnersChanged();
            return new Admitted(card, settings, vouched, notes);
        } catch (TrustListRejected | ConfigException unusable) {
            throw new Refused(Fault.HOME, unusable.getMessage());
        }
    }

    private PartnersFile file() {
        return new PartnersFile(home.partners(), home.root());
    }

    private static void checkIdentity(CentreCard card) throws Refused {
        if (!StixId.isId(card.identity()) || !StixId.hasType(card.identity(), "identity")) {
            throw new Refused(
                    Fault.CARD,
                    "the identity of the card is no STIX id of an identity in lower case, such as"
                            + " identity--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f: ask the operators of " + card.name()
                            + " for a card with one");
        }
    }

    /**
     * Refuses a card of this centre under another name: it would exchange with itself. The trust list refuses the own
     * name, identity, keys and pins; the own address is known here only.
     */
    private void checkNotOurs(CentreCard card) throws Refused, IOException {
        CentreCard own = own();
        List<String> ours = new ArrayList<>(List.of(own.endpoint()));
        if (Files.exists(home.url())) {
            ours.add(Files.readString(home.url()).strip());
        }
        boolean same = card.name().equals(own.name())
                || card.identity().equalsIgnoreCase(own.identity())
                || card.keys().stream().anyMatch(key -> own.keys().stream()
                        .anyMatch(ownKey -> ownKey.kid().equals(key.kid())))
                || card.tlsPins().stream().anyMatch(own.tlsPins()::contains);
        if (same || ours.stream().anyMatch(url -> Endpoints.sameServer(url, card.endpoint()))) {
            throw new Refused(
                    Fault.CARD,
                    "the card is that of this centre itself"
                            + (same ? "" : ": its endpoint " + card.endpoint() + " is where this centre answers")
                            + ". Nothing was added; a centre is no partner of its own. Add the card that the partner's"
                            + " operators sent");
        }
    }

    /** The card of this centre as it is in the home. */
    public CentreCard own() throws Refused, IOException {
        try {
            return CentreCard.read(Files.readAllBytes(home.ownCard()));
        } catch (CardRejected damaged) {
            throw new Refused(Fault.HOME, home.ownCard() + ": " + damaged.getMessage());
        }
    }

    private PartnerSettings changed(PartnerSettings before, Terms terms, Instant now) throws Refused {
        Agreement agreement = before.agreement();
        try {
            agreement = new Agreement(
                    terms.maxTlp().orElse(agreement.maxTlp()),
                    terms.purpose().isEmpty()
                            ? agreement.personalPurpose()
                            : terms.purpose().filter(text -> !text.isBlank()),
                    terms.until().or(agreement::validUntil),
                    terms.reference().orElse(agreement.reference()));
        } catch (IllegalArgumentException wrong) {
            boolean red = terms.maxTlp().filter(Tlp.RED::equals).isPresent();
            throw new Refused(
                    Fault.SETTING,
                    (red ? names.of("max_tlp") + " red" : names.of("purpose")) + ": " + wrong.getMessage());
        }
        if (terms.until().isPresent() && !agreement.inForce(now)) {
            throw new Refused(
                    Fault.SETTING,
                    names.of("until") + " " + terms.until().get() + " is past, so the agreement has ended and "
                            + before.name() + " would be given nothing: write a moment to come, or leave "
                            + names.of("until") + " out. Nothing was added");
        }
        return new PartnerSettings(
                before.name(),
                terms.pull().orElse(before.pull()),
                before.pullInterval(),
                terms.push().orElse(before.push()),
                terms.acceptUnsigned().orElse(before.acceptUnsigned()),
                before.forgives(),
                agreement,
                Optional.empty());
    }
}
