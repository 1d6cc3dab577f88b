package uz.koprik.gateway.intake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.stix.Countersignature;
import uz.koprik.indicators.stix.values.StixId;

/**
 * Which objects bear markings other than those of TLP, found in their text before they are parsed. Objects of several
 * batches are put into such an order that each definition is stored before what it marks. A countersignature names the
 * definition that it vouches for and bears no marking but TLP: it stays where it is, since it must come before the
 * definition.
 */
public final class MarkingBundles {

    private static final byte[] ID = "marking-definition--".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TYPE = "\"marking-definition\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COUNTERSIGNATURE =
            ("\"" + Countersignature.TYPE + "\"").getBytes(StandardCharsets.US_ASCII);
    private static final int UUID_LENGTH = 36;

    private MarkingBundles() {}

    /** The objects in their order, but for those that bear such markings: they go last. */
    public static List<IncomingObject> last(List<IncomingObject> offered) {
        List<IncomingObject> ordered = new ArrayList<>(offered.size());
        List<IncomingObject> last = new ArrayList<>(0);
        for (IncomingObject one : offered) {
            (of(one.object()).isEmpty() ? ordered : last).add(one);
        }
        ordered.addAll(last);
        return ordered;
    }

    /** The ids of such markings in an object; none for definitions themselves and for countersignatures. */
    public static List<String> of(byte[] object) {
        List<String> ids = List.of();
        for (int at = find(object, ID, 0); at >= 0; at = find(object, ID, at + ID.length)) {
            int length = Math.min(ID.length + UUID_LENGTH, object.length - at);
            String id = new String(object, at, length, StandardCharsets.ISO_8859_1);
            if (StixId.isId(id) && Markings.tlp(id).isEmpty() && !ids.contains(id)) {
                ids = ids.isEmpty() ? new ArrayList<>(1) : ids;
                ids.add(id);
            }
        }
        return ids.isEmpty() || find(object, TYPE, 0) >= 0 || find(object, COUNTERSIGNATURE, 0) >= 0 ? List.of() : ids;
    }

    /** The id of the marking that an object defines; empty for all other objects. */
    public static Optional<String> defined(byte[] object) {
        if (find(object, TYPE, 0) < 0) {
            return Optional.empty();
        }
        try {
            JsonObject json = StrictJson.parseObject(object);
            return json.string("type").filter("marking-definition"::equals).flatMap(type -> json.string("id"));
        } catch (MalformedJson refusedLater) {
            return Optional.empty();
        }
    }

    private static int find(byte[] in, byte[] text, int from) {
        int last = in.length - text.length;
        for (int i = from; i <= last; i++) {
            if (in[i] == text[0]
                    && in[i + 1] == text[1]
                    && Arrays.equals(in, i, i + text.length, text, 0, text.length)) {
                return i;
            }
        }
        return -1;
    }
}
