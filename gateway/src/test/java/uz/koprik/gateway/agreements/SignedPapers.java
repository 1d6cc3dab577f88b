package uz.koprik.gateway.agreements;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import uz.koprik.crypto.KnownCentre;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.gateway.partners.Partners;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.SignatureExtension;

/** Agreements that a centre and its partners really signed, for tests without servers. */
public final class SignedPapers {

    /** When everything is signed; all moments of agreements in tests are later. */
    public static final Instant SIGNED = AgreementSide.BEGIN;

    private final AgreementSide us;
    private final Map<String, AgreementSide> partners = new LinkedHashMap<>();
    private final Map<String, String> agreements = new LinkedHashMap<>();

    public SignedPapers(Path folder, List<String> names) throws Exception {
        this(folder, names, name -> KnownCentre.fresh(name, AgreementSide.BEGIN));
    }

    /** @param centres by name */
    public SignedPapers(Path folder, List<String> names, Function<String, KnownCentre> centres) throws Exception {
        us = new AgreementSide("tashkent", folder, centres.apply("tashkent"));
        for (String name : names) {
            AgreementSide partner = new AgreementSide(name, folder, centres.apply(name));
            us.trusts(partner);
            partner.trusts(us);
            partners.put(name, partner);
        }
    }

    public CentreCard card(String partner) {
        return partners.get(partner).card;
    }

    /** An object as a partner signs it at its own date of publication. */
    public byte[] signed(String partner, byte[] object) throws MalformedJson {
        return SignatureExtension.attach(
                StrictJson.parseObject(object), partners.get(partner).keys.signer(), SIGNED.plusSeconds(60));
    }

    /** A text in which only what the rules of release ask for differs. */
    static AgreementDraft draft(Map<String, Boolean> kinds, Tlp ceiling, boolean relay, Instant from, Instant until) {
        return draft(List.of("phishing"), false, kinds, ceiling, relay, 365, from, until);
    }

    private static AgreementDraft draft(
            List<String> purposes,
            boolean purposeOnUse,
            Map<String, Boolean> kinds,
            Tlp ceiling,
            boolean relay,
            int days,
            Instant from,
            Instant until) {
        return new AgreementDraft(
                purposes,
                purposeOnUse,
                kinds,
                ceiling,
                relay,
                days,
                Optional.of(from),
                Optional.of(until),
                0,
                "memorandum",
                "",
                List.of("mailto:a@example.com"),
                List.of("mailto:b@example.com"));
    }

    /** Both sign a version with a partner: the first, or a change of the last. */
    public void sign(
            String partner, Map<String, Boolean> kinds, Tlp ceiling, boolean relay, Instant from, Instant until)
            throws Exception {
        sign(partner, draft(kinds, ceiling, relay, from, until));
    }

    /** Both sign a version in which article 6 lets objects be kept for {@code days}. */
    public void signRetention(String partner, int days, Instant from, Instant until) throws Exception {
        sign(partner, draft(List.of("phishing"), false, Map.of("ipv4", true), Tlp.AMBER, false, days, from, until));
    }

    /** Both sign a version that names a purpose, and perhaps asks members to say it. */
    public void sign(
            String partner,
            String purpose,
            boolean onUse,
            Map<String, Boolean> kinds,
            Tlp ceiling,
            boolean relay,
            Instant from,
            Instant until)
            throws Exception {
        sign(partner, draft(List.of(purpose), onUse, kinds, ceiling, relay, 365, from, until));
    }

    private void sign(String partner, AgreementDraft draft) throws Exception {
        AgreementSide other = partners.get(partner);
        later(other);
        AgreementVersion proposed =
                us.desk.propose(partner, Optional.ofNullable(agreements.get(partner)), draft, "anna");
        us.meets(other);
        later(other);
        other.desk.accept(proposed.text().id(), proposed.digest(), "eszter");
        us.meets(other);
        agreements.put(partner, proposed.text().id());
    }

    /** What both signed with a partner. */
    public PartnerAgreements with(String partner) {
        return us.book.with(card(partner).identity());
    }

    /** The agreements of this centre. */
    public AgreementBook book() {
        return us.book;
    }

    /** From now on the partner is on no trust list of this centre. */
    public void forget(String partner) throws Exception {
        us.trust = us.trust.without(partner, us.now);
        us.book.refresh();
    }

    /** Notice of termination of the versions signed so far. */
    public void terminate(String partner, Instant effective) throws Exception {
        later(partners.get(partner));
        us.desk.terminate(agreements.get(partner), Optional.of(effective), "", "anna");
    }

    private void later(AgreementSide other) {
        us.now = us.now.plusSeconds(1);
        other.now = us.now;
    }

    /** The settings under these agreements. */
    public Partners partners(Partners file, boolean required, InstantSource clock) {
        return new AgreedPartners(file, us.book, required, clock);
    }
}
