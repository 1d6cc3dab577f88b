package uz.koprik.gateway.renewal;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import uz.koprik.crypto.trust.CardFacts;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.crypto.trust.TrustedKey;
import uz.koprik.gateway.partners.PartnerSettings;

/**
 * All that ends, here and at partners: trust list, cards, signing keys, TLS certificates, agreements. The only class
 * that knows. Works in a running centre and on a home.
 */
public final class Expiries {

    private static final Comparator<Expiry> SOONEST_FIRST = Comparator.comparing(Expiry::at);

    private final Supplier<TrustList> list;
    private final Supplier<CentreKeys> ownKeys;
    private final Supplier<Collection<PartnerSettings>> partners;
    private final Function<String, Optional<Instant>> certificates;

    /**
     * @param list the trust list as it is now
     * @param ownKeys the keys that this centre uses, with the TLS certificate that it shows
     * @param partners the settings of partners as they are now
     * @param certificates end of the TLS certificate that a partner last showed; empty when that is not known
     */
    public Expiries(
            Supplier<TrustList> list,
            Supplier<CentreKeys> ownKeys,
            Supplier<Collection<PartnerSettings>> partners,
            Function<String, Optional<Instant>> certificates) {
        this.list = list;
        this.ownKeys = ownKeys;
        this.partners = partners;
        this.certificates = certificates;
    }

    /** What ends on a card of this centre, and its certificate. */
    static List<Expiry> own(CentreCard card, X509Certificate certificate) {
        List<Expiry> all = new ArrayList<>();
        all.add(new Expiry(Expiry.Kind.CARD, card.name(), true, card.expires()));
        lastKey(card.keys()).ifPresent(end -> all.add(new Expiry(Expiry.Kind.SIGNING_KEY, card.name(), true, end)));
        all.add(new Expiry(
                Expiry.Kind.CERTIFICATE,
                card.name(),
                true,
                certificate.getNotAfter().toInstant()));
        return all;
    }

    /** All ends, the soonest first. */
    public List<Expiry> all() {
        TrustList now = list.get();
        Set<String> names = new LinkedHashSet<>();
        now.centres().forEach(centre -> names.add(centre.name()));
        partners.get().forEach(partner -> names.add(partner.name()));
        List<Expiry> all = new ArrayList<>();
        names.forEach(name -> collect(now, name, all));
        all.sort(SOONEST_FIRST);
        return all;
    }

    /** The ends that concern one centre, this one or a partner; the soonest first. */
    public List<Expiry> of(String name) {
        List<Expiry> all = new ArrayList<>();
        collect(list.get(), name, all);
        all.sort(SOONEST_FIRST);
        return all;
    }

    /** The ends that concern this centre itself, the soonest first. */
    public List<Expiry> own() {
        return of(list.get().owner());
    }

    private void collect(TrustList now, String name, List<Expiry> all) {
        boolean own = name.equals(now.owner());
        if (own) {
            all.add(new Expiry(Expiry.Kind.TRUST_LIST, name, true, now.expires()));
        }
        now.card(name)
                .map(CardFacts::term)
                .ifPresent(term -> all.add(new Expiry(Expiry.Kind.CARD, name, own, term.expires())));
        signingKey(now, name, own).ifPresent(end -> all.add(new Expiry(Expiry.Kind.SIGNING_KEY, name, own, end)));
        Optional<Instant> certificate =
                own ? Optional.of(ownKeys.get().tlsCertificate().getNotAfter().toInstant()) : certificates.apply(name);
        certificate.ifPresent(end -> all.add(new Expiry(Expiry.Kind.CERTIFICATE, name, own, end)));
        partners.get().stream()
                .filter(partner -> partner.name().equals(name))
                .flatMap(partner -> partner.agreement().validUntil().stream())
                .forEach(end -> all.add(new Expiry(Expiry.Kind.AGREEMENT, name, own, end)));
    }

    /** Of the own keys the one in use counts: an announced one does not sign before `koprik key rotate`. */
    private Optional<Instant> signingKey(TrustList now, String name, boolean own) {
        return own
                ? Optional.of(ownKeys.get().publicKey().validUntil())
                : now.centre(name).map(TrustedCentre::keys).flatMap(Expiries::lastKey);
    }

    private static Optional<Instant> lastKey(List<TrustedKey> keys) {
        return keys.stream()
                .filter(key -> key.compromisedSince().isEmpty())
                .map(TrustedKey::validUntil)
                .max(Comparator.naturalOrder());
    }
}
