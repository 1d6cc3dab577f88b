package uz.koprik.gateway.partners;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.stix.SharingGroup;

/** The sharing groups that are known now, by their latest proven versions. Safe for use by many threads at once. */
public final class GroupBook {

    private final InstantSource clock;
    private volatile Map<String, SharingGroup> groups = Map.of();
    private volatile Map<String, List<Stay>> stays = Map.of();

    /**
     * That a centre is or was a member of a group, by one version of it.
     *
     * @param until the first moment at which that version or its member no longer counts
     * @param past whether it gets what went to the group before it joined
     */
    private record Stay(String identity, Instant from, Instant until, boolean past) {}

    /**
     * A version of a group.
     *
     * @param modified from when it counts
     */
    public record Version(SharingGroup group, Instant modified) {}

    public GroupBook(InstantSource clock) {
        this.clock = clock;
    }

    /** From now on these are known, and no others. */
    public void replace(Collection<SharingGroup> all) {
        Map<String, SharingGroup> byId = new HashMap<>();
        all.forEach(group -> byId.put(group.id(), group));
        groups = Map.copyOf(byId);
    }

    /** From now on these versions say who is or was a member, and no others. */
    public void remember(Collection<Version> versions) {
        Map<String, List<Version>> byId = new HashMap<>();
        versions.forEach(version -> byId.computeIfAbsent(version.group().id(), id -> new ArrayList<>())
                .add(version));
        Map<String, List<Stay>> all = new HashMap<>();
        byId.forEach((id, some) -> all.put(id, stays(some)));
        stays = Map.copyOf(all);
    }

    private static List<Stay> stays(List<Version> versions) {
        versions.sort(Comparator.comparing(Version::modified));
        List<Stay> stays = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            SharingGroup group = versions.get(i).group();
            Instant next = i + 1 < versions.size() ? versions.get(i + 1).modified() : Instant.MAX;
            if (!group.revoked()) {
                group.members()
                        .forEach(member -> stays.add(new Stay(
                                member.identity(),
                                member.from(),
                                member.until().filter(next::isAfter).orElse(next),
                                group.past())));
            }
        }
        return List.copyOf(stays);
    }

    /**
     * The groups of which a centre is a member, or was one at some time since a moment.
     *
     * @param identities of the centre
     * @return by their ids, from which moment on it got what went to them
     */
    Map<String, Instant> membershipsSince(Set<String> identities, Instant moment) {
        Instant now = clock.instant();
        Map<String, Instant> memberships = new HashMap<>();
        stays.forEach((id, all) -> all.stream()
                .filter(stay -> identities.contains(stay.identity()))
                .filter(stay -> stay.until().isAfter(moment) && !stay.from().isAfter(now))
                .map(stay -> stay.past() ? Instant.EPOCH : stay.from())
                .min(Instant::compareTo)
                .ifPresent(from -> memberships.put(id, from)));
        return memberships;
    }

    /** The group of an id; empty when it is not known here. */
    public Optional<SharingGroup> group(String id) {
        return Optional.ofNullable(groups.get(id));
    }

    /** All that are known. */
    public Collection<SharingGroup> all() {
        return groups.values();
    }

    /**
     * The groups of which a centre is a member.
     *
     * @param identities of the centre
     * @return by their ids, from which moment on it gets what goes to them, see {@link SharingGroup#membership}
     */
    public Map<String, Instant> memberships(Set<String> identities, Instant at) {
        Map<String, SharingGroup> now = groups;
        if (now.isEmpty()) {
            return Map.of();
        }
        Map<String, Instant> memberships = new HashMap<>();
        now.forEach((id, group) -> group.membership(identities, at).ifPresent(from -> memberships.put(id, from)));
        return memberships;
    }

    /** The same at this moment. */
    Map<String, Instant> memberships(Set<String> identities) {
        return memberships(identities, clock.instant());
    }
}
