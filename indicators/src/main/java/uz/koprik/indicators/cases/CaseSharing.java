package uz.koprik.indicators.cases;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.IndicatorWriter;
import uz.koprik.indicators.stix.KeyedIds;
import uz.koprik.indicators.stix.NewIndicator;
import uz.koprik.indicators.stix.ObservableObjects;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.values.StixTimestamp;

/**
 * Makes ordinary STIX objects of the chosen parts of a case: an incident with the incident core extension that says
 * what it is about, indicators or observed data of the values, and a grouping that holds them together. None of them
 * refers to the case, and no id follows from its number: who guesses numbers learns nothing.
 */
public final class CaseSharing {

    /**
     * What to share.
     *
     * @param tlp marking of everything that is made; not RED, which nobody is given
     * @param values which values; each must be in the case
     * @param victims whether values of victims may be among them
     * @param indicators whether they become indicators
     * @param observedData whether they become observed data
     * @param name what recipients read as the name; empty for the crime type
     * @param summary what recipients read; empty for nothing
     * @param number whether the number of the case goes along
     */
    public record ShareRequest(
            Tlp tlp,
            List<Observable> values,
            boolean victims,
            boolean indicators,
            boolean observedData,
            String name,
            String summary,
            boolean number) {

        public ShareRequest {
            values = List.copyOf(values);
        }
    }

    /**
     * What was made.
     *
     * @param objects those to be stored, unsigned, in an order in which each comes after what it refers to
     * @param incident id of the incident
     * @param grouping id of the grouping
     * @param all ids of everything that belongs to it, objects that were there before included
     * @param parts what it is, in words
     */
    public record ShareObjects(
            List<JsonObject> objects, String incident, String grouping, List<String> all, String parts) {

        public ShareObjects {
            objects = List.copyOf(objects);
            all = List.copyOf(all);
        }
    }

    private final String identity;
    private final KeyedIds ids;
    private final Function<String, Optional<StixObject>> stored;

    /**
     * @param identity of the centre
     * @param ids derives ids by a key of the centre
     * @param stored the latest version of an object of that id
     */
    public CaseSharing(String identity, KeyedIds ids, Function<String, Optional<StixObject>> stored) {
        this.identity = identity;
        this.ids = ids;
        this.stored = stored;
    }

    /**
     * Makes the objects.
     *
     * @throws IllegalArgumentException when the wish asks for what must not go, or for nothing; says what, without
     *     quoting it
     */
    public ShareObjects make(CaseFile file, ShareRequest wish, Instant now) {
        check(file, wish);
        String name = wish.name().isEmpty() ? file.crimeType() : wish.name();
        List<JsonObject> objects = new ArrayList<>();
        List<String> members = new ArrayList<>();
        if (wish.observedData() && !wish.values().isEmpty()) {
            members.addAll(observed(wish, now, objects));
        }
        if (wish.indicators()) {
            for (Observable value : wish.values()) {
                members.add(indicator(file, value, name, wish.tlp(), now, objects));
            }
        }
        String incident = "incident--" + UUID.randomUUID();
        JsonObject.Builder about = common("incident", incident, now).put("name", name);
        describe(about, file, wish);
        objects.add(about.put(
                        "extensions",
                        JsonObject.builder()
                                .put(
                                        CaseFiles.INCIDENT_CORE_ID,
                                        JsonObject.builder()
                                                .put("extension_type", "property-extension")
                                                .put("determination", "suspected")
                                                .putStrings("incident_types", List.of(file.crimeType()))
                                                .put(
                                                        "investigation_status",
                                                        file.status() == CaseFile.Status.OPEN ? "open" : "closed")
                                                .build())
                                .build())
                .putStrings("object_marking_refs", List.of(Markings.id(wish.tlp())))
                .build());
        members.add(incident);
        String grouping = "grouping--" + UUID.randomUUID();
        JsonObject.Builder together =
                common("grouping", grouping, now).put("name", name).put("context", "suspicious-activity");
        describe(together, file, wish);
        objects.add(together.putStrings("object_refs", members)
                .putStrings("object_marking_refs", List.of(Markings.id(wish.tlp())))
                .build());
        members.add(grouping);
        return new ShareObjects(objects, incident, grouping, members, parts(wish));
    }

