package uz.koprik.indicators.policy.slow;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rules of sharing groups. */
public final class SlowGroups {

    /**
     * A version of a sharing group.
     *
     * @param at when it came to this centre
     */
    public record Group(String id, Instant at, boolean past, List<GroupMember> members, boolean revoked) {

        /** From which moment on a centre gets what goes to the group; empty when it is no member at {@code now}. */
        private Optional<Instant> memberSince(String identity, Instant now) {
            return members.stream()
                    .filter(member -> !revoked && member.identity().equals(identity) && member.at(now))
                    .map(member -> past ? Instant.EPOCH : member.from())
                    .min(Comparator.naturalOrder());
        }
    }

    /** A member of a group; without {@code until} there is no end. */
    public record GroupMember(String identity, Instant from, Optional<Instant> until) {

        private boolean at(Instant moment) {
            return !moment.isBefore(from)
                    && until.filter(end -> !moment.isBefore(end)).isEmpty();
        }
    }

    private final List<Group> versions;

    /** @param versions the earliest first, those that come later too */
    SlowGroups(List<Group> versions) {
        this.versions = List.copyOf(versions);
    }

    /**
     * Whether a centre is a member of all groups of an object. An account is a member of no group.
     *
     * @param now the moment whose latest versions of the groups count
     */
    boolean isMemberOfAll(String identity, SlowStored object, Instant at, Instant now) {
        return object.all(version -> version.everyNaming().isEmpty()
                || version.hasUnknownMarking()
                || version.everyNaming().stream()
                        .flatMap(naming -> naming.group().stream())
                        .allMatch(group -> known(group, now)
                                .flatMap(latest -> latest.memberSince(identity, at))
                                .filter(since -> !since.isAfter(noted(group, version.at())))
                                .isPresent()));
    }

    /** The latest version of a group that came by a moment; one that is not known has no members. */
    private Optional<Group> known(String group, Instant moment) {
        return versions.stream()
                .filter(version -> version.id().equals(group) && !version.at().isAfter(moment))
                .reduce((earlier, later) -> later);
    }

    /** What an object notes when it comes: the latest beginning of all memberships that is not later than that. */
    private Instant noted(String group, Instant moment) {
        return known(group, moment).stream()
                .flatMap(version -> version.members().stream())
                .map(GroupMember::from)
                .filter(from -> !from.isAfter(moment))
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    /** The groups of an object and its noted moments. Of one group that it took over twice, the earlier counts. */
    Map<String, Instant> noted(SlowStored object) {
        Map<String, Instant> noted = new TreeMap<>();
        object.limits().stream()
                .filter(limit -> !limit.hasUnknownMarking())
                .forEach(limit -> limit.everyNaming().stream()
                        .flatMap(naming -> naming.group().stream())
                        .forEach(group -> noted.merge(
                                group, noted(group, limit.at()), (one, other) -> one.isBefore(other) ? one : other)));
        return noted;
    }
}
