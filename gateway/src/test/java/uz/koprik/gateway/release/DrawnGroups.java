package uz.koprik.gateway.release;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.indicators.policy.slow.SlowGroups.Group;
import uz.koprik.indicators.policy.slow.SlowGroups.GroupMember;
import uz.koprik.indicators.stix.SharingGroup;

/**
 * Sharing groups drawn at random, most of which change once.
 *
 * @param versions the earliest of each group first
 * @param owners {@code us} or a partner, by the id of the group
 */
record DrawnGroups(List<Group> versions, Map<String, String> owners) {

    private static final Instant CREATED = Instant.parse("2026-11-01T00:00:00Z");

    /** @param identities of all centres by name */
    static DrawnGroups draw(
            Random random, List<String> partners, Map<String, String> identities, Instant begin, Duration step) {
        List<Group> versions = new ArrayList<>();
        Map<String, String> owners = new HashMap<>();
        for (String owner : List.of("us", "us", "us", "budapest")) {
            String id = SharingGroup.TYPE + "--" + DrawnWorld.uuid(random);
            owners.put(id, owner);
            boolean past = random.nextInt(4) == 0;
            Instant comes = begin.plus(step.multipliedBy(random.nextInt(2)));
            List<GroupMember> members = new ArrayList<>();
            for (String name : chosen(random, partners)) {
                members.add(joining(random, identities.get(name), comes));
            }
            versions.add(new Group(id, comes, past, members, false));
            if (random.nextInt(3) > 0) {
                Instant changes = comes.plus(step.multipliedBy(1L + random.nextInt(2)));
                versions.add(new Group(id, changes, past, changed(random, members, changes), random.nextInt(8) == 0));
            }
        }
        return new DrawnGroups(List.copyOf(versions), Map.copyOf(owners));
    }

    private static Set<String> chosen(Random random, List<String> partners) {
        Set<String> some = new LinkedHashSet<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            some.add(DrawnWorld.pick(random, partners));
        }
        return some;
    }

    private static GroupMember joining(Random random, String identity, Instant now) {
        Instant from = now.plus(Duration.ofHours(DrawnWorld.pick(random, List.of(0, 0, 1, 2, 30))));
        return new GroupMember(
                identity,
                from,
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(from.plus(Duration.ofHours(DrawnWorld.pick(random, List.of(1, 3, 50, 150))))));
    }

    /** Some have left, and some come anew. */
    private static List<GroupMember> changed(Random random, List<GroupMember> members, Instant now) {
        List<GroupMember> changed = new ArrayList<>();
        for (GroupMember member : members) {
            changed.add(
                    switch (random.nextInt(4)) {
                        case 0 -> new GroupMember(member.identity(), member.from(), Optional.of(now));
                        case 1 -> joining(random, member.identity(), now);
                        default -> member;
                    });
        }
        return changed;
    }

    /** What comes at a moment. */
    List<Group> at(Instant moment) {
        return versions.stream().filter(group -> group.at().equals(moment)).toList();
    }

    String owner(String id) {
        return owners.get(id);
    }

    /** As STIX. */
    byte[] json(Group group, String owner) {
        SharingGroup written = new SharingGroup(
                group.id(),
                owner,
                "Banks",
                "",
                group.past(),
                group.members().stream()
                        .map(member -> new SharingGroup.Member(member.identity(), member.from(), member.until()))
                        .toList(),
                group.revoked());
        return CanonicalJson.text(written.json(CREATED, group.at())).getBytes(StandardCharsets.UTF_8);
    }
}
