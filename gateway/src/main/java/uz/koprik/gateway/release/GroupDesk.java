package uz.koprik.gateway.release;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.intake.IncomingObject;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.SharingGroup;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/** Makes sharing groups of this centre, and new versions of them. What it did is in force when it returns. */
public final class GroupDesk {

    private static final Logger LOG = LoggerFactory.getLogger(GroupDesk.class);
    private static final Recipient CENTRE = Recipient.Operator.ofCentre("sharing groups");

    private final Intake intake;
    private final Release release;
    private final GroupReader reader;
    private final InstantSource clock;

    public GroupDesk(Intake intake, Release release, GroupReader reader, InstantSource clock) {
        this.intake = intake;
        this.release = release;
        this.reader = reader;
        this.clock = clock;
    }

    /** Why a group was not made or changed, for people. */
    public static final class GroupRefused extends Exception {

        private static final long serialVersionUID = 1L;

        GroupRefused(String message) {
            super(message);
        }
    }

    /**
     * Makes a group.
     *
     * @param members identities; from now on
     * @param tlp marking of the group object itself
     * @return its id
     */
    public String create(String name, String description, boolean past, List<String> members, Tlp tlp, Source by)
            throws StoreUnavailable, GroupRefused {
        Instant now = now();
        SharingGroup group = new SharingGroup(
                SharingGroup.TYPE + "--" + UUID.randomUUID(),
                intake.localCentre().identity(),
                name,
                description,
                past,
                members.stream()
                        .distinct()
                        .map(identity -> new SharingGroup.Member(identity, now, Optional.empty()))
                        .toList(),
                false);
        JsonObject.Builder marked = JsonObject.builder();
        marked.putStrings("object_marking_refs", List.of(Markings.id(tlp)));
        store(
                group.json(now, now).with("object_marking_refs", marked.build().get("object_marking_refs")),
                Optional.of(0L),
                by);
        LOG.info("{} made the sharing group {}", by.name(), group.id());
        return group.id();
    }

    /**
     * Lets a centre be a member from a moment on. The membership of one whose end is set goes on: it loses nothing of
     * what it got.
     *
     * @param from now when empty; never in the past, so that nobody gets what went to the group before
     */
    public void add(String id, String identity, Optional<Instant> from, Source by)
            throws StoreUnavailable, GroupRefused {
        Instant now = now();
        Instant begin = from.orElse(now);
        if (begin.isBefore(now)) {
            throw new GroupRefused("a membership cannot begin in the past: name a later moment, or none for now");
        }
        Optional<SharingGroup.Member> present = group(id).members().stream()
                .filter(member -> member.identity().equals(identity) && member.at(now))
                .findFirst();
        if (present.isPresent()) {
            mayGoOn(present.get(), begin);
        }
        change(id, by, now, group -> {
            List<SharingGroup.Member> members = others(group, identity);
            members.add(new SharingGroup.Member(
                    identity, present.map(SharingGroup.Member::from).orElse(begin), Optional.empty()));
            return members;
        });
        LOG.info("{} added {} to the sharing group {} from {}", by.name(), identity, id, begin);
    }

    private static void mayGoOn(SharingGroup.Member member, Instant begin) throws GroupRefused {
        if (member.until().isEmpty()) {
            throw new GroupRefused("that centre is a member since " + member.from()
                    + " already; to begin anew, remove it first, and it loses what it got before");
        }
        Instant until = member.until().get();
        if (begin.isAfter(until)) {
            throw new GroupRefused("that centre is a member until " + until
                    + ": add it again after that, or name no later moment so that its membership goes on");
        }
    }

