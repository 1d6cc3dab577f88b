package uz.koprik.gateway.alerts.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.correlation.Certainty;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.Provenance;

/**
 * An alert as JSON: the same in the API, the stream, webhooks and digests. The schema is {@code Alert}. Only the log
 * has {@value #ENTRIES}, and alerts for operators in a form that earlier versions can read ({@link NoticeJson}). An
 * alert without {@code kind} is a case match that an earlier version wrote.
 */
public final class AlertJson {

    /** Sequence numbers of the entries that decide who may know of a conflict. */
    public static final String ENTRIES = "entries";

    static final String CASE_MATCH = "case_match";

    private AlertJson() {}

    /** As the log holds it: versions that do not know its kind can read it. */
    static JsonObject stored(Alert alert) {
        return alert instanceof OperatorAlert operator
                ? NoticeJson.disguised(begin(alert), operator).build()
                : write(alert);
    }

    private static JsonObject.Builder begin(Alert alert) {
        return JsonObject.builder()
                .put("seq", alert.seq())
                .put("id", alert.id().toString())
                .put("time", alert.time().toString());
    }

    /** As callers see it. */
    public static JsonObject write(Alert alert) {
        JsonObject.Builder json = begin(alert);
        return switch (alert) {
            case CaseMatchAlert match -> match(json.put("kind", CASE_MATCH), match);
            case IdConflictAlert conflict ->
                IdConflictJson.into(json, conflict.conflict())
                        .put("count", 1)
                        .put("last", alert.time().toString())
                        .put("action", IdConflictJson.action(conflict.conflict()))
                        .build();
            case OperatorAlert operator ->
                NoticeJson.into(json, operator.notice()).build();
            case UnknownAlert unknown -> json.put("kind", UnknownAlert.SUBJECT).build();
        };
    }

    /** The same for readers who may not know the object before they say a purpose. */
    public static JsonObject withoutObject(CaseMatchAlert alert) {
        JsonObject shown = match(begin(alert).put("kind", CASE_MATCH), alert);
        for (String member : List.of("object", "object_value", "carriers", "certainty")) {
            shown = shown.without(member);
        }
        return shown.with("purpose_needed", new JsonString(alert.object().receivedFrom()));
    }

    private static JsonObject match(JsonObject.Builder json, CaseMatchAlert alert) {
        return json.put(
                        "case",
                        JsonObject.builder()
                                .put("id", alert.file().id())
                                .put("number", alert.file().number())
                                .put("title", alert.file().title())
                                .put("type", alert.file().crimeType())
                                .build())
                .put("news", alert.caseIsNews() ? "case" : "object")
                .put("object", object(alert.object(), alert.objectValue()))
                .put("case_value", value(alert.caseValue()))
                .put("object_value", value(alert.objectValue()))
                .put("rule", alert.rule())
                .put("carriers", alert.carriers())
                .put("certainty", certainty(alert.certainty()))
                .build();
    }

    private static JsonObject object(ValueMatch.MatchedObject met, Observable value) {
        JsonObject.Builder json =
                JsonObject.builder().put("id", met.id()).put("type", met.type()).put("title", met.title());
        met.caseNumber().ifPresent(number -> json.put("case_number", number));
        met.producer().ifPresent(producer -> json.put("producer", producer));
        if (!met.receivedFrom().isEmpty()) {
            json.put("received_from", met.receivedFrom());
        }
        List<Json> signers = new ArrayList<>();
        for (Provenance.Signer signer : met.provenance().signers()) {
            signers.add(JsonObject.builder()
                    .put("centre", signer.centre())
                    .put("kid", signer.kid())
                    .put("alg", signer.alg())
                    .put("signed", Instant.ofEpochSecond(signer.issuedAt()).toString())
                    .build());
        }
        if (met.revoked()) {
            json.put("revoked", new JsonBoolean(true));
        }
        if (met.interpreted().contains(value)) {
            json.put("interpreted", new JsonBoolean(true));
        }
        return json.put("received", StixTimestamp.format(met.added()))
                .put("origin", met.provenance().origin().name().toLowerCase(Locale.ROOT))
                .put("signed_by", new JsonArray(signers))
                .build();
    }

