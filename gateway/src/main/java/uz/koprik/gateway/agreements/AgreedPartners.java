package uz.koprik.gateway.agreements;

import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
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
     * Those whose agreement, as the last that ruled, asks for it; also after its end, a removal or a change of name.
     */
    @Override
    public Map<String, Set<String>> purposesOnUse() {
        Map<String, Set<String>> asked = new TreeMap<>();
        for (AgreementBook.Source source : book.sources()) {
            asking(source).ifPresent(version -> source.names()
                    .forEach(name -> asked.put(name, Set.copyOf(version.text().purposes()))));
        }
        return asked;
    }

    /** The partners whose agreement asks members for a purpose, and the version that does, in the order of names. */
    public Map<TrustedCentre, AgreementVersion> askingForPurposes() {
        Map<TrustedCentre, AgreementVersion> asking = new TreeMap<>(Comparator.comparing(TrustedCentre::name));
        for (AgreementBook.Source source : book.sources()) {
            asking(source).ifPresent(version -> asking.put(source.centre(), version));
        }
        return asking;
    }

    private Optional<AgreementVersion> asking(AgreementBook.Source source) {
        return source.agreements().ruling(clock.instant()).filter(version -> version.text()
                .purposeOnUse());
    }
}
