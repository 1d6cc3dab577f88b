package uz.koprik.gateway.api.common;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.intake.IncomingObject;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.ReleaseMarking;
import uz.koprik.indicators.stix.SharingGroup;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * To whom and when a submitter releases what it submits: named partners, a sharing group, an embargo. It becomes a
 * marking definition of this centre, always the same one for the same wish, which the submitted objects bear.
 */
public final class ReleaseWish {

    /** The parameters of routes that take one. */
    public static final List<String> PARAMETERS = List.of("to", "group", "embargo");

    /** The same at every time, so that the same definition is made twice as the same object. */
    private static final String CREATED = "2026-11-29T00:00:00.000Z";

    private static final String REFS = "object_marking_refs";

    private final AnalystServices services;
    private final ReleaseMarking marking;

    private ReleaseWish(AnalystServices services, ReleaseMarking marking) {
        this.services = services;
        this.marking = marking;
    }

    /** What it says. */
    public ReleaseMarking marking() {
        return marking;
    }

    /**
     * What the parameters of a request say; empty when they say nothing.
     *
     * @throws Problem 400 that says what is wrong, or 403 when the caller may not decide on releases
     */
    public static Optional<ReleaseWish> of(RoutingContext request, AnalystServices services) {
        HttpServerRequest http = request.request();
        List<String> to = Stream.ofNullable(http.getParam("to"))
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .toList();
        return of(
                request,
                services,
                http.getParam("to") == null ? null : to,
                http.getParam("group"),
                http.getParam("embargo"));
    }

    /**
     * What members of a form say, each null when it is absent.
     *
     * @param to names of partners
     * @param group id or name of a sharing group
     * @param embargo a time
     */
    public static Optional<ReleaseWish> of(
            RoutingContext request, AnalystServices services, List<String> to, String group, String embargo) {
        if (to == null && group == null && embargo == null) {
            return Optional.empty();
        }
        Callers.require(request, Right.ANALYSE);
        return Optional.of(new ReleaseWish(
                services,
                new ReleaseMarking(
                        Optional.ofNullable(to).map(names -> recipients(services, names)),
                        Optional.ofNullable(group)
                                .map(words -> group(services, words).id()),
                        Optional.ofNullable(embargo)
                                .map(text -> embargo(text, services.clock().instant())))));
    }

    private static Set<String> recipients(AnalystServices services, List<String> names) {
        Set<String> identities = new TreeSet<>();
        for (String name : names) {
            TrustedCentre centre = services.trust()
                    .centre(name == null ? "" : name)
                    .filter(known -> !known.name().equals(services.localCentre().name()))
                    .orElseThrow(() -> ApiJson.bad(
                            "\"to\" names a partner that is no centre on the trust list here; " + partners(services)));
            identities.add(centre.identity());
        }
        if (identities.isEmpty()) {
            throw ApiJson.bad("\"to\" is a list of names of partners, at least one");
        }
        return identities;
    }

    private static String partners(AnalystServices services) {
        List<String> names = services.trust().centres().stream()
                .map(TrustedCentre::name)
                .filter(name -> !name.equals(services.localCentre().name()))
                .sorted()
                .toList();
        return names.isEmpty() ? "no partner is on it" : "known ones are " + String.join(", ", names);
    }

    /**
     * The group of an id or a name.
     *
     * @throws Problem 400 when there is none, it is dissolved, or several have the name
     */
    public static SharingGroup group(AnalystServices services, String words) {
        List<SharingGroup> found = SharingGroup.named(services.trust().groups(), words);
        if (found.size() == 1 && found.getFirst().revoked()) {
            throw ApiJson.bad("\"group\" names a sharing group that is dissolved: nobody would get the objects");
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw ApiJson.bad(
                found.isEmpty()
                        ? "\"group\" names no sharing group that is known here; `koprik group list` names all"
                        : "several sharing groups have that name; use the id, which `koprik group list` shows");
    }

    private static Instant embargo(String text, Instant now) {
        Instant end;
        try {
            end = OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw ApiJson.bad("\"embargo\" is a time with its zone, such as 2026-12-01T00:00Z");
        }
        Instant stored = end.plusNanos(999).truncatedTo(ChronoUnit.MICROS); // never earlier than it was asked for
        if (!Times.writable(stored)) {
            throw ApiJson.bad("\"embargo\" ends in the year 9999 at the latest");
        }
        if (!end.isAfter(now)) {
            throw ApiJson.bad("\"embargo\" is over already: name a later time, or leave it out");
        }
        return stored;
    }

    /**
     * Stores the definition, unless it is there.
     *
     * @return its id
     * @throws Problem 422 when it is refused
     */
    public String define(Caller caller) throws StoreUnavailable {
        String id = id();
        if (services.release().latest(caller.recipient(), id).isEmpty()) {
            Outcome outcome = services.intake()
                    .take(List.of(new IncomingObject(CanonicalJson.bytes(definition(id)), "marking")), caller.source())
                    .getFirst();
            if (outcome.status() == Outcome.Status.REFUSED) {
                throw new Problem(
                        422, "Refused", outcome.refusal().orElseThrow().reason());
            }
        }
        return id;
    }

    private String id() {
        return "marking-definition--"
                + services.localCentre().ids().of("release-marking", CanonicalJson.text(marking.extension()));
    }

    private JsonObject definition(String id) {
        return JsonObject.builder()
                .put("type", "marking-definition")
                .put("spec_version", "2.1")
                .put("id", id)
                .put("created_by_ref", services.localCentre().identity())
                .put("created", CREATED)
                .putStrings(REFS, List.of(Markings.id(Tlp.CLEAR)))
                .put(
                        "extensions",
                        JsonObject.builder()
                                .put(ReleaseMarking.EXTENSION_ID, marking.extension())
                                .build())
                .build();
    }

    /** An object of this centre that bears the marking as well. */
    public JsonObject mark(JsonObject object) {
        List<Json> refs = new ArrayList<>(object.items(REFS));
        refs.add(new JsonString(id()));
        return object.with(REFS, new JsonArray(refs));
    }

    /** Why an object, as it was submitted, cannot bear the marking; empty when it can, or is no object at all. */
    public Optional<Refusal> refusal(byte[] object) {
        Optional<JsonObject> json = read(object);
        boolean others = json.flatMap(all -> all.string("created_by_ref"))
                .filter(creator -> !creator.equals(services.localCentre().identity()))
                .isPresent();
        boolean isSigned = json.flatMap(all -> all.object("extensions"))
                .filter(all -> all.has(SignatureExtension.ID))
                .isPresent();
        return others || isSigned
                ? Optional.of(new Refusal(
                        Refusal.Code.POLICY,
                        others ? "/created_by_ref" : "/extensions",
                        "recipients, groups and embargoes are for unsigned objects of this centre, since nobody alters those of"
                                + " others: submit it without them"))
                : Optional.empty();
    }

    /** An object as it was submitted that bears the marking as well. */
    public byte[] mark(byte[] object) {
        return read(object).map(json -> CanonicalJson.bytes(mark(json))).orElse(object);
    }

    private static Optional<JsonObject> read(byte[] object) {
        try {
            return Optional.of(StrictJson.parseObject(object));
        } catch (MalformedJson refusedLater) {
            return Optional.empty();
        }
    }
}
