package uz.koprik.indicators.stix;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import uz.koprik.indicators.policy.ReleaseTerms;

/**
 * To whom and when markings release an object at most.
 *
 * @param recipients identity ids of the centres that they name; empty when they name none
 * @param groups see {@link ReleaseTerms#groups}
 * @param embargo the latest end; empty for none
 */
public record ReleaseLimits(Optional<Set<String>> recipients, Map<String, Instant> groups, Optional<Instant> embargo) {

    /** None at all. */
    public static final ReleaseLimits NONE = new ReleaseLimits(Optional.empty(), Map.of(), Optional.empty());

    /**
     * The limits of one marking.
     *
     * @param since the moment by which somebody must have joined a group, by its id
     */
    public static ReleaseLimits of(ReleaseMarking marking, Function<String, Instant> since) {
        return new ReleaseLimits(
                marking.recipients(),
                marking.group().map(group -> Map.of(group, since.apply(group))).orElse(Map.of()),
                marking.embargoUntil());
    }

    /** Those of this and of another marking. */
    public ReleaseLimits and(ReleaseLimits other) {
        Map<String, Instant> both = new TreeMap<>(groups);
        other.groups.forEach((group, since) -> both.merge(group, since, (a, b) -> a.isBefore(b) ? a : b));
        return new ReleaseLimits(
                common(other.recipients),
                both,
                embargo.isEmpty()
                                || other.embargo.filter(embargo.get()::isBefore).isPresent()
                        ? other.embargo
                        : embargo);
    }

    private Optional<Set<String>> common(Optional<Set<String>> others) {
        if (recipients.isEmpty() || others.isEmpty()) {
            return recipients.or(() -> others);
        }
        Set<String> common = new TreeSet<>(recipients.get());
        common.retainAll(others.get());
        return Optional.of(common);
    }

    /** {@code terms} within these limits; an embargo that is over at {@code now} is none. */
    public ReleaseTerms apply(ReleaseTerms terms, Instant now) {
        ReleaseTerms limited = recipients.isPresent() ? terms.to(recipients.get()) : terms;
        limited = groups.isEmpty() ? limited : limited.toMembers(groups);
        return embargo.filter(now::isBefore).isPresent() ? limited.notBefore(embargo.get()) : limited;
    }
}
