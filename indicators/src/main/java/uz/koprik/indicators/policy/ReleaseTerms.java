package uz.koprik.indicators.policy;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that a release decision needs to know of an object. Different terms are few, so that each has a {@link #number},
 * and a row of a store holds that number only.
 *
 * @param tlp effective marking: the object's own, or that of a stricter object it refers to
 * @param own whether this centre is its producer, and so may choose its recipients
 * @param personal whether it carries personal observables, which travel only under an agreement that names a purpose
 * @param house whether it never leaves the centre, such as a case file
 * @param kinds codes of the kinds of observables that it carries; empty when that is unknown, since an earlier version
 *     stored it: it then counts as carrying every kind, personal ones only when {@code personal}
 * @param from names of the partners it came from; none for what was made here
 * @param recipients identity ids of the centres that it goes to and no others; empty when it names none. RED that goes
 *     to nobody names none
 * @param below of RED with recipients: the narrowest other marking that it took over, which an agreement must cover
 *     too; empty when that is CLEAR or none, and for everything else
 * @param embargo first moment at which it may leave the centre; empty when that is any
 * @param groups ids of the sharing groups to whose members it goes and to no others: to members of all of them. The
 *     moment by which somebody must have been a member, unless the group gives its members the past
 * @param hold whether it waits for a second person at the release desk, and goes to nobody outside until then
 */
public record ReleaseTerms(
        Tlp tlp,
        boolean own,
        boolean personal,
        boolean house,
        Optional<Set<String>> kinds,
        Set<String> from,
        Optional<Set<String>> recipients,
        Optional<Tlp> below,
        Optional<Instant> embargo,
        Map<String, Instant> groups,
        Hold hold) {

    /** Whether the release desk holds an object. */
    public enum Hold {
        /** It does not. */
        NONE,
        /** Only because it refers to one that waits. */
        BY_REFERENCE,
        /** It waits for a second person. */
        WAITS
    }

    /** The bit of {@link #classCode} that says that it never leaves the centre. */
    public static final int HOUSE = 32;

    /**
     * How many class codes there are. They are also the numbers of all terms that earlier versions knew, in journals
     * and in logs of clusters for ever.
     */
    public static final int CLASSES = 64;

    /** Terms that know nothing but what the 64 classes say. */
    public ReleaseTerms(Tlp tlp, boolean own, boolean personal, boolean house) {
        this(
                tlp,
                own,
                personal,
                house,
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Hold.NONE);
    }

    public ReleaseTerms {
        kinds = kinds.map(ReleaseTerms::sorted);
        from = sorted(from);
        boolean toNobody = tlp == Tlp.RED && recipients.filter(Set::isEmpty).isPresent();
        recipients = toNobody ? Optional.empty() : recipients.map(ReleaseTerms::sorted);
        groups = toNobody || groups.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(groups));
        below = tlp == Tlp.RED && (recipients.isPresent() || !groups.isEmpty())
                ? below.filter(other -> other != Tlp.CLEAR)
                : Optional.empty();
    }

    private static Set<String> sorted(Set<String> names) {
        return names.isEmpty() ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(names));
    }

    /** The terms of a number. */
    public static ReleaseTerms of(int number) {
        return ReleaseNumbers.TABLE.terms(number);
    }

    /**
     * The terms that a journal describes.
     *
     * @param classCode see {@link #classCode}
     * @param definition see {@link #definition}
     * @throws IllegalStateException when a later version wrote the definition
     */
    public static ReleaseTerms of(int classCode, String definition) {
        return of(ReleaseNumbers.TABLE.number(classCode, definition));
    }

    /** The {@link #number} of {@link #of(int, String)}, without making the terms when they are known. */
    public static int number(int classCode, String definition) {
        return ReleaseNumbers.TABLE.number(classCode, definition);
    }

    /**
     * A number that stands for these terms as long as the process runs. Its lowest six bits are the {@link #classCode};
     * numbers below {@value #CLASSES} stand for the same terms for ever.
     */
    public int number() {
        return ReleaseNumbers.TABLE.number(this);
    }

    /** A number from 0 to {@value #CLASSES} (exclusive) that stands for marking, own, personal and house. */
    public int classCode() {
        return tlp.code() | (own ? 8 : 0) | (personal ? 16 : 0) | (house ? HOUSE : 0);
    }

    /** Whether the {@link #classCode} says all. */
    public boolean plain() {
        return kinds.isEmpty()
                && from.isEmpty()
                && recipients.isEmpty()
                && embargo.isEmpty()
                && groups.isEmpty()
                && !held();
    }

    /** What the {@link #classCode} does not say, as a short text that is the same for the same terms. */
    public String definition() {
        return plain() ? "" : TermsText.write(this);
    }

    /**
     * These terms narrowed to {@code other}: the narrower marking, the common recipients, the later embargo, the kinds
     * and the groups of both; personal, internal or held when either is. Who produced it does not change.
     */
    public ReleaseTerms narrowedBy(ReleaseTerms other) {
        Optional<Set<String>> bothKinds = both(kinds, other.kinds);
        Optional<Set<String>> commonRecipients = common(reached(), other.reached());
        Optional<Tlp> narrowest = narrowest(belowRed(), other.belowRed()).filter(marking -> marking != Tlp.CLEAR);
        Optional<Instant> laterEmbargo = later(embargo, other.embargo);
        Map<String, Instant> bothGroups = bothGroups(groups, other.groups);
        boolean same = tlp.compareTo(other.tlp) >= 0
                && (personal || !other.personal)
                && (house || !other.house)
                && bothKinds.equals(kinds)
                && (commonRecipients.equals(recipients) || toNobody())
                && (bothGroups.equals(groups) || toNobody())
                && (below.equals(narrowest) || toNobody() || tlp != Tlp.RED)
                && laterEmbargo.equals(embargo)
                && (held() || !other.held());
        return same
                ? this
                : new ReleaseTerms(
                        tlp.or(other.tlp),
                        own,
                        personal || other.personal,
                        house || other.house,
                        bothKinds,
                        from,
                        commonRecipients,
                        narrowest,
                        laterEmbargo,
                        bothGroups,
                        held() || !other.held() ? hold : Hold.BY_REFERENCE);
    }

    /** These terms released to nobody to whom {@code other} is not: narrowed to it, and own only when both are. */
    public ReleaseTerms noFurtherThan(ReleaseTerms other) {
        ReleaseTerms narrowed = narrowedBy(other);
        if ((!own || other.own) && from.containsAll(other.from)) {
            return narrowed;
        }
        return new ReleaseTerms(
                narrowed.tlp,
                own && other.own,
                narrowed.personal,
                narrowed.house,
                narrowed.kinds,
                union(from, other.from),
                narrowed.recipients,
                narrowed.below,
                narrowed.embargo,
                narrowed.groups,
                narrowed.hold);
    }

    /** Whether nobody outside is reached: RED without names. */
    boolean toNobody() {
        return tlp == Tlp.RED && recipients.isEmpty() && groups.isEmpty();
    }

    private Optional<Set<String>> reached() {
        return toNobody() ? Optional.of(Set.of()) : recipients;
    }

    /** Of one group, the earlier moment counts: its members had to be there by both. */
    private static Map<String, Instant> bothGroups(Map<String, Instant> one, Map<String, Instant> other) {
        if (other.isEmpty() || one.equals(other)) {
            return one;
        }
        Map<String, Instant> both = new TreeMap<>(one);
        other.forEach(
                (group, since) -> both.merge(group, since, (first, second) -> first.isBefore(second) ? first : second));
        return both;
    }

    private Optional<Tlp> belowRed() {
        return tlp == Tlp.RED ? below : Optional.of(tlp);
    }

    private static Optional<Tlp> narrowest(Optional<Tlp> one, Optional<Tlp> other) {
        return one.isEmpty() || other.isEmpty()
                ? one.or(() -> other)
                : Optional.of(one.get().or(other.get()));
    }

    /** These terms for an object that carries exactly these kinds of observables. */
    public ReleaseTerms withKinds(Set<String> codes) {
        return new ReleaseTerms(
                tlp, own, personal, house, Optional.of(codes), from, recipients, below, embargo, groups, hold);
    }

    /** These terms for an object that a partner sent. */
    public ReleaseTerms withFrom(String partner) {
        return new ReleaseTerms(
                tlp, own, personal, house, kinds, Set.of(partner), recipients, below, embargo, groups, hold);
    }

    /**
     * These terms for an object that was made of another one: own only when both are, and also from the partners that
     * gave that one. It never leaves the centre when that one does not.
     */
    public ReleaseTerms madeOf(ReleaseTerms other) {
        return new ReleaseTerms(
                tlp,
                own && other.own,
                personal,
                house || other.house,
                kinds,
                union(from, other.from),
                recipients,
                below,
                embargo,
                groups,
                hold);
    }

    /** These terms narrowed to some recipients. */
    public ReleaseTerms to(Set<String> identities) {
        return new ReleaseTerms(
                tlp,
                own,
                personal,
                house,
                kinds,
                from,
                common(recipients, Optional.of(identities)),
                below,
                embargo,
                groups,
                hold);
    }

    /** These terms narrowed to the members of groups; see {@link #groups}. */
    public ReleaseTerms toMembers(Map<String, Instant> of) {
        return new ReleaseTerms(
                tlp, own, personal, house, kinds, from, recipients, below, embargo, bothGroups(groups, of), hold);
    }

    /** These terms with an embargo, unless there is a later one. */
    public ReleaseTerms notBefore(Instant moment) {
        return new ReleaseTerms(
                tlp,
                own,
                personal,
                house,
                kinds,
                from,
                recipients,
                below,
                later(embargo, Optional.of(moment)),
                groups,
                hold);
    }

    /** These terms once the embargo is over. */
    public ReleaseTerms withoutEmbargo() {
        return new ReleaseTerms(
                tlp, own, personal, house, kinds, from, recipients, below, Optional.empty(), groups, hold);
    }

    /** Whether the release desk holds it, in either way. */
    public boolean held() {
        return hold != Hold.NONE;
    }

    /** These terms while the release desk holds the object in that way, or does not. */
    public ReleaseTerms with(Hold other) {
        return new ReleaseTerms(tlp, own, personal, house, kinds, from, recipients, below, embargo, groups, other);
    }

    /** Whether these terms can narrow others at all. */
    public boolean narrows() {
        return tlp != Tlp.CLEAR
                || personal
                || house
                || kinds.filter(Set::isEmpty).isEmpty()
                || recipients.isPresent()
                || embargo.isPresent()
                || !groups.isEmpty()
                || held();
    }

    private static Optional<Set<String>> both(Optional<Set<String>> one, Optional<Set<String>> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        return one.get().containsAll(other.get()) ? one : Optional.of(union(one.get(), other.get()));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }

    private static Optional<Set<String>> common(Optional<Set<String>> one, Optional<Set<String>> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        Set<String> common = new TreeSet<>(one.get());
        common.retainAll(other.get());
        return Optional.of(common);
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || (other.isPresent() && other.get().isAfter(one.get())) ? other : one;
    }
}
