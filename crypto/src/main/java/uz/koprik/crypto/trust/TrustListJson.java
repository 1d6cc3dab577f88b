package uz.koprik.crypto.trust;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;

/** The trust list as JSON, without its signature ({@code docs/formats/signatures.md}). */
final class TrustListJson {

    private static final String TYPE = "koprik-trust-list";
    private static final String RETIRED = "retired";
    /** What a centre may be to another, see {@link TrustedCentre#roles()}. */
    static final Set<String> ROLES = Set.of("producer", "relay");

    private TrustListJson() {}

    static JsonObject write(TrustList list) {
        List<Json> centres = new ArrayList<>();
        list.members().values().forEach(member -> centres.add(centre(member)));
        JsonObject.Builder json = JsonObject.builder()
                .put("type", TYPE)
                .put("version", 1)
                .put("owner", list.owner())
                .put("sequence", list.sequence())
                .put("issued", list.issued().toString())
                .put("expires", list.expires().toString())
                .put("centres", new JsonArray(centres));
        if (!list.retired().isEmpty()) {
            json.put(
                    RETIRED,
                    new JsonArray(list.retired().stream()
                            .<Json>map(TrustListJson::retired)
                            .toList()));
        }
        return json.build();
    }

    private static JsonObject retired(RetiredCentre former) {
        TrustedCentre centre = former.centre();
        return JsonObject.builder()
                .put("name", centre.name())
                .put("title", centre.title())
                .put("identity", centre.identity())
                .putStrings("producers", centre.producers().stream().sorted().toList())
                .put(
                        "keys",
                        new JsonArray(
                                centre.keys().stream().<Json>map(TrustJson::key).toList()))
                .put("removed", former.removed().toString())
                .build();
    }

    private static RetiredCentre retired(JsonObject json, String pointer) throws TrustJson.Fault {
        TrustJson.members(json, pointer, Set.of("name", "title", "identity", "producers", "keys", "removed"), Set.of());
        TrustedCentre centre = new TrustedCentre(
                TrustJson.name(json, pointer, "name"),
                TrustJson.text(json, pointer, "title"),
                TrustJson.text(json, pointer, "identity"),
                Set.copyOf(TrustJson.strings(json, pointer, "producers")),
                Set.of(),
                TrustJson.keys(json, pointer),
                List.of(),
                "");
        return new RetiredCentre(centre, TrustJson.time(json, pointer, "removed"));
    }

    private static JsonObject centre(TrustList.Member member) {
        TrustedCentre centre = member.centre();
        List<Json> keys = new ArrayList<>();
        centre.keys().forEach(key -> keys.add(TrustJson.key(key)));
        JsonObject.Builder json = JsonObject.builder()
                .put("name", centre.name())
                .put("title", centre.title())
                .put("identity", centre.identity())
                .putStrings("producers", centre.producers().stream().sorted().toList())
                .putStrings("roles", centre.roles().stream().sorted().toList())
                .put("keys", new JsonArray(keys))
                .putStrings("tls_pins", centre.tlsPins())
                .put("card_issued", member.card().term().issued().toString());
        // Members that cards of version 1 do not need are left out, so that earlier versions read such lists.
        if (member.card().sequence() > 0) {
            json.put("card_sequence", member.card().sequence());
        }
        if (!member.card()
                .term()
                .expires()
                .equals(defaultEnd(member.card().term().issued()))) {
            json.put("card_expires", member.card().term().expires().toString());
        }
        if (!member.card().hostNames().isEmpty()) {
            json.putStrings("host_names", member.card().hostNames());
        }
        if (!member.card().contacts().isEmpty()) {
            json.putStrings("contacts", member.card().contacts());
        }
        if (!centre.endpoint().isEmpty()) {
            json.put("endpoint", centre.endpoint());
        }
        return json.build();
    }

    /** The end of a card whose end the list does not name. */
    private static Instant defaultEnd(Instant issued) {
        return issued.plus(CentreCard.VALIDITY);
    }

    static TrustList read(JsonObject json) throws TrustJson.Fault, CardRejected {
        TrustJson.members(
                json,
                "",
                Set.of("type", "version", "owner", "sequence", "issued", "expires", "centres"),
                Set.of(RETIRED));
        if (!TrustJson.text(json, "", "type").equals(TYPE) || TrustJson.wholeNumber(json, "", "version") != 1) {
            throw new TrustJson.Fault("/type", "this is not a trust list of version 1");
        }
        String owner = TrustJson.name(json, "", "owner");
        Map<String, TrustList.Member> members = new LinkedHashMap<>();
        int index = 0;
        for (JsonObject centre : TrustJson.objects(json, "", "centres")) {
            String pointer = "/centres/" + index++;
            TrustList.Member member = member(centre, pointer);
            if (members.put(member.centre().name(), member) != null) {
                throw new TrustJson.Fault(pointer + "/name", "two centres have the same name");
            }
        }
        if (!members.containsKey(owner)) {
            throw new TrustJson.Fault("/centres", "the list lacks the centre whose list it is");
        }
        List<RetiredCentre> retired = new ArrayList<>();
        for (JsonObject centre : TrustJson.objects(json, "", RETIRED)) {
            retired.add(retired(centre, "/" + RETIRED + "/" + retired.size()));
        }
        return new TrustList(
                owner,
                TrustJson.wholeNumber(json, "", "sequence"),
                new Term(TrustJson.time(json, "", "issued"), TrustJson.time(json, "", "expires")),
                members,
                retired);
    }

    private static TrustList.Member member(JsonObject json, String pointer) throws TrustJson.Fault {
        TrustJson.members(
                json,
                pointer,
                Set.of("name", "title", "identity", "producers", "keys", "card_issued"),
                Set.of("roles", "tls_pins", "endpoint", "card_sequence", "card_expires", "host_names", "contacts"));
        Set<String> roles = Set.copyOf(TrustJson.strings(json, pointer, "roles"));
        if (!ROLES.containsAll(roles)) {
            throw new TrustJson.Fault(
                    pointer + "/roles",
                    "the roles are " + ROLES.stream().sorted().toList());
        }
        TrustedCentre centre = new TrustedCentre(
                TrustJson.name(json, pointer, "name"),
                TrustJson.text(json, pointer, "title"),
                TrustJson.text(json, pointer, "identity"),
                Set.copyOf(TrustJson.strings(json, pointer, "producers")),
                roles,
                TrustJson.keys(json, pointer),
                TrustJson.pins(json, pointer),
                TrustJson.endpoint(json, pointer));
        Instant cardIssued = TrustJson.time(json, pointer, "card_issued");
        Instant cardExpires =
                json.has("card_expires") ? TrustJson.time(json, pointer, "card_expires") : defaultEnd(cardIssued);
        long sequence = json.has("card_sequence") ? TrustJson.wholeNumber(json, pointer, "card_sequence") : 0;
        return new TrustList.Member(
                centre,
                new CardFacts(
                        sequence,
                        new Term(cardIssued, cardExpires),
                        TrustJson.hostNames(json, pointer),
                        TrustJson.contacts(json, pointer)));
    }
}
