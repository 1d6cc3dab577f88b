package uz.koprik.indicators.translate.misp;

import java.util.Optional;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.translate.Translation;

/**
 * Translates MISP events (MISP core format, section 2) to STIX 2.1. Immutable and safe for many threads.
 *
 * <p>Ids follow from MISP's UUIDs, so that translating an event again yields the same objects, and a newer state of it
 * newer versions of them. Everything of an event goes under the identity of its creator organisation.
 */
public final class MispToStix {

    private final Normalisation context;
    private final Optional<Tlp> unmarked;
    private final EarlierObjects earlier;

    /**
     * @param context the centre's card tokens and phone region; without tokens, attributes with card numbers are listed
     * @param unmarked marking of what has no {@code tlp:} tag, empty to leave it without
     */
    public MispToStix(Normalisation context, Optional<Tlp> unmarked) {
        this(context, unmarked, EarlierObjects.NONE);
    }

    /**
     * As the other, for a centre that has imported events before.
     *
     * @param earlier what earlier imports stored; asked while an event is translated
     */
    public MispToStix(Normalisation context, Optional<Tlp> unmarked, EarlierObjects earlier) {
        this.context = context;
        this.unmarked = unmarked;
        this.earlier = earlier;
    }

    /**
     * One event.
     *
     * @param event what stands under {@code "Event"}
     * @param pointer JSON pointer of it within the document, for what is listed
     */
    public Translation translate(JsonObject event, String pointer) {
        return new EventReader(event, pointer, context, unmarked, earlier).read();
    }
}
