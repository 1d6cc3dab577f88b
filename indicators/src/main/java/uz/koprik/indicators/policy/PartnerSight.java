package uz.koprik.indicators.policy;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the rules open to a partner at one moment, embargoes aside, as words that can be stored and compared with those
 * of a later moment: a feed begins again when they open more.
 *
 * @param opens each word opens something
 * @param closes each word closes something
 */
public record PartnerSight(Set<String> opens, Set<String> closes) {

    /** Opens nothing. */
    public static final PartnerSight NONE = new PartnerSight(Set.of(), Set.of());

    private static final String CLOSED = "!";

    public PartnerSight {
        opens = Collections.unmodifiableSet(new TreeSet<>(opens));
        closes = Collections.unmodifiableSet(new TreeSet<>(closes));
    }

    /** What {@link ReleaseDecision} depends on. */
    public static PartnerSight of(Recipient.Partner partner, Instant now) {
        Agreement agreement = partner.agreement();
        if (!(agreement.basis() instanceof AgreementBasis.Nothing) && !agreement.inForce(now)) {
            return NONE;
        }
        Set<String> opens = new TreeSet<>(partner.identities());
        partner.groups().forEach((group, from) -> opens.add(group + "@" + from));
        switch (agreement.basis()) {
            case AgreementBasis.Nothing nothing -> opens.add("clear");
            case AgreementBasis.Settings settings -> opens.add("kinds");
            case AgreementBasis.Signed signed -> {
                signed.kinds().forEach(kind -> opens.add("kind=" + kind));
                opens.addAll(signed.everyTechnical() ? Set.of("technical") : Set.of());
                opens.addAll(signed.everyPersonal() ? Set.of("people") : Set.of());
            }
        }
        if (!(agreement.basis() instanceof AgreementBasis.Nothing)) {
            Arrays.stream(Tlp.values())
                    .filter(tlp -> tlp.compareTo(agreement.maxTlp()) <= 0)
                    .forEach(tlp -> opens.add(tlp.name()));
            agreement.personalPurpose().ifPresent(purpose -> opens.add("personal"));
        }
        return new PartnerSight(opens, agreement.closedSources());
    }

    /** Whether something may be released by this that was not by {@code before}. */
    public boolean widerThan(PartnerSight before) {
        return !before.opens.containsAll(opens) || !closes.containsAll(before.closes);
    }

    /** As one text, the same for the same words. */
    public String text() {
        return String.join(" ", opens)
                + closes.stream().map(name -> " " + CLOSED + name).collect(Collectors.joining());
    }

    /** The words of a {@link #text}. */
    public static PartnerSight read(String text) {
        Collection<String> words =
                Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
        return new PartnerSight(
                words.stream().filter(word -> !word.startsWith(CLOSED)).collect(Collectors.toSet()),
                words.stream()
                        .filter(word -> word.startsWith(CLOSED))
                        .map(word -> word.substring(CLOSED.length()))
                        .collect(Collectors.toSet()));
    }
}