    /**
     * Ends the membership of a centre.
     *
     * @param until now when empty
     */
    public void remove(String id, String identity, Optional<Instant> until, Source by)
            throws StoreUnavailable, GroupRefused {
        Instant now = now();
        Instant end = until.orElse(now);
        if (end.isBefore(now)) {
            throw new GroupRefused("a membership cannot end in the past: name a later moment, or none for now");
        }
        if (group(id).members().stream()
                .noneMatch(member -> member.identity().equals(identity)
                        && member.until().filter(over -> !over.isAfter(now)).isEmpty())) {
            throw new GroupRefused("that centre is no member of the group");
        }
        change(id, by, now, group -> {
            List<SharingGroup.Member> members = others(group, identity);
            group.members().stream()
                    .filter(member -> member.identity().equals(identity))
                    .forEach(member -> members.add(new SharingGroup.Member(identity, member.from(), Optional.of(end))));
            return members;
        });
        LOG.info("{} ends the membership of {} in the sharing group {} at {}", by.name(), identity, id, end);
    }

    /** Dissolves a group: from now on nobody is a member, and nobody can become one. */
    public void dissolve(String id, Source by) throws StoreUnavailable, GroupRefused {
        change(id, by, now(), SharingGroup::members, true);
        LOG.info("{} dissolved the sharing group {}", by.name(), id);
    }

    private static List<SharingGroup.Member> others(SharingGroup group, String identity) {
        List<SharingGroup.Member> others = new ArrayList<>(group.members());
        others.removeIf(member -> member.identity().equals(identity));
        return others;
    }

    private SharingGroup group(String id) throws StoreUnavailable, GroupRefused {
        return read(entry(id));
    }

    private Entry entry(String id) throws StoreUnavailable, GroupRefused {
        return release.latest(CENTRE, id)
                .filter(entry -> entry.facts().type().equals(SharingGroup.TYPE))
                .filter(entry -> entry.facts()
                        .producer()
                        .filter(intake.localCentre().identity()::equals)
                        .isPresent())
                .orElseThrow(() -> new GroupRefused(
                        "this centre owns no sharing group of that id; only its owner changes a group"));
    }

    private static SharingGroup read(Entry entry) {
        try {
            return SharingGroup.read(StoredObject.stix(entry));
        } catch (uz.koprik.indicators.stix.InvalidObject damaged) {
            throw new IllegalStateException(
                    "the store holds a sharing group that is none: "
                            + entry.facts().id(),
                    damaged);
        }
    }

    private interface Change {
        List<SharingGroup.Member> members(SharingGroup now);
    }

    private void change(String id, Source by, Instant now, Change change) throws StoreUnavailable, GroupRefused {
        change(id, by, now, change, false);
    }

    private void change(String id, Source by, Instant now, Change change, boolean dissolved)
            throws StoreUnavailable, GroupRefused {
        Entry entry = entry(id);
        StixObject object = StoredObject.stix(entry);
        SharingGroup group = read(entry);
        if (group.revoked()) {
            throw new GroupRefused("the group is dissolved; make a new one");
        }
        Instant before = StixTimestamp.instant(object.modified());
        Instant modified = now.isAfter(before) ? now : before.plusMillis(1);
        SharingGroup next = new SharingGroup(
                id, group.owner(), group.name(), group.description(), group.past(), change.members(group), dissolved);
        UnaryOperator<JsonObject> marked =
                json -> json.with("object_marking_refs", object.json().get("object_marking_refs"));
        JsonObject json = next.json(StixTimestamp.instant(object.created()), modified);
        store(object.json().has("object_marking_refs") ? marked.apply(json) : json, Optional.of(object.version()), by);
    }

    /** @param follows the version that it must follow, so that of two changes at once none is lost */
    private void store(JsonObject group, Optional<Long> follows, Source by) throws StoreUnavailable, GroupRefused {
        Outcome outcome = intake.take(List.of(new IncomingObject(CanonicalJson.bytes(group), "group", follows)), by)
                .getFirst();
        if (outcome.status() == Outcome.Status.REFUSED) {
            throw new GroupRefused(outcome.refusal().orElseThrow().reason());
        }
        reader.refresh();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
