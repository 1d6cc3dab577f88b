package uz.koprik.indicators.policy.slow;

import java.time.Instant;
import uz.koprik.indicators.policy.Tlp;

/** Who is given an object: members, and everybody outside by the rules that come before those of agreements. */
final class SlowRelease {

    private final SlowMarkings markings;
    private final SlowGroups groups;
    private final SlowAgreements agreements;

    SlowRelease(SlowMarkings markings, SlowGroups groups, SlowAgreements agreements) {
        this.markings = markings;
        this.groups = groups;
        this.agreements = agreements;
    }

    boolean given(SlowReader reader, SlowStored stored, Instant now) {
        return given(reader, stored, now, now);
    }

    /** @param now the moment whose latest versions of sharing groups count */
    boolean given(SlowReader reader, SlowStored stored, Instant at, Instant now) {
        return switch (reader) {
            case SlowReader.Member member -> SlowCases.toMember(member, stored);
            case SlowReader.Centre centre ->
                outside(centre.name(), centre.identity(), stored, at, now) && agreements.toCentre(centre, stored, at);
            case SlowReader.Client client -> outside("", "", stored, at, now) && toClient(client, stored);
        };
    }

    private boolean outside(String name, String identity, SlowStored object, Instant at, Instant now) {
        return !object.held()
                && !object.refersToCases()
                && embargoIsOver(object, at)
                && namesOrIsOpen(identity, object)
                && redNames(identity, object)
                && groups.isMemberOfAll(identity, object, at, now)
                && handedOn(object)
                && agreements.relayed(name, object, at);
    }

    private static boolean embargoIsOver(SlowStored object, Instant now) {
        return object.embargo().filter(now::isBefore).isEmpty();
    }

    private static boolean namesOrIsOpen(String identity, SlowStored object) {
        return object.all(version -> SlowMarkings.namesOrOpen(identity, version));
    }

    private boolean redNames(String identity, SlowStored object) {
        return object.all(version -> markings.marking(version) != Tlp.RED || SlowMarkings.names(identity, version));
    }

    private boolean handedOn(SlowStored object) {
        return object.version().ours() || markings.marking(object).compareTo(Tlp.GREEN) <= 0;
    }

    private boolean toClient(SlowReader.Client client, SlowStored object) {
        return withinAccount(client, object) && SlowMarkings.nothingPersonal(object);
    }

    private boolean withinAccount(SlowReader.Client client, SlowStored object) {
        return markings.marking(object) != Tlp.RED && markings.marking(object).compareTo(client.upTo()) <= 0;
    }
}
