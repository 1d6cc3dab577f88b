package uz.koprik.indicators.policy.slow;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.policy.Tlp;

/** The rules of the release desk. */
public final class SlowDesk {

    /**
     * The settings of a release desk that is on.
     *
     * @param markings that need a second person besides those of the rules
     * @param kinds codes of the kinds of values that do
     * @param relayed whether what partners sent does, too
     */
    public record Settings(Set<Tlp> markings, Set<String> kinds, boolean relayed) {}

    /** What becomes of an item when somebody wants to release it. */
    public enum Decided {
        RELEASED,
        /** Nothing of it is a latest version. */
        REPLACED,
        /** Who wants it submitted the item or one of its objects. */
        OWN,
        /** It refers to a held object outside of it. */
        BEHIND
    }

    private final Optional<Settings> settings;
    private final SlowObjects objects;
    private final SlowMarkings markings;

    SlowDesk(Optional<Settings> settings, SlowObjects objects, SlowMarkings markings) {
        this.settings = settings;
        this.objects = objects;
        this.markings = markings;
    }

    /** By its terms when it is submitted, with what it took over; each redaction does that can reach somebody. */
    boolean needsSecondPerson(SlowStored object) {
        return settings.isPresent()
                && canReachSomebody(object)
                && (object.version().original().isPresent()
                        || ((settings.get().relayed() || !sentByPartner(object))
                                && hasReasonToWait(settings.get(), object)));
    }

    private boolean canReachSomebody(SlowStored object) {
        return !object.refersToCases()
                && !markings.toNobody(object)
                && (object.version().ours() || markings.marking(object).compareTo(Tlp.AMBER) < 0);
    }

    private static boolean sentByPartner(SlowStored object) {
        return !object.version().ours() && object.version().from().isPresent();
    }

    private boolean hasReasonToWait(Settings some, SlowStored object) {
        Tlp marking = markings.marking(object);
        return marking == Tlp.RED
                || marking == Tlp.AMBER_STRICT
                || some.markings().contains(marking)
                || object.any(SlowVersion::personal)
                || markings.carried(object).stream().anyMatch(some.kinds()::contains);
    }

    /**
     * An account wants to release an item.
     *
     * @param item versions that one author submitted and that wait, by ids
     * @param author who submitted the item
     * @param by name of the account
     */
    Decided release(Map<String, Integer> item, SlowReader author, String by) {
        if (submitted(author, by)) {
            return Decided.OWN;
        }
        Set<SlowStored> own = new LinkedHashSet<>();
        item.forEach((id, number) -> objects.last(id)
                .filter(stored -> stored.version().number() == number && stored.held())
                .ifPresent(own::add));
        if (own.isEmpty()) {
            return Decided.REPLACED;
        }
        if (own.stream().anyMatch(stored -> submitted(stored.version().author(), by))) {
            return Decided.OWN;
        }
        Set<SlowStored> released = withReferrers(own);
        if (own.stream().anyMatch(stored -> refersToHeldOutside(stored, released))) {
            return Decided.BEHIND;
        }
        released.forEach(SlowStored::release);
        return Decided.RELEASED;
    }

    private static boolean submitted(SlowReader author, String account) {
        return switch (author) {
            case SlowReader.Member member -> member.name().equals(account);
            case SlowReader.Client client -> client.name().equals(account);
            case SlowReader.Centre _ -> false;
        };
    }

    /** These, and what is held by reference and refers to held objects among them alone. */
    private Set<SlowStored> withReferrers(Set<SlowStored> own) {
        Set<SlowStored> released = new LinkedHashSet<>(own);
        while (objects.lasts().stream()
                .filter(SlowStored::heldByReference)
                .filter(stored -> stored.version().references().stream().anyMatch(reference -> objects.last(reference)
                        .filter(released::contains)
                        .isPresent()))
                .map(released::add)
                .reduce(false, Boolean::logicalOr)) {}
        while (released.removeIf(stored -> !own.contains(stored) && refersToHeldOutside(stored, released))) {}
        return released;
    }

    private boolean refersToHeldOutside(SlowStored stored, Set<SlowStored> released) {
        return stored.version().references().stream().anyMatch(reference -> objects.last(reference)
                .filter(other -> other.held() && !released.contains(other))
                .isPresent());
    }
}
