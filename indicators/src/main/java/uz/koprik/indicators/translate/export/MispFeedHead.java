package uz.koprik.indicators.translate.export;

import java.util.List;
import java.util.Locale;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.policy.Tlp;

/**
 * How an event of a MISP feed begins, in its file and in the manifest.
 *
 * @param uuid of the event
 * @param info its title
 * @param date its day, {@code yyyy-mm-dd}
 * @param orgUuid of the organisation that created it
 * @param orgName its name
 */
public record MispFeedHead(String uuid, String info, String date, String orgUuid, String orgName) {

    /**
     * The fields that the manifest has of an event. MISP fetches an event whose timestamp is later than its own.
     *
     * @param seconds when its content changed last, since the epoch
     * @param tlp the strictest marking in it
     */
    public JsonObject.Builder manifestEntry(long seconds, Tlp tlp) {
        return JsonObject.builder()
                .put("info", info)
                .put("date", date)
                .put("timestamp", String.valueOf(seconds))
                .put("publish_timestamp", String.valueOf(seconds))
                .put("threat_level_id", "4")
                .put("analysis", "2")
                .put(
                        "Orgc",
                        JsonObject.builder()
                                .put("uuid", orgUuid)
                                .put("name", orgName)
                                .build())
                .put("Tag", new JsonArray(List.of(tag(tlp))));
    }

    private static JsonObject tag(Tlp tlp) {
        return JsonObject.builder()
                .put("name", "tlp:" + tlp.label().substring(4).toLowerCase(Locale.ROOT))
                .put("colour", colour(tlp))
                .build();
    }

    /** The colours of TLP 2.0 (FIRST, section 5). */
    private static String colour(Tlp tlp) {
        return switch (tlp) {
            case CLEAR -> "#FFFFFF";
            case GREEN -> "#33FF00";
            case AMBER, AMBER_STRICT -> "#FFC000";
            case RED -> "#FF2B2B";
        };
    }
}