    private static JsonObject certainty(Certainty certainty) {
        JsonObject.Builder json =
                JsonObject.builder().put("score", certainty.score()).put("producers", certainty.producers());
        if (certainty.newest() != 0) {
            json.put("newest", StixTimestamp.format(certainty.newest()));
        }
        return json.build();
    }

    private static Certainty certainty(JsonObject json) {
        long newest = json.string("newest")
                .map(text -> StixTimestamp.micros(Instant.parse(text)))
                .orElse(0L);
        return new Certainty((int) number(json, "score"), (int) number(json, "producers"), newest);
    }

    private static JsonObject value(Observable observable) {
        return JsonObject.builder()
                .put("kind", observable.kind().code())
                .put("value", observable.value())
                .build();
    }

    /** @throws IllegalArgumentException when {@code json} is no alert: says which part */
    public static Alert read(JsonObject json) {
        long seq = number(json, "seq");
        UUID id = UUID.fromString(text(json, "id"));
        Instant time = Instant.parse(text(json, "time"));
        Optional<JsonObject> notice = json.object(NoticeJson.STORED);
        if (notice.isPresent()) {
            return new OperatorAlert(seq, time, NoticeJson.read(id, notice.get()));
        }
        String kind = json.string("kind").orElse(CASE_MATCH);
        if (NoticeJson.kind(kind).isPresent()) {
            return new OperatorAlert(seq, time, NoticeJson.read(id, json));
        }
        if (!kind.equals(CASE_MATCH)) {
            return IdConflictJson.isKind(kind)
                    ? new IdConflictAlert(seq, id, time, IdConflictJson.read(json))
                    : new UnknownAlert(seq, id, time);
        }
        JsonObject file = part(json, "case");
        return new CaseMatchAlert(
                seq,
                id,
                time,
                new CaseMatchAlert.Case(
                        text(file, "id"), text(file, "number"), text(file, "title"), text(file, "type")),
                text(json, "news").equals("case"),
                met(part(json, "object"), observable(part(json, "object_value"))),
                observable(part(json, "case_value")),
                observable(part(json, "object_value")),
                text(json, "rule"),
                number(json, "carriers"),
                certainty(part(json, "certainty")));
    }

    private static ValueMatch.MatchedObject met(JsonObject json, Observable value) {
        List<Provenance.Signer> signers = new ArrayList<>();
        for (Json item : json.items("signed_by")) {
            if (item instanceof JsonObject signer) {
                signers.add(new Provenance.Signer(
                        text(signer, "centre"),
                        text(signer, "kid"),
                        text(signer, "alg"),
                        Instant.parse(text(signer, "signed")).getEpochSecond()));
            }
        }
        return new ValueMatch.MatchedObject(
                text(json, "id"),
                text(json, "type"),
                text(json, "title"),
                json.string("case_number"),
                json.string("producer"),
                json.string("received_from").orElse(""),
                StixTimestamp.micros(Instant.parse(text(json, "received"))),
                new Provenance(Provenance.Origin.valueOf(text(json, "origin").toUpperCase(Locale.ROOT)), signers),
                json.get("revoked") instanceof JsonBoolean revoked && revoked.value(),
                json.get("interpreted") instanceof JsonBoolean interpreted && interpreted.value()
                        ? Set.of(value)
                        : Set.of(),
                Optional.empty());
    }

    private static Observable observable(JsonObject json) {
        Optional<ObservableKind> kind = ObservableKind.ofCode(text(json, "kind"));
        return new Observable(
                kind.orElseThrow(() -> new IllegalArgumentException("kind is not known")), text(json, "value"));
    }

    static JsonObject part(JsonObject json, String name) {
        return json.object(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }

    public static String text(JsonObject json, String name) {
        return json.string(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }

    public static long number(JsonObject json, String name) {
        if (json.get(name) instanceof JsonNumber n && n.integer()) {
            return n.longValue();
        }
        throw new IllegalArgumentException(name + " is missing");
    }
}
