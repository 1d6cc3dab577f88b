package uz.koprik.gateway.agreements;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.partners.Partners;
import uz.koprik.indicators.policy.Agreement;

/** The settings of partners with what both sides signed in the place of what {@code partners.yaml} says of terms. */
public final class AgreedPartners implements Partners {

    private static final String ORDINARY = "it is no centre with a card, and can sign none";

    private final Partners file;
    private final AgreementBook book;
    private final boolean required;
    private final InstantSource clock;

    /** @param required whether nothing but TLP:CLEAR flows without a signed agreement in force */
    public AgreedPartners(Partners file, AgreementBook book, boolean required, InstantSource clock) {
        this.file = file;
        this.book = book;
        this.required = required;
        this.clock = clock;
    }

    @Override
    public PartnerSettings partner(String name) {
        return agreed(file.partner(name));
    }

    @Override
    public Collection<PartnerSettings> all() {
        return file.all().stream().map(this::agreed).toList();
    }

    /** Whether nothing but TLP:CLEAR flows without a signed agreement in force. */
    public boolean required() {
        return required;
    }

    /** What {@code partners.yaml} says of the terms with a partner, whether they hold or not. */
    public Agreement interim(String name) {
        return file.partner(name).agreement();
    }

    private PartnerSettings agreed(PartnerSettings settings) {
        Agreement terms = book.partner(settings.name())
                .map(TrustedCentre::identity)
                .map(identity -> AgreementTerms.of(
                        book.with(identity),
                        settings.agreement(),
                        required,
                        book.self(),
                        settings.name(),
                        clock.instant()))
                .orElseGet(() -> required ? Agreement.nothing(ORDINARY, 0) : settings.agreement());
        Set<String> others = closedSources().stream()
                .filter(source -> !source.equals(settings.name()))
                .collect(Collectors.toUnmodifiableSet());
        return settings.with(terms.closedTo(others));
    }

    /**
     * The last version that ruled with a centre.
     *
     * @param partner name of the centre, which may be a partner no more
     * @param title what people call it
     */
    public record Ruling(String partner, String title, AgreementVersion version) {}

    /** Those whose agreement, as the last that ruled, does not allow it. */
    @Override
    public Set<String> closedSources() {
        return rulings().stream()
                .filter(ruling -> !ruling.version().text().relay())
                .map(Ruling::partner)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Those whose agreement, as the last that ruled, asks for it; also after its end. Of a former partner and another
     * centre that took its name, both purposes count.
     */
    @Override
    public Map<String, Set<String>> purposesOnUse() {
        Map<String, Set<String>> asked = new TreeMap<>();
        for (Ruling ruling : askingForPurposes()) {
            asked.merge(ruling.partner(), Set.copyOf(ruling.version().text().purposes()), AgreedPartners::common);
        }
        return asked;
    }

    private static Set<String> common(Set<String> one, Set<String> other) {
        return one.stream().filter(other::contains).collect(Collectors.toUnmodifiableSet());
    }

    /** The versions that ask members for a purpose, in the order of the names of partners. */
    public List<Ruling> askingForPurposes() {
        return rulings().stream()
                .filter(ruling -> ruling.version().text().purposeOnUse())
                .sorted(Comparator.comparing(Ruling::partner))
                .toList();
    }

    /** With partners, and with those that were removed from the trust list: what they gave is here still. */
    private List<Ruling> rulings() {
        Instant now = clock.instant();
        List<Ruling> all = new ArrayList<>();
        for (TrustedCentre centre : book.partners()) {
            book.with(centre.identity())
                    .ruling(now)
                    .ifPresent(version -> all.add(new Ruling(centre.name(), centre.title(), version)));
        }
        book.former().forEach((identity, agreements) -> agreements.ruling(now).ifPresent(version -> version.text()
                .party(identity)
                .ifPresent(party -> all.add(new Ruling(party.name(), party.title(), version)))));
        return all;
    }
}
