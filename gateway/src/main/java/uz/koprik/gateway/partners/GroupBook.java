package uz.koprik.gateway.partners;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.stix.SharingGroup;

/** The sharing groups that are known now, by their latest proven versions. Safe for use by many threads at once. */
public final class GroupBook {

    private final InstantSource clock;
    private volatile Map<String, SharingGroup> groups = Map.of();

    public GroupBook(InstantSource clock) {
        this.clock = clock;
    }

    /** From now on these are known, and no others. */
    public void replace(Collection<SharingGroup> all) {
        Map<String, SharingGroup> byId = new HashMap<>();
        all.forEach(group -> byId.put(group.id(), group));
        groups = Map.copyOf(byId);
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