    private void check(CaseFile file, ShareRequest wish) {
        if (wish.tlp() == Tlp.RED) {
            throw new IllegalArgumentException(
                    "TLP:RED goes to nobody outside: choose amber+strict, amber, green or clear");
        }
        if (wish.values().isEmpty() && wish.summary().isBlank()) {
            throw new IllegalArgumentException(
                    "nothing was chosen to be shared: choose \"values\", \"roles\" or a \"summary\"");
        }
        if (!wish.values().isEmpty() && !wish.indicators() && !wish.observedData()) {
            throw new IllegalArgumentException("values are shared as indicators, as observed data, or both");
        }
        Map<Observable, CaseObservable> known = new LinkedHashMap<>();
        file.observables().forEach(o -> known.put(o.observable(), o));
        for (int i = 0; i < wish.values().size(); i++) {
            CaseObservable value = known.get(wish.values().get(i));
            if (value == null) {
                throw new IllegalArgumentException("value " + (i + 1) + " is not in the case");
            }
            if (value.role().equals(Optional.of(CaseObservable.Role.VICTIM)) && !wish.victims()) {
                throw new IllegalArgumentException(
                        "value " + (i + 1) + " is a victim's, which is not shared unless that is said");
            }
        }
        new SharedText(file, wish.values(), wish.number()).check(wish.name(), wish.summary());
    }

    private List<String> observed(ShareRequest wish, Instant now, List<JsonObject> objects) {
        List<String> refs = new ArrayList<>();
        for (int i = 0; i < wish.values().size(); i++) {
            int place = i + 1;
            JsonObject object = ObservableObjects.of(wish.values().get(i), wish.tlp())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "value " + place + " is of a kind that cannot be observed data: share it as an indicator"));
            String id = object.string("id").orElseThrow();
            refs.add(id);
            // An observable has no version: the one that is here stays as it is.
            if (stored.apply(id).isEmpty()) {
                objects.add(object);
            }
        }
        String id = "observed-data--" + UUID.randomUUID();
        String moment = StixTimestamp.format(millis(now));
        objects.add(common("observed-data", id, now)
                .put("first_observed", moment)
                .put("last_observed", moment)
                .put("number_observed", 1)
                .putStrings("object_refs", refs)
                .putStrings("object_marking_refs", List.of(Markings.id(wish.tlp())))
                .build());
        List<String> ids = new ArrayList<>(refs);
        ids.add(id);
        return ids;
    }

    /**
     * The id of an indicator follows from value and name, so what was shared before is used again, or gets its new
     * marking.
     */
    private String indicator(
            CaseFile file, Observable value, String name, Tlp tlp, Instant now, List<JsonObject> objects) {
        IndicatorWriter writer = new IndicatorWriter(identity, null, ids); // intake signs what is ours
        NewIndicator indicator = new NewIndicator(
                List.of(value),
                Optional.empty(),
                name,
                "",
                List.of(file.crimeType()),
                tlp,
                Optional.empty(),
                Optional.empty());
        String early = writer.publicId(indicator);
        String id = stored.apply(early).isPresent() ? early : writer.id(indicator);
        JsonObject draft = writer.draft(indicator, id, now);
        Optional<StixObject> before = stored.apply(id);
        if (before.isEmpty()) {
            objects.add(draft);
        } else if (before.get().revoked() || !before.get().markingRefs().equals(List.of(Markings.id(tlp)))) {
            long later = Math.max(millis(now), before.get().version() / 1000 * 1000 + 1000);
            objects.add(draft.with(
                            "created",
                            new JsonString(StixTimestamp.format(before.get().created())))
                    .with("modified", new JsonString(StixTimestamp.format(later))));
        }
        return id;
    }

    private static void describe(JsonObject.Builder object, CaseFile file, ShareRequest wish) {
        if (!wish.summary().isBlank()) {
            object.put("description", wish.summary());
        }
        object.putStrings("labels", List.of(file.crimeType()));
        if (wish.number()) {
            object.put(
                    "external_references",
                    new JsonArray(List.<Json>of(JsonObject.builder()
                            .put("source_name", "case")
                            .put("external_id", file.number())
                            .build())));
        }
    }

    private JsonObject.Builder common(String type, String id, Instant now) {
        String moment = StixTimestamp.format(millis(now));
        return JsonObject.builder()
                .put("type", type)
                .put("spec_version", "2.1")
                .put("id", id)
                .put("created_by_ref", identity)
                .put("created", moment)
                .put("modified", moment);
    }

    private static long millis(Instant now) {
        return StixTimestamp.micros(now) / 1000 * 1000;
    }

    private static String parts(ShareRequest wish) {
        List<String> parts = new ArrayList<>();
        if (!wish.values().isEmpty()) {
            String as = wish.indicators() && wish.observedData()
                    ? "indicators and observed data"
                    : wish.indicators() ? "indicators" : "observed data";
            parts.add(wish.values().size() + (wish.values().size() == 1 ? " value as " : " values as ") + as);
        }
        if (!wish.summary().isBlank()) {
            parts.add("summary");
        }
        if (wish.number()) {
            parts.add("number");
        }
        return String.join(", ", parts);
    }
}
