package uz.koprik.gateway.desk;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.stix.values.Uuid5;

/**
 * What was decided on an item, and by whom: signed by this centre and kept for ever.
 *
 * @param item what was decided on, with those objects that the decision is about
 * @param by the account that decided; empty when the time ended
 * @param comment of the one who decided; may be empty
 * @param with objects that were held only because they refer to those of the item
 */
public record DeskRecord(DeskItem item, Outcome outcome, String by, Instant at, String comment, List<DeskObject> with) {

    private static final String TYPE = "release-decision";

    /** What became of an item. */
    public enum Outcome {
        RELEASED,
        REFUSED,
        WITHDRAWN,
        EXPIRED,
        /** Later versions took the place of all its objects. */
        REPLACED;

        /** On the wire. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public DeskRecord {
        with = List.copyOf(with);
    }

    /** The signed record, in the form of a STIX object. */
    byte[] signed(LocalCentre centre) {
        String moment = StixTimestamp.format(at);
        JsonObject unsigned = JsonObject.builder()
                .put("type", TYPE)
                .put("spec_version", "2.1")
                .put("id", TYPE + "--" + Uuid5.koprik(TYPE, centre.identity(), item.id()))
                .put("created_by_ref", centre.identity())
                .put("created", moment)
                .put("modified", moment)
                .put("outcome", outcome.word())
                .put("decided_by", by)
                .put("decided_at", at.toString())
                .put("comment", comment)
                .put("item", parsed(item.write()))
                .put("with", DeskObject.write(with))
                .build();
        return CanonicalJson.bytes(SignatureExtension.attachTo(unsigned, centre.signer(), at));
    }

    private static JsonObject parsed(byte[] own) {
        try {
            return StrictJson.parseObject(own);
        } catch (MalformedJson impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What {@link #signed} wrote; empty when it is damaged. */
    static Optional<DeskRecord> read(byte[] content) {
        try {
            JsonObject json = StrictJson.parseObject(content);
            Optional<DeskItem> item =
                    json.object("item").map(CanonicalJson::bytes).flatMap(DeskItem::read);
            return item.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new DeskRecord(
                            item.get(),
                            Outcome.valueOf(DeskObject.text(json, "outcome").toUpperCase(Locale.ROOT)),
                            DeskObject.text(json, "decided_by"),
                            Instant.parse(DeskObject.text(json, "decided_at")),
                            DeskObject.text(json, "comment"),
                            DeskObject.read(json.items("with"))));
        } catch (MalformedJson | IllegalArgumentException | DateTimeParseException damaged) {
            return Optional.empty();
        }
    }
}
