package uz.koprik.gateway.agreements;

import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Those whose agreement, as the last that ruled, does not allow it; also those that were removed or renamed. */
    @Override
    public Set<String> closedSources() {
        Set<String> closed = new HashSet<>();
        for (AgreementBook.Source source : book.sources()) {
            source.agreements()
                    .ruling(clock.instant())
                    .filter(version -> !version.text().relay())
                    .ifPresent(version -> closed.addAll(source.names()));
        }
        return closed;
    }

    /**
     * Those whose agreement, as the last that ruled, asks for it; also after its end, a removal or a change of name. Of
     * a former partner and another centre that took its name, the purposes count that both allow.
     */
    @Override
    public Map<String, Set<String>> purposesOnUse() {
        Map<String, Set<String>> asked = new TreeMap<>();
        for (AgreementBook.Source source : book.sources()) {
            asking(source).ifPresent(version -> source.names()
                    .forEach(name -> asked.merge(name, Set.copyOf(version.text().purposes()), AgreedPartners::common)));
        }
        return asked;
    }

    private static Set<String> common(Set<String> one, Set<String> other) {
        return one.stream().filter(other::contains).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The version that asks members for a purpose.
     *
     * @param centre which may be a partner no more
     */
    public record Asking(TrustedCentre centre, AgreementVersion version) {}

    /** Those who are or were partners and whose agreement asks members for a purpose, in the order of names. */
    public List<Asking> askingForPurposes() {
        return book.sources().stream()
                .flatMap(source -> asking(source).map(version -> new Asking(source.centre(), version)).stream())
                .sorted(Comparator.comparing(asking -> asking.centre().name()))
                .toList();
    }

    private Optional<AgreementVersion> asking(AgreementBook.Source source) {
        return source.agreements().ruling(clock.instant()).filter(version -> version.text()
                .purposeOnUse());
    }
}
