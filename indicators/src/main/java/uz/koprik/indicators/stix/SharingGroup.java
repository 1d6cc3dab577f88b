package uz.koprik.indicators.stix;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonPointer;
import uz.koprik.indicators.stix.values.StixId;
import uz.koprik.indicators.stix.values.StixTimestamp;

/**
 * Centres to which markings can release objects together: a STIX object that its owner signs. Each change is a new
 * version.
 *
 * @param id of the group
 * @param owner identity of the centre that says who is a member
 * @param name for people
 * @param description for people; may be empty
 * @param past whether members get what went to the group before they joined
 * @param members present, past and future ones, each identity once
 * @param revoked whether the group is dissolved: nobody is a member any more
 */
public record SharingGroup(
        String id, String owner, String name, String description, boolean past, List<Member> members, boolean revoked) {

    /** The STIX type, defined by the extension {@link #EXTENSION_ID}. */
    public static final String TYPE = "sharing-group";

    /** Id of the extension definition, the same at every centre. */
    public static final String EXTENSION_ID = "extension-definition--5b0c7a64-8e13-4c9d-a1f7-3d92e6b4c058";

    private static final int MOST_MEMBERS = 500;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_DESCRIPTION = 5000;

    /**
     * A centre in the group.
     *
     * @param identity of the centre
     * @param from first moment at which it is a member
     * @param until first moment at which it is a member no more; empty for no end
     */
    public record Member(String identity, Instant from, Optional<Instant> until) {

        /** Whether it is a member at a moment. */
        public boolean at(Instant moment) {
            return !moment.isBefore(from)
                    && until.filter(end -> !moment.isBefore(end)).isEmpty();
        }
    }

    public SharingGroup {
        members = List.copyOf(members);
    }

    /**
     * The moment by which somebody must have joined to get what goes to the group at {@code moment}: that of the last
     * change before, so that few different ones occur.
     */
    public Instant since(Instant moment) {
        return members.stream()
                .map(Member::from)
                .filter(from -> !from.isAfter(moment))
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    /**
     * From which moment on a centre gets what goes to the group; empty when it is no member at {@code now}.
     *
     * @param identities of the centre
     */
    public Optional<Instant> membership(Set<String> identities, Instant now) {
        return revoked
                ? Optional.empty()
                : members.stream()
                        .filter(member -> identities.contains(member.identity()) && member.at(now))
                        .map(member -> past ? Instant.EPOCH : member.from())
                        .min(Instant::compareTo);
    }

    /**
     * The groups that somebody means: the one of that id, else those of that name that are not dissolved, else
     * dissolved ones of that name.
     */
    public static List<SharingGroup> named(Collection<SharingGroup> groups, String words) {
        List<SharingGroup> found = groups.stream()
                .filter(group -> group.id().equals(words) || group.name().equals(words))
                .toList();
        List<SharingGroup> living = found.stream()
                .filter(group -> !group.revoked() || group.id().equals(words))
                .toList();
        return living.isEmpty() ? found : living;
    }

    /** Identities of those who read this version: members now or later, and those who left by it. */
    public Set<String> readers(Instant modified) {
        Set<String> readers = new HashSet<>();
        for (Member member : members) {
            if (member.until().filter(modified::isAfter).isEmpty()) {
                readers.add(member.identity());
            }
        }
        return readers;
    }

    /** As an object without signatures. */
    public JsonObject json(Instant created, Instant modified) {
        List<Json> list = new ArrayList<>();
        for (Member member : members) {
            JsonObject.Builder json = JsonObject.builder()
                    .put("identity_ref", member.identity())
                    .put("from", StixTimestamp.format(member.from()));
            member.until().ifPresent(end -> json.put("until", StixTimestamp.format(end)));
            list.add(json.build());
        }
        JsonObject.Builder json = JsonObject.builder()
                .put("type", TYPE)
                .put("spec_version", "2.1")
                .put("id", id)
                .put("created_by_ref", owner)
                .put("created", StixTimestamp.format(created))
                .put("modified", StixTimestamp.format(modified))
                .put("name", name);
        if (!description.isEmpty()) {
            json.put("description", description);
        }
        if (revoked) {
            json.put("revoked", true);
        }
        return json.put("past", past)
                .put("members", new JsonArray(list))
                .put("extensions", ExtensionDefinitions.newSdo(EXTENSION_ID))
                .build();
    }

    /**
     * What {@code object} says.
     *
     * @throws InvalidObject with all faults at once when it is no group or breaks a rule of groups
     */
    public static SharingGroup read(StixObject object) throws InvalidObject {
        JsonObject json = object.json();
        AgreementFaults at = new AgreementFaults(json);
        at.demand(object.type().equals(TYPE), "/type", "the type " + TYPE + " is required");
        String owner = object.createdByRef().orElse("");
        at.demand(!owner.isEmpty(), "/created_by_ref", "the owner of the group is required");
        String name = at.text(json, "name", "/name", 1, LONGEST_NAME);
        String description = at.text(json, "description", "/description", 0, LONGEST_DESCRIPTION);
        at.demand(json.get("past") instanceof JsonBoolean, "/past", "true or false is required");
        List<Member> members = members(json.items("members"), at);
        at.end();
        return new SharingGroup(
                object.id(),
                owner,
                name,
                description,
                json.get("past") instanceof JsonBoolean past && past.value(),
                members,
                object.revoked());
    }

    private static List<Member> members(List<Json> items, AgreementFaults at) {
        at.demand(items.size() <= MOST_MEMBERS, "/members", "at most " + MOST_MEMBERS + " members are allowed");
        List<Member> members = new ArrayList<>();
        Set<String> identities = new HashSet<>();
        for (int i = 0; i < items.size() && i < MOST_MEMBERS; i++) {
            String pointer = "/members/" + i;
            if (!(items.get(i) instanceof JsonObject member)) {
                at.demand(false, pointer, "an object is required");
                continue;
            }
            for (String known : member.names()) {
                at.demand(
                        Set.of("identity_ref", "from", "until").contains(known),
                        pointer + "/" + JsonPointer.token(known),
                        "there is no such property of a member");
            }
            String identity = member.string("identity_ref").orElse("");
            at.demand(
                    StixId.isId(identity) && StixId.hasType(identity, "identity"),
                    pointer + "/identity_ref",
                    "the id of an identity is required");
            at.demand(identities.add(identity), pointer + "/identity_ref", "each member stands there once");
            Optional<Instant> from = moment(member, "from");
            Optional<Instant> until = moment(member, "until");
            at.demand(from.isPresent(), pointer + "/from", "a timestamp is required");
            at.demand(!member.has("until") || until.isPresent(), pointer + "/until", "a timestamp is required");
            members.add(new Member(identity, from.orElse(Instant.EPOCH), until));
        }
        return members;
    }

    private static Optional<Instant> moment(JsonObject member, String name) {
        return member.string(name)
                .map(StixTimestamp::parse)
                .filter(micros -> micros != StixTimestamp.INVALID)
                .map(StixTimestamp::instant);
    }
}
